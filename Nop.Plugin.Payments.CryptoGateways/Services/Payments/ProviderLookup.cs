using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Asks a payment's provider how it stands.
/// </summary>
public class ProviderLookup(GatewayRegistry registry, GatewaySettingsStore settingsStore, ProviderRateLimiter rateLimiter, AmountPlausibility amounts,
    ThrottledLog log, TimeProvider time)
{
    /// <param name="payment">The attempt.</param>
    /// <param name="source">What makes us ask: visitors have a share of the provider's limits, and webhooks wait for the task when its own is used up.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
            var provider = await GatewayBoundary.CallAsync(async () => await gateway.FindAsync(PaymentHandle.Of(payment), settings, cancellationToken) is { } told ? ExternalText.Fit(told) : null);
            if (provider is null)
                return (Lookup.NotFound, null);

            await amounts.CheckAsync(provider, gateway.Descriptor, payment, time.GetUtcNow().UtcDateTime);
            // Once for each word: the one that was seen last is kept with the payment.
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
/// What an attempt's gateway declares, and whether its provider can be asked about the attempt.
/// </summary>
public class AttemptGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore, ProviderRateLimiter rateLimiter)
{
    /// <summary>What the gateway declares about the coin; null when it no longer does.</summary>
    public CoinDescriptor? CoinOf(CryptoPayment payment) =>
        registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    /// <summary>False when the attempt's address is not one of its coin's network: it must not be shown.</summary>
    public bool HasGoodAddress(CryptoPayment payment) =>
        payment.Address is not { } address || registry.Find(payment.Gateway) is { } gateway && gateway.Descriptor.AddressFault(payment.Coin, address) is null;

    public string NameOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway;

    /// <summary>Whether the provider can be asked, and whether it answered when it was asked last.</summary>
    public async Task<ProviderAvailability> AvailabilityOfAsync(CryptoPayment payment)
    {
        if (registry.Find(payment.Gateway) is not IStatusGateway gateway || !gateway.CanQuery(await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId)))
            return ProviderAvailability.CannotBeAsked;

        return rateLimiter.ConsecutiveFailures(payment.Gateway) > 0 ? ProviderAvailability.Silent : ProviderAvailability.Answers;
    }
}

/// <summary>
/// See <see cref="AttemptGateways.AvailabilityOfAsync"/>.
/// </summary>
public enum ProviderAvailability
{
    Answers,

    /// <summary>The last call failed: whether money has come is not known, and none is lost by it.</summary>
    Silent,

    /// <summary>Nobody can ask about this payment; a person looks whether money has come.</summary>
    CannotBeAsked
}
