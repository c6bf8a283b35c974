using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Makes the create call of an attempt and tells the log when it failed.
/// </summary>
public class GatewayCaller(GatewayRegistry registry, GatewaySettingsStore settingsStore, PaymentRequestFactory requestFactory,
    CryptoGatewaysTelemetry telemetry, ILogger logger)
{
    public async Task<(CreatedPayment? Created, GatewayException? Error)> CreateAsync(CryptoPayment payment, Order order, CancellationToken cancellationToken)
    {
        var gateway = registry.Find(payment.Gateway)!;
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        var request = await requestFactory.CreateAsync(order, payment, gateway.Descriptor);
        using var step = telemetry.Start("create payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            var created = await gateway.CreateAsync(request, settings, cancellationToken);
            if (created.CheckoutUrl is { } page && !gateway.Descriptor.MaySendTo(page, settings))
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with a page on an unknown host: {page.Host}");
            if (created is { CheckoutUrl: null, PayTo: null })
                throw new GatewayException(GatewayFault.BadAnswer, "answered create with neither a page nor an address");

            telemetry.Created(payment.Gateway, fault: null);
            return (created, null);
        }
        catch (GatewayException exception)
        {
            telemetry.Created(payment.Gateway, exception.Fault);
            await logger.WarningAsync($"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: not created, {exception.Fault}: {exception.Message}");
            return (null, exception);
        }
    }
}
