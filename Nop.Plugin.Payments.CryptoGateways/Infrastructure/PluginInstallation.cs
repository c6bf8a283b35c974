using Nop.Core.Infrastructure;
using Nop.Services.Plugins;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Whether the plugin is installed. The platform calls its routes, event consumers and permissions even while it is not and has no tables.
/// </summary>
public static class PluginInstallation
{
    /// <summary>Read from the platform's list of installed plugins, without constructing the plugin.</summary>
    public static bool IsInstalled =>
        Singleton<IPluginsInfo>.Instance?.InstalledPlugins.Any(plugin => plugin.SystemName == CryptoGatewaysDefaults.SystemName) == true;
}
