using System.Globalization;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What happened to a payment, and what of it still has to be acted on.
/// </summary>
public class PaymentEventService(IRepository<PaymentEvent> events, TimeProvider time)
{
    /// <summary>How long the platform has to write an order after a capture, void or refund; until then nobody else settles it.</summary>
    public static readonly TimeSpan OperationGrace = TimeSpan.FromMinutes(2);

    /// <summary>Between an operation's name and why it does not count.</summary>
    private const string FailureMark = ": ";

    /// <summary>The verified webhooks about a payment, oldest first; their bodies stay in the database.</summary>
    public async Task<IReadOnlyList<VerifiedWebhook>> WebhooksAsync(int paymentId) => await events.Table
        .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Webhook).OrderBy(row => row.Id)
        .Select(row => new VerifiedWebhook
        {
            Id = row.Id,
            StatedAmount = row.StatedAmount,
            StatedCurrency = row.StatedCurrency,
            StatedExternalId = row.StatedExternalId,
            StatedStatusId = row.StatedStatusId,
            StatedNetAmount = row.StatedNetAmount,
            StatedNetCurrency = row.StatedNetCurrency,
            CreatedOnUtc = row.CreatedOnUtc,
            ProcessedOnUtc = row.ProcessedOnUtc
        }).ToListAsync();

    /// <summary>True when a webhook has come since the last check; one that was left open by a check that failed waits for the next.</summary>
    public async Task<bool> HasNewWebhookAsync(CryptoPayment payment) =>
        (await WebhooksAsync(payment.Id)).Any(webhook => webhook.ProcessedOnUtc is null && (webhook.Id > payment.CheckedWebhookId || payment.NextCheckOnUtc is null));

    public async Task MarkProcessedAsync(IEnumerable<VerifiedWebhook> webhooks)
    {
        foreach (var webhook in webhooks.Where(webhook => webhook.ProcessedOnUtc is null))
        {
            if (await events.GetByIdAsync(webhook.Id) is not { } row)
                continue;

            row.ProcessedOnUtc = Now;
            await events.UpdateAsync(row, publishEvent: false);
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

    public Task RecordTransitionAsync(CryptoPayment payment, CryptoPaymentStatus before) =>
        events.InsertAsync(New(payment.Id, PaymentEventKind.StatusChange, "status", $"{before} > {payment.Status}"), publishEvent: false);

    /// <summary>Records who settled a payment by hand, and what for.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="customerId">The administrator's id in the store.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    public Task RecordManualSettlementAsync(CryptoPayment payment, int customerId, string transactionId)
    {
        var row = New(payment.Id, PaymentEventKind.ManuallySettled, "byhand", string.Create(CultureInfo.InvariantCulture, $"customer {customerId}"));
        row.Body = transactionId;
        return events.InsertAsync(row, publishEvent: false);
    }

    /// <summary>Records that an operation begins, before the provider is asked for it.</summary>
    /// <param name="payment">Of which payment.</param>
    /// <param name="name">capture, void or refund.</param>
    /// <param name="amount">How much, in the currency of the payment's price.</param>
    /// <param name="leadsTo">What becomes of the payment when the provider does it.</param>
    public async Task<PaymentEvent> BeginOperationAsync(CryptoPayment payment, string name, decimal amount, ProviderStatus leadsTo)
    {
        var operation = New(payment.Id, PaymentEventKind.Operation, "operation", name);
        (operation.StatedAmount, operation.StatedCurrency, operation.StatedStatusId, operation.ProcessedOnUtc) = (amount, payment.PriceCurrency, (int)leadsTo, null);
        await events.InsertAsync(operation, publishEvent: false);
        return operation;
    }

    /// <summary>The operation that was begun and not seen to end; there is one at a time.</summary>
    public async Task<PaymentEvent?> OpenOperationAsync(int paymentId) =>
        (await OperationsAsync(paymentId)).LastOrDefault(operation => operation.ProcessedOnUtc is null);

    /// <summary>True while the platform may still be writing what the operation led to. One from the future was begun while a clock was ahead.</summary>
    public bool IsUnderWay(PaymentEvent operation) => operation.CreatedOnUtc > Now - OperationGrace && operation.CreatedOnUtc < Now + OperationGrace;

    /// <param name="operation">The operation.</param>
    /// <param name="failure">Why it does not count; null when the provider did it.</param>
    public Task EndOperationAsync(PaymentEvent operation, string? failure = null)
    {
        operation.ProcessedOnUtc = Now;
        if (failure is not null)
            operation.Name += FailureMark + failure;
        return events.UpdateAsync(operation, publishEvent: false);
    }

    /// <summary>What was sent back until now, as far as it was done here; in the currency of the payment's price.</summary>
    public async Task<decimal> RefundedAsync(int paymentId) =>
        (await OperationsAsync(paymentId)).Where(operation => operation.Name == OperationNames.Refund).Sum(operation => operation.StatedAmount ?? 0m);

    /// <summary>Since when a refund may still be confirmed that the provider accepted, or of which it is not known whether it was done; null when there is none.</summary>
    public async Task<DateTime?> AwaitsRefundSinceAsync(int paymentId) =>
        (await OperationsAsync(paymentId)).LastOrDefault(operation => operation.Name?.StartsWith(OperationNames.Refund + FailureMark, StringComparison.Ordinal) == true
            && !operation.Name.EndsWith(nameof(OperationError.Declined), StringComparison.Ordinal))?.CreatedOnUtc;

    /// <summary>That the surplus is being, or was, sent back; processed when it is known that it was. There is one a payment.</summary>
    public async Task<PaymentEvent?> SurplusRefundAsync(int paymentId)
    {
        var key = SurplusKeyOf(paymentId);
        return (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();
    }

    /// <summary>Records that a surplus is sent back, before it is. The unique key refuses a second one.</summary>
    /// <param name="payment">Of which payment.</param>
    /// <param name="customerId">The administrator's id in the store.</param>
    /// <param name="transactionId">The transaction by which a person sent it; null when the provider is asked to.</param>
    public async Task<PaymentEvent> BeginSurplusRefundAsync(CryptoPayment payment, int customerId, string? transactionId = null)
    {
        var row = New(payment.Id, PaymentEventKind.SurplusRefund, "surplus", string.Create(CultureInfo.InvariantCulture, $"{payment.Surplus}, customer {customerId}"));
        (row.EventKey, row.ProcessedOnUtc, row.Body) = (SurplusKeyOf(payment.Id), null, transactionId);
        (row.StatedAmount, row.StatedCurrency) = (payment.Surplus?.Amount, payment.Surplus?.Currency);
        await events.InsertAsync(row, publishEvent: false);
        return row;
    }

    public Task EndSurplusRefundAsync(PaymentEvent row)
    {
        row.ProcessedOnUtc = Now;
        return events.UpdateAsync(row, publishEvent: false);
    }

    /// <summary>Nothing was sent: another try may be made, and the record of this one stays.</summary>
    public Task ReleaseSurplusRefundAsync(PaymentEvent row, string reason)
    {
        (row.EventKey, row.Name) = ($"{row.EventKey}-{Guid.NewGuid():N}", row.Name + FailureMark + reason);
        return EndSurplusRefundAsync(row);
    }

    private static string SurplusKeyOf(int paymentId) => $"surplus-{paymentId}";

    /// <summary>That a cancelled order is being, or was, opened again; processed when its stock was taken. There is one an order.</summary>
    public async Task<PaymentEvent?> ReopeningAsync(int orderId)
    {
        var key = ReopeningKeyOf(orderId);
        return (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();
    }

    public async Task<PaymentEvent> BeginReopeningAsync(CryptoPayment payment)
    {
        var reopening = New(payment.Id, PaymentEventKind.Reopening, "revive", "revive");
        (reopening.EventKey, reopening.ProcessedOnUtc) = (ReopeningKeyOf(payment.OrderId), null);
        await events.InsertAsync(reopening, publishEvent: false);
        return reopening;
    }

    private static string ReopeningKeyOf(int orderId) => $"revive-order-{orderId}";

    private Task<IList<PaymentEvent>> OperationsAsync(int paymentId) =>
        events.GetAllAsync(query => query.Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Operation).OrderBy(row => row.Id));

    private PaymentEvent New(int paymentId, PaymentEventKind kind, string keyPrefix, string name) => new()
    {
        EventKey = $"{keyPrefix}-{Guid.NewGuid():N}",
        PaymentId = paymentId,
        Kind = kind,
        Name = name,
        CreatedOnUtc = Now,
        ProcessedOnUtc = Now
    };

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// What a check needs of a stored webhook, see <see cref="PaymentEvent"/>.
/// </summary>
public sealed record VerifiedWebhook
{
    public required int Id { get; init; }

    public decimal? StatedAmount { get; init; }

    public string? StatedCurrency { get; init; }

    public string? StatedExternalId { get; init; }

    public int? StatedStatusId { get; init; }

    public decimal? StatedNetAmount { get; init; }

    public string? StatedNetCurrency { get; init; }

    public DateTime CreatedOnUtc { get; init; }

    public DateTime? ProcessedOnUtc { get; init; }
}

/// <summary>
/// What an owner can do with a payment on the order's page, as the timeline names it.
/// </summary>
public static class OperationNames
{
    public const string Capture = "capture";
    public const string Void = "void";
    public const string Refund = "refund";
}
