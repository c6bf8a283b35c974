using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What happened to a payment, and what of it still has to be acted on.
/// </summary>
public class PaymentTimeline(IRepository<PaymentEvent> events, TimeProvider time)
{
    /// <summary>How long the platform has to write an order after a capture, void or refund; until then nobody else settles it.</summary>
    public static readonly TimeSpan OperationGrace = TimeSpan.FromMinutes(2);

    /// <summary>The verified webhooks about a payment, oldest first.</summary>
    public Task<IList<PaymentEvent>> WebhooksAsync(int paymentId) =>
        events.GetAllAsync(query => query.Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Webhook).OrderBy(row => row.Id));

    public async Task<bool> HasNewWebhookAsync(int paymentId) =>
        (await WebhooksAsync(paymentId)).Any(webhook => webhook.ProcessedOnUtc is null);

    public async Task MarkProcessedAsync(IEnumerable<PaymentEvent> webhooks)
    {
        foreach (var webhook in webhooks.Where(webhook => webhook.ProcessedOnUtc is null))
        {
            webhook.ProcessedOnUtc = Now;
            await events.UpdateAsync(webhook, publishEvent: false);
        }
    }

    /// <summary>All that is kept about a payment, newest first.</summary>
    public Task<IList<PaymentEvent>> AllAsync(int paymentId) =>
        events.GetAllAsync(query => query.Where(row => row.PaymentId == paymentId).OrderByDescending(row => row.Id));

    /// <summary>Lets a webhook be acted on again; null when there is no such webhook.</summary>
    public async Task<PaymentEvent?> ReopenAsync(int eventId)
    {
        if (await events.GetByIdAsync(eventId) is not { Kind: PaymentEventKind.Webhook } webhook)
            return null;

        webhook.ProcessedOnUtc = null;
        await events.UpdateAsync(webhook, publishEvent: false);
        return webhook;
    }

    public Task RecordMoveAsync(CryptoPayment payment, CryptoPaymentStatus before) =>
        InsertAsync(payment.Id, PaymentEventKind.StatusChange, "status", $"{before} > {payment.Status}");

    /// <summary>Records that an operation begins, before the provider is asked for it.</summary>
    public Task BeginOperationAsync(CryptoPayment payment, string name) =>
        InsertAsync(payment.Id, PaymentEventKind.Operation, "operation", name);

    /// <summary>True while the platform may still be writing what an operation led to.</summary>
    public async Task<bool> IsOperatedOnAsync(int paymentId)
    {
        var since = Now - OperationGrace;
        return (await events.GetAllAsync(query => query
            .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Operation && row.CreatedOnUtc > since))).Any();
    }

    private Task InsertAsync(int paymentId, PaymentEventKind kind, string keyPrefix, string name) => events.InsertAsync(new PaymentEvent
    {
        EventKey = $"{keyPrefix}-{Guid.NewGuid():N}",
        PaymentId = paymentId,
        Kind = kind,
        Name = name,
        CreatedOnUtc = Now,
        ProcessedOnUtc = Now
    }, publishEvent: false);

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
