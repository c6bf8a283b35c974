using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// The platform finds routes and consumers by their type, also while the plugin is not installed: there are no tables then.
/// </summary>
public static class Installed
{
    public static async Task<bool> IsPluginInstalledAsync(this IPaymentPluginManager paymentPluginManager) =>
        await paymentPluginManager.LoadPluginBySystemNameAsync(CryptoGatewaysDefaults.SystemName) is not null;
}
