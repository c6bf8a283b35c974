using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Tells people what was decided: an order note, and for what needs a person a log line and a mail too.
/// </summary>
public class PaymentNotes(IOrderService orderService, ILocalizationService localizationService, LocalizationSettings localizationSettings,
    AdminNotifier notifier, AdminAlerts alerts, ILogger logger)
{
    private static readonly DecisionNote[] _alerts =
    [
        DecisionNote.Appeal, DecisionNote.Contradiction, DecisionNote.IdClash, DecisionNote.Underpaid, DecisionNote.UnderpaidAfterQuote, DecisionNote.PriceUnknown, DecisionNote.Overpaid, DecisionNote.MoreArrived, DecisionNote.Reversed, DecisionNote.PaidLate, DecisionNote.OrderGrew, DecisionNote.PaidTwice, DecisionNote.AlreadyPaid, DecisionNote.AuthorizedInVain,
        DecisionNote.PaidAfterCancel, DecisionNote.Revived, DecisionNote.RevivedWithoutStock, DecisionNote.OrderReopened, DecisionNote.Refunded, DecisionNote.ReservationGone, DecisionNote.Unverified, DecisionNote.PaidEventMissing
    ];

    /// <summary>Tells it once, however often the same step is run.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="order">Its order.</param>
    /// <param name="note">What is told.</param>
    /// <param name="stillOurs">Last look whether the lease is held: whoever has taken over tells it.</param>
    /// <returns>False when the lease is lost: nothing was told.</returns>
    public async Task<bool> TellAsync(CryptoPayment payment, Order order, DecisionNote note, Func<Task<bool>>? stillOurs = null)
    {
        if (note == DecisionNote.None)
            return true;

        var text = await TextAsync(payment, note);
        if (note is DecisionNote.Paid or DecisionNote.PaidAfterQuote or DecisionNote.Overpaid)
            await alerts.ResolveOfOrderAsync(order.Id);
        var notes = await orderService.GetOrderNotesByOrderIdAsync(order.Id);
        if (notes.Any(existing => existing.Note == text))
            return true;
        if (stillOurs is not null && !await stillOurs())
            return false;

        if (note is DecisionNote.SurplusRefunded or DecisionNote.SurplusReturned)
            await alerts.ResolveAsync(KeyOf(payment, order, DecisionNote.Overpaid));
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

    private async Task AlertAsync(CryptoPayment payment, Order order, DecisionNote note, string text)
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

    private async Task<string> TextAsync(CryptoPayment payment, DecisionNote note)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Note.{note}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        return EditableText.FormatInvariant(format,
            payment.Reference, payment.Asked, payment.KnownExternalId ?? "-", payment.Attempt, payment.ProviderStatus ?? "-",
            Text(payment.Received), payment.TransactionIds ?? "-", Text(InPrice(payment, payment.ValueAtQuote)), Text(InPrice(payment, OrderRest.WorthOf(payment))),
            Text(payment.Surplus), Text(InPrice(payment, payment.SurplusAtQuote)), payment.Expected);
    }

    private static string KeyOf(CryptoPayment payment, Order order, DecisionNote note) => $"order-{order.Id}-{payment.Reference}-{note}";

    private static string Text(Money? money) => money?.ToString() ?? "-";

    /// <summary>In the currency of the price, rounded down to its decimals.</summary>
    private static Money? InPrice(CryptoPayment payment, Fraction? value) =>
        value?.RoundDown(CurrencyDecimals.Of(payment.PriceCurrency)) is { } amount ? new Money(amount, payment.PriceCurrency) : null;
}
