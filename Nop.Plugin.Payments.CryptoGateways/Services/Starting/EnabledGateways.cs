using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The gateways that a store can offer.
/// </summary>
public class EnabledGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore)
{
    /// <summary>Those that are switched on for a store and have every setting that they need, with the settings that count there.</summary>
    /// <param name="storeId">The store.</param>
    public async Task<IReadOnlyList<(IPaymentGateway Gateway, GatewaySettings Settings)>> OfStoreAsync(int storeId)
    {
        var enabled = new List<(IPaymentGateway, GatewaySettings)>();
        foreach (var gateway in registry.All)
        {
            if (await settingsStore.LoadAsync(gateway.Descriptor, storeId) is { IsEnabled: true, IsComplete: true } settings)
                enabled.Add((gateway, settings));
        }
        return enabled;
    }
}
