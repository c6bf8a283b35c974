using System.Globalization;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Stores and reads payment events. It is the only class that holds their table.
/// </summary>
/// <remarks>
/// Unique keys guard what must happen once: a webhook, the marker of a paid order, a reopening, a surplus refund and an e-mail.
/// </remarks>
public partial class PaymentEventService(IRepository<PaymentEvent> events, TimeProvider time)
{
    /// <summary>All events of a payment, newest first.</summary>
    public Task<IList<PaymentEvent>> AllAsync(int paymentId) =>
        events.GetAllAsync(query => query.Where(row => row.PaymentId == paymentId).OrderByDescending(row => row.Id));

    public Task RecordStatusChangeAsync(CryptoPayment payment, CryptoPaymentStatus before) =>
        events.InsertAsync(New(payment.Id, PaymentEventKind.StatusChange, "status", $"{before} > {payment.Status}"), publishEvent: false);

    /// <summary>Records which administrator settled a payment, and the transaction that proves it.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="customerId">The administrator's customer id.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    public Task RecordManualSettlementAsync(CryptoPayment payment, int customerId, string transactionId)
    {
        var row = New(payment.Id, PaymentEventKind.ManuallySettled, "byhand", string.Create(CultureInfo.InvariantCulture, $"customer {customerId}"));
        row.Body = transactionId;
        return events.InsertAsync(row, publishEvent: false);
    }

    /// <summary>The marker that lets a single attempt mark the order as paid; null while no attempt has claimed the order.</summary>
    public Task<PaymentEvent?> FindPaidMarkerAsync(int orderId) => FindAsync(PaidMarkerKey(orderId));

    /// <summary>Claims the order for an attempt; true when the claim belongs to this attempt, now or from an earlier run.</summary>
    public async Task<bool> ClaimOrderAsync(CryptoPayment payment)
    {
        if (await FindPaidMarkerAsync(payment.OrderId) is { } marker)
            return marker.PaymentId == payment.Id;

        await events.InsertAsync(NewOpen(payment.Id, PaymentEventKind.PaidMarker, PaidMarkerKey(payment.OrderId)), publishEvent: false);
        return true;
    }

    /// <summary>Records that the platform marked the order as paid and announced it.</summary>
    public async Task CompletePaidMarkerAsync(int orderId)
    {
        if (await FindPaidMarkerAsync(orderId) is { ProcessedOnUtc: null } marker)
            await CompleteAsync(marker);
    }

    /// <summary>The reopening of a cancelled order; processed once its stock was taken. An order has at most one.</summary>
    public Task<PaymentEvent?> FindReopeningAsync(int orderId) => FindAsync(ReopeningKey(orderId));

    public async Task<PaymentEvent> BeginReopeningAsync(CryptoPayment payment)
    {
        var reopening = NewOpen(payment.Id, PaymentEventKind.Reopening, ReopeningKey(payment.OrderId), "revive");
        await events.InsertAsync(reopening, publishEvent: false);
        return reopening;
    }

    /// <summary>Closes an event.</summary>
    /// <param name="row">An event that was read whole or has just been inserted.</param>
    /// <param name="outcome">How it ended where that was not as intended, see <see cref="PaymentEventOutcome"/>; else null.</param>
    public Task CompleteAsync(PaymentEvent row, string? outcome = null)
    {
        (row.ProcessedOnUtc, row.Outcome) = (Now, outcome);
        return events.UpdateAsync(row, publishEvent: false);
    }

    private static string PaidMarkerKey(int orderId) => $"paid-order-{orderId}";

    private static string ReopeningKey(int orderId) => $"revive-order-{orderId}";

    private async Task<PaymentEvent?> FindAsync(string key) =>
        (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();

    /// <summary>An event with a random key that needs no further work.</summary>
    private PaymentEvent New(int paymentId, PaymentEventKind kind, string keyPrefix, string name)
    {
        var row = NewOpen(paymentId, kind, $"{keyPrefix}-{Guid.NewGuid():N}", name);
        row.ProcessedOnUtc = row.CreatedOnUtc;
        return row;
    }

    private PaymentEvent NewOpen(int paymentId, PaymentEventKind kind, string key, string? name = null) => new()
    {
        EventKey = key,
        PaymentId = paymentId,
        Kind = kind,
        Name = name,
        CreatedOnUtc = Now
    };

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
