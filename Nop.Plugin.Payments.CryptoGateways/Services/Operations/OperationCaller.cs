using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Calls gateways to capture, void, refund and pay out, and logs failures.
/// </summary>
public class OperationCaller(GatewayRegistry registry, GatewaySettingsStore settingsStore, PaymentRequestFactory requestFactory, AmountPlausibility plausible,
    ILogger logger)
{
    /// <summary>Captures, voids or refunds; returns the exception when the call failed.</summary>
    /// <param name="payment">The attempt that holds the funds.</param>
    /// <param name="name">The operation, for the log.</param>
    /// <param name="amount">In the currency of the quote.</param>
    /// <param name="operate">The gateway's method.</param>
    public async Task<(OperationResult? Result, GatewayException? Error)> OperateAsync(CryptoPayment payment, string name, Money amount, OperationCall operate)
    {
        var descriptor = registry.Find(payment.Gateway)!.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, payment.StoreId);
        using var step = CryptoGatewaysTelemetry.Start($"{name} payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            var webhookUrl = await requestFactory.WebhookUrlAsync(descriptor, payment.StoreId);
            return (await GatewayBoundary.CallAsync(() => operate(new OperationRequest(PaymentHandle.Of(payment), amount, webhookUrl), settings)), null);
        }
        catch (GatewayException exception)
        {
            await logger.WarningAsync($"{descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: {name} of {amount} failed, {exception.Fault}: {exception.Message}");
            return (null, exception);
        }
    }

    /// <summary>False when a payout is worth far more than its refund; true when the store knows no price.</summary>
    /// <param name="payment">The attempt that was paid.</param>
    /// <param name="refund">In the primary store currency.</param>
    /// <param name="amount">With the provider's currency code.</param>
    public async Task<bool> IsPlausiblePayoutAsync(CryptoPayment payment, Money refund, Money amount)
    {
        var gateway = (IPayoutGateway)registry.Find(payment.Gateway)!;
        return gateway.Descriptor.Coins.FirstOrDefault(coin => string.Equals(gateway.PayoutCurrencyOf(coin.Code), amount.Currency, StringComparison.OrdinalIgnoreCase)) is not { } coin
            || await plausible.IsAtMostAsync(refund, amount.Amount, coin, payment.StoreId);
    }

    /// <summary>Pays out to a user of the provider; returns the exception when the call failed.</summary>
    public async Task<(bool Sent, GatewayException? Error)> PayOutAsync(CryptoPayment payment, string recipient, Money amount)
    {
        var gateway = (IPayoutGateway)registry.Find(payment.Gateway)!;
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        using var step = CryptoGatewaysTelemetry.Start("pay out", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            await GatewayBoundary.CallAsync(() => gateway.PayOutAsync(recipient, amount, settings, CancellationToken.None));
            return (true, null);
        }
        catch (GatewayException exception)
        {
            await logger.WarningAsync($"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: payout of {amount} failed, {exception.Fault}: {exception.Message}");
            return (false, exception);
        }
    }

    /// <inheritdoc cref="GatewayRegistry.Supports"/>
    public bool IsSupported<T>() where T : IPaymentGateway => registry.Supports<T>();

    public IPaymentGateway? GatewayOf(CryptoPayment payment) => registry.Find(payment.Gateway);
}

/// <summary>
/// A gateway's capture, void or refund method.
/// </summary>
public delegate Task<OperationResult> OperationCall(OperationRequest request, GatewaySettings settings);

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
