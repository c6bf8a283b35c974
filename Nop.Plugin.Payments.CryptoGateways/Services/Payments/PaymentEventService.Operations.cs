using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Captures, voids, refunds, surplus refunds and payouts: each is stored before the provider is called and completed once its outcome is known.
/// </summary>
public partial class PaymentEventService
{
    /// <summary>How long the platform has to write an order after a capture, void or refund; until then nobody else settles it.</summary>
    public static readonly TimeSpan OperationGrace = TimeSpan.FromMinutes(2);

    /// <summary>Records a capture, void or refund before the provider is called.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="name">See <see cref="OperationNames"/>.</param>
    /// <param name="amount">In the currency of the payment's price.</param>
    /// <param name="leadsTo">The payment's status at the provider once the operation is done.</param>
    public async Task<PaymentEvent> BeginOperationAsync(CryptoPayment payment, string name, decimal amount, ProviderStatus leadsTo)
    {
        var operation = NewOpen(payment.Id, PaymentEventKind.Operation, $"operation-{Guid.NewGuid():N}", name);
        (operation.StatedAmount, operation.StatedCurrency, operation.StatedStatusId) = (amount, payment.PriceCurrency, (int)leadsTo);
        await events.InsertAsync(operation, publishEvent: false);
        return operation;
    }

    /// <summary>The open operations of some payments.</summary>
    public async Task<IReadOnlyList<PaymentEvent>> OpenOperationsAsync(IQueryable<CryptoPayment> payments) => await (
        from row in events.Table
        join payment in payments on row.PaymentId equals payment.Id
        where row.KindId == (int)PaymentEventKind.Operation && row.ProcessedOnUtc == null
        select row).ToListAsync();

    /// <summary>True while the platform may still be writing the order after the operation. One from the future began while a clock was ahead.</summary>
    public bool IsUnderWay(PaymentEvent operation) => operation.CreatedOnUtc > Now - OperationGrace && operation.CreatedOnUtc < Now + OperationGrace;

    /// <summary>The refund of the surplus; processed when it is known that it was sent. A payment has at most one.</summary>
    public Task<PaymentEvent?> FindSurplusRefundAsync(int paymentId) => FindAsync(SurplusRefundKey(paymentId));

    /// <summary>Records the refund of a surplus before it is sent. The unique key rejects a second one.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="customerId">The administrator's customer id.</param>
    /// <param name="transactionId">The transaction of a refund that was sent outside the plugin; null when the provider sends it.</param>
    public async Task<PaymentEvent> BeginSurplusRefundAsync(CryptoPayment payment, int customerId, string? transactionId = null)
    {
        var row = NewOpen(payment.Id, PaymentEventKind.SurplusRefund, SurplusRefundKey(payment.Id), $"{payment.Surplus}, {ByCustomer(customerId)}");
        (row.StatedAmount, row.StatedCurrency, row.Body) = (payment.Surplus?.Amount, payment.Surplus?.Currency, transactionId);
        await events.InsertAsync(row, publishEvent: false);
        return row;
    }

    /// <summary>Records that nothing was sent. The key becomes free for another refund; the record of this one stays.</summary>
    public Task ReleaseSurplusRefundAsync(PaymentEvent row, PaymentEventOutcome outcome)
    {
        row.EventKey = $"{row.EventKey}-{Guid.NewGuid():N}";
        return CompleteAsync(row, outcome);
    }

    /// <summary>The payout whose outcome is unknown; null when there is none.</summary>
    public async Task<PaymentEvent?> OpenPayoutAsync(int paymentId) => (await events.GetAllAsync(query => query
        .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Payout && row.ProcessedOnUtc == null))).FirstOrDefault();

    /// <summary>Records a payout before the provider is called; null when the same form was sent before.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="amount">The amount that is sent.</param>
    /// <param name="refund">The refund of the order that it stands for, in the primary store currency.</param>
    /// <param name="formKey">Unique for each form.</param>
    public async Task<PaymentEvent?> BeginPayoutAsync(CryptoPayment payment, Money amount, decimal refund, string formKey)
    {
        var key = ExternalText.ToKey($"payout-{payment.Id}-{formKey}", TextLengths.Key);
        if (await IsStoredAsync(key))
            return null;

        var row = NewOpen(payment.Id, PaymentEventKind.Payout, key, ExternalText.Clean($"{amount}", TextLengths.Word));
        (row.StatedAmount, row.StatedCurrency) = (refund, payment.PriceCurrency);
        await events.InsertAsync(row, publishEvent: false);
        return row;
    }

    /// <summary>The unique key of the refund of a payment's surplus.</summary>
    public static string SurplusRefundKey(int paymentId) => $"surplus-{paymentId}";
}

/// <summary>
/// The operations on the order's page, as the timeline names them.
/// </summary>
public static class OperationNames
{
    public const string Capture = "capture";
    public const string Void = "void";
    public const string Refund = "refund";
}
