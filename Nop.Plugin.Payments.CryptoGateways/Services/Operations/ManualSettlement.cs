using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// What an administrator changes on a payment, under the order's lease as everybody who changes one.
/// </summary>
public class ManualSettlement(AttemptWriter attempts, PaymentEventService events, OrderLock leases, PaymentFactsReader factsReader, OrderSettlement settlement)
{
    /// <summary>How long an administrator waits while somebody else is at work on the order.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Settles a payment on an administrator's word, as far as its order still waits for money; under the claim, as always.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="transactionId">The transaction that the administrator has seen.</param>
    /// <param name="customerId">The administrator's id in the store.</param>
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

    /// <summary>Gives the payment's own page a new address.</summary>
    public Task<ManualSettlementResult> RenewPageAsync(int paymentId) => WithLockAsync(paymentId, async (payment, _, lease) =>
        payment.Address is null ? ManualSettlementResult.NotPossible
        : await attempts.RenewPageAsync(payment, lease) ? ManualSettlementResult.Done
        : ManualSettlementResult.Busy);

    /// <summary>With the payment as the database has it once the order's lease is held.</summary>
    private async Task<ManualSettlementResult> WithLockAsync(int paymentId, Func<CryptoPayment, OrderSnapshot, Lease, Task<ManualSettlementResult>> work)
    {
        if (await attempts.ReadAsync(paymentId) is not { } found)
            return ManualSettlementResult.NotPossible;
        if (await leases.AcquireAsync(found.OrderId, _lockTimeout) is not { } lease)
            return ManualSettlementResult.Busy;

        try
        {
            var snapshot = await attempts.ReadOrderAsync(found.OrderId);
            return snapshot.Find(paymentId) is { } payment && snapshot.OpenOperationOf(payment) is null
                ? await work(payment, snapshot, lease)
                : ManualSettlementResult.Busy;
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private static string With(string? known, string transactionId) =>
        ExternalText.JoinLines((known ?? string.Empty).Split('\n').Append(transactionId).Distinct(), TextLengths.TransactionIds);
}

/// <summary>
/// How something went that an administrator did by hand.
/// </summary>
public enum ManualSettlementResult
{
    Done,

    /// <summary>Somebody else is at work on the order, or a capture, void or refund is.</summary>
    Busy,

    /// <summary>The payment, or its order, is not in a state for it.</summary>
    NotPossible
}
