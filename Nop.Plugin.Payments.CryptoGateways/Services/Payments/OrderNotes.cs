using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Tells people what was decided: an order note, and for what needs a person a log line and a mail too.
/// </summary>
public class OrderNotes(IOrderService orderService, ILocalizationService localizationService, LocalizationSettings localizationSettings,
    AdminNotifications notifier, AdminAlerts alerts, ILogger logger)
{
    private static readonly OrderNoteKind[] _alerts =
    [
        OrderNoteKind.Appeal, OrderNoteKind.Contradiction, OrderNoteKind.IdClash, OrderNoteKind.Underpaid, OrderNoteKind.UnderpaidAfterQuote, OrderNoteKind.PriceUnknown, OrderNoteKind.Overpaid, OrderNoteKind.MoreArrived, OrderNoteKind.Reversed, OrderNoteKind.PaidLate, OrderNoteKind.OrderGrew, OrderNoteKind.PaidTwice, OrderNoteKind.AlreadyPaid, OrderNoteKind.AuthorizedInVain,
        OrderNoteKind.PaidAfterCancel, OrderNoteKind.Reopened, OrderNoteKind.ReopenedWithoutStock, OrderNoteKind.OrderReopened, OrderNoteKind.Refunded, OrderNoteKind.ReservationGone, OrderNoteKind.Unverified, OrderNoteKind.PaidEventMissing
    ];

    /// <summary>Tells it once, however often the same step is run.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="order">Its order.</param>
    /// <param name="note">What is told.</param>
    /// <param name="isHeld">Last look whether the lease is held: whoever has taken over tells it.</param>
    /// <returns>False when the lease is lost: nothing was told.</returns>
    public async Task<bool> AddAsync(CryptoPayment payment, Order order, OrderNoteKind note, Func<Task<bool>>? isHeld = null)
    {
        if (note == OrderNoteKind.None)
            return true;

        var text = await TextAsync(payment, note);
        if (note is OrderNoteKind.Paid or OrderNoteKind.PaidAfterQuote or OrderNoteKind.Overpaid)
            await alerts.ResolveOfOrderAsync(order.Id);
        var notes = await orderService.GetOrderNotesByOrderIdAsync(order.Id);
        if (notes.Any(existing => existing.Note == text))
            return true;
        if (isHeld is not null && !await isHeld())
            return false;

        if (note is OrderNoteKind.SurplusRefunded or OrderNoteKind.SurplusReturned)
            await alerts.ResolveAsync(KeyOf(payment, order, OrderNoteKind.Overpaid));
        if (_alerts.Contains(note))
            await AlertAsync(payment, order, note, text);
        await orderService.InsertOrderNoteAsync(new OrderNote
        {
            OrderId = order.Id,
            Note = text,
            DisplayToCustomer = false,
            CreatedOnUtc = payment.UpdatedOnUtc
        });
        return true;
    }

    private async Task AlertAsync(CryptoPayment payment, Order order, OrderNoteKind note, string text)
    {
        var key = KeyOf(payment, order, note);
        if (!await alerts.IsKnownAsync(key, text))
        {
            // Before it is known, and that before the note: after a crash in between, a mail too many is better than none.
            await notifier.NotifyAsync(order, text, localizationSettings.DefaultAdminLanguageId);
            await logger.WarningAsync($"Order {order.Id}: {text}");
        }
        await alerts.RaiseAsync(key, text, order.Id);
    }

    private async Task<string> TextAsync(CryptoPayment payment, OrderNoteKind note)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Note.{note}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        return EditableText.FormatInvariant(format,
            payment.Reference, payment.Asked, payment.KnownExternalId ?? "-", payment.Attempt, payment.ProviderStatus ?? "-",
            Text(payment.Received), payment.TransactionIds ?? "-", Text(InPrice(payment, payment.ValueAtQuote)), Text(InPrice(payment, OutstandingBalance.ValueOf(payment))),
            Text(payment.Surplus), Text(InPrice(payment, payment.SurplusAtQuote)), payment.Expected);
    }

    private static string KeyOf(CryptoPayment payment, Order order, OrderNoteKind note) => $"order-{order.Id}-{payment.Reference}-{note}";

    private static string Text(Money? money) => money?.ToString() ?? "-";

    /// <summary>In the currency of the price, rounded down to its decimals.</summary>
    private static Money? InPrice(CryptoPayment payment, Fraction? value) =>
        value?.RoundDown(CurrencyDecimals.Of(payment.PriceCurrency)) is { } amount ? new Money(amount, payment.PriceCurrency) : null;
}

/// <summary>
/// What an order note tells. Its text is Plugins.Payments.CryptoGateways.Note.{name}.
/// </summary>
public enum OrderNoteKind
{
    None,
    Paid,

    /// <summary>Coins that came after the quote had expired pay the order at the price of their arrival.</summary>
    PaidAfterQuote,

    /// <summary>An administrator settled the payment without the provider's word.</summary>
    ManuallySettled,

    /// <summary>Money is reserved on a card and has to be captured.</summary>
    Authorized,

    /// <summary>Money is reserved on a card, and the order cannot use it: it is paid, cancelled, or costs more today.</summary>
    AuthorizedInVain,

    /// <summary>The provider sent money back.</summary>
    Refunded,

    /// <summary>The order counts on reserved money that the provider has let go.</summary>
    ReservationGone,

    /// <summary>A signed message says that money arrived, but the provider cannot be asked.</summary>
    Unverified,
    Failed,
    Canceled,

    /// <summary>The provider ended the payment; it is checked for late funds until the watch ends.</summary>
    Expired,

    /// <summary>Nothing arrived while the attempt was watched.</summary>
    WatchEnded,
    Appeal,

    /// <summary>Less arrived than the owner tolerates.</summary>
    Underpaid,

    /// <summary>Coins came after the quote had expired and are worth less than the order owes.</summary>
    UnderpaidAfterQuote,

    /// <summary>Coins came after the quote had expired, and no fresh price of that moment is known.</summary>
    PriceUnknown,

    /// <summary>More arrived than the order owes; the order is paid.</summary>
    Overpaid,

    /// <summary>More arrived for a payment that had been settled already.</summary>
    MoreArrived,

    /// <summary>The provider takes back that a payment was made.</summary>
    Reversed,

    /// <summary>The provider sent the surplus back on an administrator's order; the order stays paid.</summary>
    SurplusRefunded,

    /// <summary>An administrator recorded that the surplus was sent back outside the plugin.</summary>
    SurplusReturned,

    /// <summary>Money arrived after the attempt expired, and the owner wants to decide.</summary>
    PaidLate,

    /// <summary>Nobody paid in time; the order was cancelled.</summary>
    OrderCancelled,

    /// <summary>The provider states another amount, currency or id than was quoted.</summary>
    Contradiction,

    /// <summary>The provider gave a new payment the id of another one: it cannot be told apart, and is given up.</summary>
    IdClash,

    /// <summary>The provider never got the create call.</summary>
    NeverCreated,

    /// <summary>The order's total was raised after the quote.</summary>
    OrderGrew,

    /// <summary>Two attempts of one order were both paid.</summary>
    PaidTwice,

    /// <summary>The order had been paid in another way.</summary>
    AlreadyPaid,

    /// <summary>The order was paid by this attempt and somebody opened it again: it is not paid a second time.</summary>
    OrderReopened,

    /// <summary>The order is cancelled or deleted.</summary>
    PaidAfterCancel,

    /// <summary>The order was cancelled and is opened again, its stock taken.</summary>
    Reopened,

    /// <summary>The same, but the store was stopped while the stock was taken.</summary>
    ReopenedWithoutStock,

    /// <summary>The order is saved as paid but the platform was stopped before it announced it.</summary>
    PaidEventMissing
}
