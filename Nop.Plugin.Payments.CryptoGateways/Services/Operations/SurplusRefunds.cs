using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Sends back what arrived beyond what the order owed, or records that a person has sent it back. The order stays paid: the platform's
/// partial refund would reduce what the order counts as paid. A row with a unique key is written before the provider is called; while
/// it is not known what became of it, nothing is sent again.
/// </summary>
public class SurplusRefunds(AttemptWriter attempts, PaymentEventService events, OrderLock leases, OrderReader orders, OperationCaller operationCaller, OrderNotes notes)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The gateway can send the surplus back: it refunds parts, in the unit in which the surplus is counted.</summary>
    public bool CanRefund(CryptoPayment payment) => payment.Surplus is { } surplus && CallOf(payment) is not null
        && string.Equals(surplus.Currency, payment.PayCurrency, StringComparison.OrdinalIgnoreCase);

    /// <summary>A refund was begun of which it is not known whether it was sent.</summary>
    public async Task<bool> IsOpenAsync(int paymentId) => await events.FindSurplusRefundAsync(paymentId) is { ProcessedOnUtc: null };

    /// <summary>Has the provider send back the stored surplus, once.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="customerId">The administrator's id in the store, for the record.</param>
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

        await events.ReleaseSurplusRefundAsync(row, PaymentEventOutcome.SurplusDeclined);
        return new SurplusResult(SurplusOutcome.Declined, error.Message);
    });

    /// <summary>Takes a person's word for what became of the refund that is open.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    public Task<SurplusResult> ResolveAsync(int paymentId, bool wasSent) => WithLockAsync(paymentId, async (payment, lease) =>
    {
        if (await events.FindSurplusRefundAsync(paymentId) is not { ProcessedOnUtc: null } row)
            return new SurplusResult(SurplusOutcome.NotPossible);
        if (wasSent)
            return await RecordAsync(payment, row, lease, OrderNoteKind.SurplusRefunded);

        await events.ReleaseSurplusRefundAsync(row, PaymentEventOutcome.NotSent);
        return new SurplusResult(SurplusOutcome.Released);
    });

    /// <summary>Records that a person has sent the surplus back outside the plugin.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    /// <param name="customerId">The administrator's id in the store, for the record.</param>
    public Task<SurplusResult> RecordReturnedAsync(int paymentId, string transactionId, int customerId) => WithLockAsync(paymentId, async (payment, lease) =>
        await events.FindSurplusRefundAsync(paymentId) is { } earlier
            ? new SurplusResult(earlier.ProcessedOnUtc is null ? SurplusOutcome.Unknown : SurplusOutcome.NotPossible)
            : await RecordAsync(payment, await events.BeginSurplusRefundAsync(payment, customerId, transactionId), lease, OrderNoteKind.SurplusReturned));

    /// <summary>The attempt before the row: after a crash in between the row is still open, and a person says what became of it.</summary>
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

    /// <summary>With the payment as the database has it once the order's lease is held, while it has a surplus that was not sent back.</summary>
    private async Task<SurplusResult> WithLockAsync(int paymentId, Func<CryptoPayment, Lease, Task<SurplusResult>> work)
    {
        if (await attempts.ReadAsync(paymentId) is not { } found)
            return new SurplusResult(SurplusOutcome.NotPossible);
        if (await leases.AcquireAsync(found.OrderId, _lockTimeout) is not { } lease)
            return new SurplusResult(SurplusOutcome.Busy);

        try
        {
            var snapshot = await attempts.ReadOrderAsync(found.OrderId);
            if (snapshot.Find(paymentId) is not { Status: CryptoPaymentStatus.Overpaid or CryptoPaymentStatus.PartiallyRefunded, Surplus: not null, SurplusReturnedOnUtc: null } payment)
                return new SurplusResult(SurplusOutcome.NotPossible);
            return snapshot.OpenOperationOf(payment) is null ? await work(payment, lease) : new SurplusResult(SurplusOutcome.Busy);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private OperationCall? CallOf(CryptoPayment payment) => operationCaller.GatewayOf(payment) is IRefundGateway refunds
        ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null;
}

/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What the provider said.</param>
public sealed record SurplusResult(SurplusOutcome Outcome, string? Detail = null);

/// <summary>
/// How sending back a surplus went. Its text is Plugins.Payments.CryptoGateways.Surplus.{name}.
/// </summary>
public enum SurplusOutcome
{
    Refunded,

    /// <summary>A person sent it back.</summary>
    Recorded,

    /// <summary>A person found that the open refund was not sent.</summary>
    Released,

    /// <summary>The provider has taken the order and not yet done it; a person says when it is done.</summary>
    Accepted,

    /// <summary>The provider refused; nothing was sent.</summary>
    Declined,

    /// <summary>No usable answer: it may have been sent, and nothing is sent again until a person has looked.</summary>
    Unknown,

    /// <summary>Somebody else is at work on the order.</summary>
    Busy,

    /// <summary>The provider cannot refund it.</summary>
    NotSupported,

    /// <summary>There is no surplus, or it was sent back before.</summary>
    NotPossible
}
