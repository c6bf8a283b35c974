using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Refunds the surplus of an overpaid payment, or records a refund outside the plugin. The order stays paid, because the platform's
/// partial refund would reduce the paid amount. An event with a unique key is stored before the provider is called; while its
/// outcome is unknown, nothing is sent again.
/// </summary>
public class SurplusRefunds(AttemptStore attempts, PaymentEventService events, OrderLock orderLock, OrderReader orders, OperationCaller operationCaller, OrderNotes notes)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>True when the gateway can refund the surplus: it supports partial refunds in the unit of the surplus.</summary>
    public bool CanRefund(CryptoPayment payment) => payment.Surplus is { } surplus && CallOf(payment) is not null
        && string.Equals(surplus.Currency, payment.PayCurrency, StringComparison.OrdinalIgnoreCase);

    /// <summary>True while the outcome of the refund is unknown.</summary>
    public async Task<bool> IsOpenAsync(int paymentId) => await events.FindSurplusRefundAsync(paymentId) is { ProcessedOnUtc: null };

    /// <summary>Refunds the stored surplus through the provider, once.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="customerId">The administrator's customer id, for the record.</param>
    public Task<SurplusResult> RefundAsync(int paymentId, int customerId) => WithLockAsync(paymentId, async (payment, lease) =>
    {
        if (await events.FindSurplusRefundAsync(paymentId) is { } earlier)
            return new SurplusResult(earlier.ProcessedOnUtc is null ? SurplusOutcome.Unknown : SurplusOutcome.NotPossible);
        if (!CanRefund(payment) || CallOf(payment) is not { } call)
            return new SurplusResult(SurplusOutcome.NotSupported);

        var row = await events.BeginSurplusRefundAsync(payment, customerId);
        var (result, error) = await operationCaller.OperateAsync(payment, "surplus refund", payment.Surplus!.Value, call);
        if (result == OperationResult.Done)
            return await RecordAsync(payment, row, lease, OrderNoteKind.SurplusRefunded);
        if (result == OperationResult.Accepted)
            return new SurplusResult(SurplusOutcome.Accepted);
        if (!error!.CreatedNothing)
            return new SurplusResult(SurplusOutcome.Unknown, error.Message);

        await events.ReleaseSurplusRefundAsync(row, PaymentEventOutcome.Declined);
        return new SurplusResult(SurplusOutcome.Declined, error.Message);
    });

    /// <summary>Closes an open refund with the outcome that an administrator found.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="wasSent">True when the provider's dashboard shows it.</param>
    public Task<SurplusResult> ResolveAsync(int paymentId, bool wasSent) => WithLockAsync(paymentId, async (payment, lease) =>
    {
        if (await events.FindSurplusRefundAsync(paymentId) is not { ProcessedOnUtc: null } row)
            return new SurplusResult(SurplusOutcome.NotPossible);
        if (wasSent)
            return await RecordAsync(payment, row, lease, OrderNoteKind.SurplusRefunded);

        await events.ReleaseSurplusRefundAsync(row, PaymentEventOutcome.NotSent);
        return new SurplusResult(SurplusOutcome.Released);
    });

    /// <summary>Records a refund that was sent outside the plugin.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    /// <param name="customerId">The administrator's customer id, for the record.</param>
    public Task<SurplusResult> RecordReturnedAsync(int paymentId, string transactionId, int customerId) => WithLockAsync(paymentId, async (payment, lease) =>
        await events.FindSurplusRefundAsync(paymentId) is { } earlier
            ? new SurplusResult(earlier.ProcessedOnUtc is null ? SurplusOutcome.Unknown : SurplusOutcome.NotPossible)
            : await RecordAsync(payment, await events.BeginSurplusRefundAsync(payment, customerId, transactionId), lease, OrderNoteKind.SurplusReturned));

    /// <summary>The attempt before the event: after a crash in between, the event is still open, and an administrator resolves it.</summary>
    private async Task<SurplusResult> RecordAsync(CryptoPayment payment, PaymentEvent row, Lease lease, OrderNoteKind note)
    {
        payment.SurplusReturnedOnUtc = payment.UpdatedOnUtc = attempts.Now;
        if (!await attempts.SaveAsync(payment, lease))
            return new SurplusResult(SurplusOutcome.Unknown);

        await events.CompleteAsync(row);
        if (await orders.FindAsync(payment.OrderId) is { } order)
            await notes.AddAsync(payment, order, note);
        return new SurplusResult(note == OrderNoteKind.SurplusRefunded ? SurplusOutcome.Refunded : SurplusOutcome.Recorded);
    }

    /// <summary>Runs the change under the order's lease, if the payment has a surplus that was not refunded.</summary>
    private async Task<SurplusResult> WithLockAsync(int paymentId, Func<CryptoPayment, Lease, Task<SurplusResult>> work)
    {
        if (await attempts.FindAsync(paymentId) is not { } found)
            return new SurplusResult(SurplusOutcome.NotPossible);
        if (await orderLock.AcquireAsync(found.OrderId, _lockTimeout) is not { } lease)
            return new SurplusResult(SurplusOutcome.Busy);

        try
        {
            var snapshot = await attempts.SnapshotAsync(found.OrderId);
            if (snapshot.Find(paymentId) is not { Status: CryptoPaymentStatus.Overpaid or CryptoPaymentStatus.PartiallyRefunded, Surplus: not null, SurplusReturnedOnUtc: null } payment)
                return new SurplusResult(SurplusOutcome.NotPossible);
            return snapshot.OpenOperationOf(payment) is null ? await work(payment, lease) : new SurplusResult(SurplusOutcome.Busy);
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    private OperationCall? CallOf(CryptoPayment payment) => operationCaller.GatewayOf(payment) is IRefundGateway refunds
        ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null;
}

/// <param name="Outcome">The outcome.</param>
/// <param name="Detail">The provider's message.</param>
public sealed record SurplusResult(SurplusOutcome Outcome, string? Detail = null);

/// <summary>
/// The outcome of a surplus refund. Its text is Plugins.Payments.CryptoGateways.Surplus.{name}.
/// </summary>
public enum SurplusOutcome
{
    Refunded,

    /// <summary>It was refunded outside the plugin.</summary>
    Recorded,

    /// <summary>An administrator found that the open refund was not sent.</summary>
    Released,

    /// <summary>The provider accepted the refund; an administrator confirms when it is done.</summary>
    Accepted,

    /// <summary>The provider declined; nothing was sent.</summary>
    Declined,

    /// <summary>No usable response: it may have been sent. Nothing is sent again until an administrator has checked.</summary>
    Unknown,

    /// <summary>Another worker holds the order's lease.</summary>
    Busy,

    /// <summary>The provider does not support the refund.</summary>
    NotSupported,

    /// <summary>There is no surplus, or it was refunded before.</summary>
    NotPossible
}
