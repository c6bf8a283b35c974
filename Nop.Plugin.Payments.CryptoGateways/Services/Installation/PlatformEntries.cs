using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// The plugin's entries in the platform's own lists: active payment methods, active widgets, permissions, and collapsed cards.
/// </summary>
public class PlatformEntries(ISettingService settingService, IPermissionService permissionService, PaymentSettings paymentSettings, WidgetSettings widgetSettings,
    IRepository<GenericAttribute> attributes)
{
    /// <summary>
    /// Activates the widget of the order page and the dashboard. <see cref="CryptoGatewaysPermissions"/> adds the permissions, and the owner
    /// activates the payment method.
    /// </summary>
    public async Task AddAsync()
    {
        if (widgetSettings.ActiveWidgetSystemNames.Contains(CryptoGatewaysDefaults.SystemName))
            return;

        widgetSettings.ActiveWidgetSystemNames.Add(CryptoGatewaysDefaults.SystemName);
        await settingService.SaveSettingAsync(widgetSettings, settings => settings.ActiveWidgetSystemNames);
    }

    /// <summary>Activates the payment method and clears the settings cache.</summary>
    public async Task ActivateAsync()
    {
        if (!paymentSettings.ActivePaymentMethodSystemNames.Contains(CryptoGatewaysDefaults.SystemName))
        {
            paymentSettings.ActivePaymentMethodSystemNames.Add(CryptoGatewaysDefaults.SystemName);
            await settingService.SaveSettingAsync(paymentSettings, settings => settings.ActivePaymentMethodSystemNames);
        }
        await settingService.ClearCacheAsync();
    }

    public async Task RemoveAsync()
    {
        if (paymentSettings.ActivePaymentMethodSystemNames.Remove(CryptoGatewaysDefaults.SystemName))
            await settingService.SaveSettingAsync(paymentSettings, settings => settings.ActivePaymentMethodSystemNames);
        if (widgetSettings.ActiveWidgetSystemNames.Remove(CryptoGatewaysDefaults.SystemName))
            await settingService.SaveSettingAsync(widgetSettings, settings => settings.ActiveWidgetSystemNames);
        foreach (var permission in CryptoGatewaysPermissions.All)
            await permissionService.DeletePermissionAsync(permission.SystemName);
        foreach (var attribute in await attributes.GetAllAsync(query => query.Where(row => row.Key.StartsWith(CollapsedCards.Prefix))))
            await attributes.DeleteAsync(attribute);
    }
}
