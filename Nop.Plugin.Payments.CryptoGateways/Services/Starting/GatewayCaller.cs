using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Makes the calls that move money, and tells the log when one failed.
/// </summary>
public class GatewayCaller(GatewayRegistry registry, GatewaySettingsStore settingsStore, PaymentRequestFactory requestFactory,
    CryptoGatewaysTelemetry telemetry, PacedLog log, ILogger logger)
{
    /// <summary>Makes a capture, void or refund; the fault when it failed.</summary>
    /// <param name="payment">The attempt that holds the money.</param>
    /// <param name="name">What is done, for the log.</param>
    /// <param name="amount">How much, in the currency of the quote.</param>
    /// <param name="operate">The gateway's call.</param>
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

    /// <summary>Sends money to a user of the provider; the fault when that failed.</summary>
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

    public IPaymentGateway? GatewayOf(CryptoPayment payment) => registry.Find(payment.Gateway);

    /// <summary>
    /// Creates an attempt's payment; the fault when that failed, or when the answer would send the shopper to an unknown host or to an
    /// address that is not one of the coin's network.
    /// </summary>
    public async Task<(CreatedPayment? Created, GatewayException? Error)> CreateAsync(CryptoPayment payment, Order order, CancellationToken cancellationToken)
    {
        var gateway = registry.Find(payment.Gateway)!;
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        using var step = CryptoGatewaysTelemetry.Start("create payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            var request = await requestFactory.CreateAsync(order, payment, gateway.Descriptor);
            var created = ExternalText.Fit(await GatewayBoundary.CallAsync(() => gateway.CreateAsync(request, settings, cancellationToken)));
            if (created.CheckoutUrl is { } page && !gateway.Descriptor.MaySendTo(page, settings))
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with a page on an unknown host: {page.IdnHost}");
            if (created is { CheckoutUrl: null, PayTo: null })
                throw new GatewayException(GatewayFault.BadAnswer, "answered create with neither a page nor an address");
            if (created.PayTo is { } payTo && payTo.Due.Amount < request.Coin.Dust)
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with {payTo.Due}, less than the network accepts");
            if (created.PayTo?.Address is { } address && request.Coin.FaultOf(address) is { } fault)
                throw new GatewayException(GatewayFault.BadAddress, $"answered create with {fault}");

            telemetry.Created(payment.Gateway, fault: null);
            return (created, null);
        }
        catch (GatewayException exception)
        {
            telemetry.Created(payment.Gateway, exception.Fault);
            await log.WarningAsync($"{payment.Gateway} create {exception.Fault}", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: not created, {exception.Fault}: {exception.Message}");
            return (null, exception);
        }
    }
}

/// <summary>
/// A gateway's capture, void or refund.
/// </summary>
public delegate Task<OperationResult> OperationCall(OperationRequest request, GatewaySettings settings);
