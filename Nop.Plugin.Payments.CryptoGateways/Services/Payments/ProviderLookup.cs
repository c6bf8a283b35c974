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

/// <summary>
/// The gateway's declarations for an attempt, and the availability of its provider.
/// </summary>
public class AttemptGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore, ProviderRateLimiter rateLimiter)
{
    /// <summary>The gateway's coin descriptor; null when the gateway no longer offers the coin.</summary>
    public CoinDescriptor? CoinOf(CryptoPayment payment) =>
        registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    /// <summary>False when the attempt's address is not one of its coin's network: it must not be shown.</summary>
    public bool HasGoodAddress(CryptoPayment payment) =>
        payment.Address is not { } address || registry.Find(payment.Gateway) is { } gateway && gateway.Descriptor.AddressFault(payment.Coin, address) is null;

    public string NameOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway;

    /// <summary>True for a payment without real value: its store uses the provider's test mode.</summary>
    public async Task<bool> IsTestAsync(CryptoPayment payment) =>
        registry.Find(payment.Gateway) is { } gateway && gateway.IsTest(await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId)) == true;

    /// <summary>Whether the provider can be queried, and whether the last call to it succeeded.</summary>
    public async Task<ProviderAvailability> AvailabilityOfAsync(CryptoPayment payment)
    {
        if (registry.Find(payment.Gateway) is not IStatusGateway gateway || !gateway.CanQuery(await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId)))
            return ProviderAvailability.NotQueryable;

        return rateLimiter.ConsecutiveFailures(payment.Gateway) > 0 ? ProviderAvailability.NotResponding : ProviderAvailability.Answers;
    }
}

/// <summary>
/// See <see cref="AttemptGateways.AvailabilityOfAsync"/>.
/// </summary>
public enum ProviderAvailability
{
    Answers,

    /// <summary>The last call failed, so it is unknown whether funds have arrived.</summary>
    NotResponding,

    /// <summary>The provider cannot be queried; an administrator checks for funds.</summary>
    NotQueryable
}
