using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Finds the gateways that a store can offer.
/// </summary>
public class EnabledGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore)
{
    /// <summary>The enabled and complete gateways of a store, with their effective settings.</summary>
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
