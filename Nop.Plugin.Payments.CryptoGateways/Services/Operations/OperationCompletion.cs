using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Writes the result of a capture, void or refund once the platform announces that it has written the order. Without the
/// announcement, the synchronizer asks the provider after <see cref="PaymentEventService.OperationGrace"/>.
/// </summary>
public class OperationCompletion(AttemptStore attempts, PaymentEventService events, OrderLock orderLock, OrderSettlement settlement)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <param name="order">The order as the platform has written it.</param>
    /// <param name="name">The operation, see <see cref="OperationNames"/>.</param>
    public async Task CompleteAsync(Order order, string name)
    {
        // Only an authorized payment can be captured. Any other paid order causes no query.
        if (name == OperationNames.Capture && string.IsNullOrEmpty(order.AuthorizationTransactionId))
            return;

        foreach (var operation in await events.OpenOperationsAsync(attempts.QueryOrder(order.Id)))
        {
            if (operation.Name == name && events.IsUnderWay(operation))
                await CompleteAsync(order, operation);
        }
    }

    private async Task CompleteAsync(Order order, PaymentEvent operation)
    {
        if (operation.Name == OperationNames.Capture)
            await events.CompletePaidMarkerAsync(order.Id);

        // While another worker holds the lease, the next check writes the attempt.
        if (await orderLock.AcquireAsync(order.Id, _lockTimeout) is { } lease)
        {
            try
            {
                await WriteAsync(order, operation, lease);
            }
            finally
            {
                await orderLock.ReleaseAsync(lease);
            }
        }
        await events.CompleteAsync(operation);
    }

    private async Task WriteAsync(Order order, PaymentEvent operation, Lease lease)
    {
        if (await attempts.FindAsync(operation.PaymentId) is not { } payment || DecisionOf(operation) is not { } decision
            || !StatusTransitions.IsAllowed(payment.Status, decision.Status))
            return;

        var snapshot = await attempts.SnapshotAsync(order.Id);
        snapshot.Replace(payment);
        await settlement.ApplyAsync(payment, order, decision, snapshot, lease);
        if (await attempts.CompleteAsync(payment, decision.Status, lease))
            await settlement.NotifyShopperAsync(payment, snapshot);
    }

    private static PaymentDecision? DecisionOf(PaymentEvent operation) => (ProviderStatus?)operation.StatedStatusId switch
    {
        ProviderStatus.Completed => new PaymentDecision(CryptoPaymentStatus.Paid, Note: OrderNoteKind.Paid),
        ProviderStatus.Canceled => new PaymentDecision(CryptoPaymentStatus.Canceled, Note: OrderNoteKind.Canceled),
        ProviderStatus.Refunded => new PaymentDecision(CryptoPaymentStatus.Refunded),
        ProviderStatus.PartiallyRefunded => new PaymentDecision(CryptoPaymentStatus.PartiallyRefunded),
        _ => null
    };
}
