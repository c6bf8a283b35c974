using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Adds the plugin's default settings and the key of its payment page links, and removes all of its settings.
/// </summary>
public class SettingsInstaller(ISettingService settingService, GatewaySettingsStore gatewaySettings, PayPageLinks payPages)
{
    public async Task InstallAsync()
    {
        await settingService.SaveSettingAsync(new CryptoGatewaysSettings());
        await payPages.InstallAsync();
    }

    public async Task UninstallAsync()
    {
        await gatewaySettings.RemoveAllAsync();
        await settingService.DeleteSettingAsync<CryptoGatewaysSettings>();
    }
}
