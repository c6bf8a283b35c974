using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

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
