using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// An administrator's changes to a payment, under the order's lease.
/// </summary>
public class ManualSettlement(AttemptStore attempts, PaymentEventService events, OrderLock orderLock, PaymentFactsReader factsReader, OrderSettlement settlement)
{
    /// <summary>How long an administrator waits for another holder of the lease.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Marks a payment as paid manually while its order is unpaid.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="transactionId">The transaction that proves the payment.</param>
    /// <param name="customerId">The administrator's customer id.</param>
    public Task<ManualSettlementResult> SettleAsync(int paymentId, string transactionId, int customerId) => WithLockAsync(paymentId, async (payment, snapshot, lease) =>
    {
        var facts = await factsReader.ReadAsync(payment, Lookup.Impossible, null, snapshot, [], []);
        if (await factsReader.OrderAsync(payment.OrderId) is not { } order || PaymentDecision.DecideManually(facts) is not { } decision)
            return ManualSettlementResult.NotPossible;

        attempts.ApplyFacts(payment, facts, decision, []);
        payment.IsSettledManually = true;
        payment.TransactionIds = With(payment.TransactionIds, transactionId);
        if (!await settlement.ApplyAsync(payment, order, decision, snapshot, lease))
            return ManualSettlementResult.Busy;

        if (!await attempts.WriteAsync(payment, facts, decision.Status, SynchronizationSource.Admin, snapshot, lease))
            return ManualSettlementResult.Busy;

        await events.RecordManualSettlementAsync(payment, customerId, transactionId);
        await settlement.NotifyShopperAsync(payment, snapshot);
        return ManualSettlementResult.Done;
    });

    /// <summary>Replaces the link to the payment page.</summary>
    public Task<ManualSettlementResult> RenewPageAsync(int paymentId) => WithLockAsync(paymentId, async (payment, _, lease) =>
        payment.Address is null ? ManualSettlementResult.NotPossible
        : await attempts.RenewPageAsync(payment, lease) ? ManualSettlementResult.Done
        : ManualSettlementResult.Busy);

    /// <summary>Runs the change under the order's lease, with the payment as stored then.</summary>
    private async Task<ManualSettlementResult> WithLockAsync(int paymentId, Func<CryptoPayment, OrderSnapshot, Lease, Task<ManualSettlementResult>> work)
    {
        if (await attempts.FindAsync(paymentId) is not { } found)
            return ManualSettlementResult.NotPossible;
        if (await orderLock.AcquireAsync(found.OrderId, _lockTimeout) is not { } lease)
            return ManualSettlementResult.Busy;

        try
        {
            var snapshot = await attempts.SnapshotAsync(found.OrderId);
            return snapshot.Find(paymentId) is { } payment && snapshot.OpenOperationOf(payment) is null
                ? await work(payment, snapshot, lease)
                : ManualSettlementResult.Busy;
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    private static string With(string? known, string transactionId) =>
        ExternalText.JoinLines((known ?? string.Empty).Split('\n').Append(transactionId).Distinct(), TextLengths.TransactionIds);
}

/// <summary>
/// The result of an administrator's change.
/// </summary>
public enum ManualSettlementResult
{
    Done,

    /// <summary>Another worker holds the order's lease, or a capture, void or refund is in progress.</summary>
    Busy,

    /// <summary>The status of the payment or its order does not allow the change.</summary>
    NotPossible
}
