using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Requests the status of a payment from its provider.
/// </summary>
public class ProviderLookup(GatewayRegistry registry, GatewaySettingsStore settingsStore, ProviderRateLimiter rateLimiter, AmountPlausibility amounts,
    ThrottledLog log, TimeProvider time)
{
    /// <param name="payment">The attempt.</param>
    /// <param name="source">What caused the check: shoppers' requests have a share of the rate limit, and webhooks wait for the task when the limit is reached.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<(Lookup Lookup, ProviderPayment? Provider)> LookUpAsync(CryptoPayment payment, SynchronizationSource source, CancellationToken cancellationToken)
    {
        if (registry.Find(payment.Gateway) is not IStatusGateway gateway)
            return (Lookup.Failed, null);
        if (source == SynchronizationSource.Webhook && !rateLimiter.HasCapacity(gateway.Descriptor))
            return (Lookup.Interrupted, null);
        if (!CheckSchedule.IsVisit(source))
            return await LookUpAsync(payment, gateway, cancellationToken);

        (Lookup, ProviderPayment?) answer = (Lookup.Interrupted, null);
        await rateLimiter.TryVisitAsync(gateway.Descriptor, async () => answer = await LookUpAsync(payment, gateway, cancellationToken));
        return answer;
    }

    private async Task<(Lookup Lookup, ProviderPayment? Provider)> LookUpAsync(CryptoPayment payment, IStatusGateway gateway, CancellationToken cancellationToken)
    {
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        if (!gateway.CanQuery(settings))
            return (Lookup.Impossible, null);

        try
        {
            var provider = await GatewayBoundary.CallAsync(async () => await gateway.FindAsync(PaymentHandle.Of(payment), settings, cancellationToken) is { } found ? ExternalText.Fit(found) : null);
            if (provider is null)
                return (Lookup.NotFound, null);

            await amounts.CheckAsync(provider, gateway.Descriptor, payment, time.GetUtcNow().UtcDateTime);
            // Once for each unknown status: the attempt stores the last one.
            if (provider.Status == ProviderStatus.Unknown && provider.StatusText != payment.ProviderStatus)
                await log.WarningAsync($"{payment.Gateway} unknown status", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: unknown status '{ExternalText.Excerpt(provider.StatusText)}'; it keeps waiting");

            return (Lookup.Found, gateway.Descriptor.WithoutUnsafeTargets(provider, payment.Coin, settings));
        }
        catch (GatewayException exception)
        {
            if (exception.Fault == GatewayFault.NotCalled || cancellationToken.IsCancellationRequested)
                return (Lookup.Interrupted, null);

            if (exception.Fault == GatewayFault.BadAnswer)
                rateLimiter.RecordUnusableResponse(payment.Gateway);
            await log.WarningAsync($"{payment.Gateway} look-up {exception.Fault}", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: status not read, {exception.Fault}: {exception.Message}");
            return (Lookup.Failed, null);
        }
    }
}
