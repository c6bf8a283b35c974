using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Where the platform's own lists name the plugin: active payment methods, active widgets, permissions, and which cards administrators closed.
/// </summary>
public class PlatformEntries(ISettingService settingService, IPermissionService permissionService, PaymentSettings paymentSettings, WidgetSettings widgetSettings,
    IRepository<GenericAttribute> attributes)
{
    /// <summary>The panel on the order's page is a widget. Payment methods are made active by the owner, permissions come by <see cref="CryptoGatewaysPermissions"/>.</summary>
    public async Task AddAsync()
    {
        if (widgetSettings.ActiveWidgetSystemNames.Contains(CryptoGatewaysDefaults.SystemName))
            return;

        widgetSettings.ActiveWidgetSystemNames.Add(CryptoGatewaysDefaults.SystemName);
        await settingService.SaveSettingAsync(widgetSettings, settings => settings.ActiveWidgetSystemNames);
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
