using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Makes the one call that creates an attempt's payment, and looks at the answer before anybody is led to it.
/// </summary>
public class PaymentCreator(GatewayRegistry registry, GatewaySettingsStore settingsStore, PaymentRequestFactory requestFactory,
    PlausibleAmounts amounts, CryptoGatewaysTelemetry telemetry, PacedLog log)
{
    /// <summary>
    /// Creates an attempt's payment; the fault when that failed, or when the answer would send the shopper to an unknown host to an
    /// address that is not one of the coin's network, or to pay an amount that cannot be right.
    /// </summary>
    public async Task<(CreatedPayment? Created, GatewayException? Error)> CreateAsync(CryptoPayment payment, Order order, CancellationToken cancellationToken)
    {
        var gateway = registry.Find(payment.Gateway)!;
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        using var step = CryptoGatewaysTelemetry.Start("create payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            var request = await requestFactory.CreateAsync(order, payment, gateway.Descriptor);
            var created = await GatewayBoundary.CallAsync(async () => ExternalText.Fit(await gateway.CreateAsync(request, settings, cancellationToken)));
            if (created.CheckoutUrl is { } page && !gateway.Descriptor.MaySendTo(page, settings))
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with a page on an unknown host: {page.IdnHost}");
            if (created is { CheckoutUrl: null, PayTo: null })
                throw new GatewayException(GatewayFault.BadAnswer, "answered create with neither a page nor an address");
            if (created.PayTo is { } payTo && payTo.Due.Amount < request.Coin.Dust)
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with {payTo.Due}, less than the network accepts");
            if (created.PayTo?.Address is { } address && request.Coin.FaultOf(address) is { } fault)
                throw new GatewayException(GatewayFault.BadAddress, $"answered create with {fault}");
            if (created.PayTo is { Due: var due })
                await amounts.CheckAsync(due, request.Coin, payment);

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
