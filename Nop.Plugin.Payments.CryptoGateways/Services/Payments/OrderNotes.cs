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
/// Writes order notes about decisions, and alerts the store owner by log and e-mail about what needs attention.
/// </summary>
public class OrderNotes(IOrderService orderService, ILocalizationService localizationService, LocalizationSettings localizationSettings,
    AdminNotifications notifications, AdminAlerts alerts, ILogger logger)
{
    private static readonly OrderNoteKind[] _alerts =
    [
        OrderNoteKind.Appeal, OrderNoteKind.Contradiction, OrderNoteKind.IdClash, OrderNoteKind.Underpaid, OrderNoteKind.UnderpaidAfterQuote, OrderNoteKind.PriceUnknown, OrderNoteKind.Overpaid, OrderNoteKind.MoreArrived, OrderNoteKind.Reversed, OrderNoteKind.PaidLate, OrderNoteKind.OrderTotalIncreased, OrderNoteKind.PaidTwice, OrderNoteKind.AlreadyPaid, OrderNoteKind.AuthorizationNotNeeded,
        OrderNoteKind.PaidAfterCancel, OrderNoteKind.Reopened, OrderNoteKind.ReopenedWithoutStock, OrderNoteKind.OrderReopened, OrderNoteKind.Refunded, OrderNoteKind.AuthorizationReleased, OrderNoteKind.Unverified, OrderNoteKind.PaidEventMissing
    ];

    /// <summary>Adds the note once, however often the step is repeated.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="order">Its order.</param>
    /// <param name="note">The note.</param>
    /// <param name="isHeld">Checks the lease before the note is written: a new holder writes it instead.</param>
    /// <returns>False when the lease is lost and nothing was written.</returns>
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
            // The e-mail before the alert, and the alert before the note: after a crash in between, a second e-mail is better than none.
            await notifications.NotifyAsync(order, text, localizationSettings.DefaultAdminLanguageId);
            await logger.WarningAsync($"Order {order.Id}: {text}");
        }
        await alerts.RaiseAsync(key, text, order.Id);
    }

    private async Task<string> TextAsync(CryptoPayment payment, OrderNoteKind note)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Note.{note}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        return EditableText.FormatInvariant(format,
            payment.Reference, payment.QuotedForDisplay, payment.KnownExternalId ?? "-", payment.Attempt, payment.ProviderStatus ?? "-",
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
/// The kinds of order notes. The text is Plugins.Payments.CryptoGateways.Note.{name}.
/// </summary>
public enum OrderNoteKind
{
    None,
    Paid,

    /// <summary>Funds that arrived after the quote expired pay the order at their price on arrival.</summary>
    PaidAfterQuote,

    /// <summary>An administrator settled the payment without the provider's confirmation.</summary>
    ManuallySettled,

    /// <summary>Funds are authorized on a card and must be captured.</summary>
    Authorized,

    /// <summary>Funds are authorized on a card, but the order cannot use them: it is paid, cancelled, or costs more now.</summary>
    AuthorizationNotNeeded,

    /// <summary>The provider refunded the payment.</summary>
    Refunded,

    /// <summary>The order relies on an authorization that the provider has released.</summary>
    AuthorizationReleased,

    /// <summary>A verified webhook reports a payment, but the provider cannot be asked.</summary>
    Unverified,
    Failed,
    Canceled,

    /// <summary>The provider ended the payment; it is checked for late funds until monitoring ends.</summary>
    Expired,

    /// <summary>Nothing was received while the attempt was monitored.</summary>
    MonitoringEnded,
    Appeal,

    /// <summary>The underpayment exceeds the tolerance.</summary>
    Underpaid,

    /// <summary>Funds that arrived after the quote expired are worth less than the amount due.</summary>
    UnderpaidAfterQuote,

    /// <summary>Funds arrived after the quote expired, and no fresh price of that moment is known.</summary>
    PriceUnknown,

    /// <summary>More than the amount due was received. The order is paid.</summary>
    Overpaid,

    /// <summary>More funds arrived for a settled payment.</summary>
    MoreArrived,

    /// <summary>The provider revoked its confirmation of a payment.</summary>
    Reversed,

    /// <summary>The provider refunded the surplus at an administrator's request. The order stays paid.</summary>
    SurplusRefunded,

    /// <summary>An administrator recorded a refund of the surplus outside the plugin.</summary>
    SurplusReturned,

    /// <summary>Funds arrived after the attempt expired, and the settings leave the decision to the owner.</summary>
    PaidLate,

    /// <summary>Nobody paid in time; the order was cancelled.</summary>
    OrderCancelled,

    /// <summary>The provider states an amount, currency or id other than quoted.</summary>
    Contradiction,

    /// <summary>The provider gave a new payment the id of another one. The attempt is given up, because the two cannot be told apart.</summary>
    IdClash,

    /// <summary>The provider never received the create call.</summary>
    NeverCreated,

    /// <summary>The order's total increased after the quote.</summary>
    OrderTotalIncreased,

    /// <summary>Two attempts of one order were both paid.</summary>
    PaidTwice,

    /// <summary>The order had been paid in another way.</summary>
    AlreadyPaid,

    /// <summary>The order was paid by this attempt and reopened by a person. It is not marked as paid again.</summary>
    OrderReopened,

    /// <summary>The order is cancelled or deleted.</summary>
    PaidAfterCancel,

    /// <summary>The cancelled order is reopened and its stock taken.</summary>
    Reopened,

    /// <summary>The cancelled order is reopened, but the store stopped while its stock was taken.</summary>
    ReopenedWithoutStock,

    /// <summary>The order is stored as paid, but the platform stopped before it announced that.</summary>
    PaidEventMissing
}
