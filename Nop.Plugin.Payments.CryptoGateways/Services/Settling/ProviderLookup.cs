using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Asks a payment's provider how it stands.
/// </summary>
public class ProviderLookup(GatewayRegistry registry, GatewaySettingsStore settingsStore, GatewayTraffic traffic, PlausibleAmounts amounts,
    PacedLog log, TimeProvider time)
{
    /// <param name="payment">The attempt.</param>
    /// <param name="source">What makes us ask: visitors have a share of the provider's limits, and webhooks wait for the task when its own is used up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(Lookup Lookup, ProviderPayment? Provider)> AskAsync(CryptoPayment payment, SynchronizationSource source, CancellationToken cancellationToken)
    {
        if (registry.Find(payment.Gateway) is not IStatusGateway gateway)
            return (Lookup.Failed, null);
        if (source == SynchronizationSource.Webhook && !traffic.HasRoom(gateway.Descriptor))
            return (Lookup.Interrupted, null);
        if (!CheckSchedule.IsVisit(source))
            return await AskAsync(payment, gateway, cancellationToken);

        (Lookup, ProviderPayment?) answer = (Lookup.Interrupted, null);
        await traffic.TryVisitAsync(gateway.Descriptor, async () => answer = await AskAsync(payment, gateway, cancellationToken));
        return answer;
    }

    private async Task<(Lookup Lookup, ProviderPayment? Provider)> AskAsync(CryptoPayment payment, IStatusGateway gateway, CancellationToken cancellationToken)
    {
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        if (!gateway.CanAsk(settings))
            return (Lookup.Impossible, null);

        try
        {
            var provider = await GatewayBoundary.CallAsync(async () => await gateway.FindAsync(PaymentHandle.Of(payment), settings, cancellationToken) is { } told ? ExternalText.Fit(told) : null);
            if (provider is null)
                return (Lookup.NotFound, null);

            await amounts.CheckAsync(provider, gateway.Descriptor, payment, time.GetUtcNow().UtcDateTime);
            // Once for each word: the one that was seen last is kept with the payment.
            if (provider.Status == ProviderStatus.Unknown && provider.StatusText != payment.ProviderStatus)
                await log.WarningAsync($"{payment.Gateway} unknown status", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: unknown status '{GatewayHttp.Excerpt(provider.StatusText)}'; it keeps waiting");

            return (Lookup.Found, gateway.Descriptor.WithSafePage(provider, payment.Coin, settings));
        }
        catch (GatewayException exception)
        {
            if (exception.Fault == GatewayFault.NotCalled || cancellationToken.IsCancellationRequested)
                return (Lookup.Interrupted, null);

            if (exception.Fault == GatewayFault.BadAnswer)
                traffic.NotUnderstood(payment.Gateway);
            await log.WarningAsync($"{payment.Gateway} look-up {exception.Fault}", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: status not read, {exception.Fault}: {exception.Message}");
            return (Lookup.Failed, null);
        }
    }
}
