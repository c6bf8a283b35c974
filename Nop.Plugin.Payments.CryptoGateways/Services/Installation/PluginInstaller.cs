using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Installs and removes everything of the plugin except its tables. Both are safe to repeat after an interruption.
/// </summary>
public class PluginInstaller(SettingsInstaller settings, LocaleResourceInstaller texts, PlatformEntries entries, ScheduleTaskInstaller task, UninstallGuard guard)
{
    public async Task InstallAsync()
    {
        await settings.InstallAsync();
        await texts.InstallAsync();
        await entries.AddAsync();
        await task.InstallAsync();
    }

    /// <summary>Adds texts and e-mails that are new in this version. Texts that the owner edited stay.</summary>
    public Task UpdateAsync() => texts.InstallAsync();

    /// <inheritdoc cref="UninstallGuard.CheckAsync"/>
    public Task PrepareToUninstallAsync() => guard.CheckAsync();

    public async Task UninstallAsync()
    {
        await task.UninstallAsync();
        await entries.RemoveAsync();
        await texts.UninstallAsync();
        await settings.UninstallAsync();
    }
}

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

/// <summary>
/// Adds and removes the schedule task.
/// </summary>
public class ScheduleTaskInstaller(IScheduleTaskService scheduleTaskService, TimeProvider time)
{
    public async Task InstallAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is not null)
            return;

        await scheduleTaskService.InsertTaskAsync(new ScheduleTask
        {
            Name = CryptoGatewaysDefaults.Task.Name,
            Type = CryptoGatewaysDefaults.Task.Type,
            Seconds = CryptoGatewaysDefaults.Task.Seconds,
            Enabled = true,
            LastEnabledUtc = time.GetUtcNow().UtcDateTime
        });
    }

    public async Task UninstallAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
    }
}

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

/// <summary>
/// Prevents uninstalling while payments are open, because funds could still arrive unnoticed.
/// </summary>
public class UninstallGuard(IRepository<CryptoPayment> payments, ISettingService settingService, PluginTexts texts)
{
    private static readonly int[] _open = [(int)Creating, (int)AwaitingPayment, (int)Confirming, (int)Authorized, (int)Underpaid, (int)Disputed];

    /// <exception cref="NopException">Payments are open, and the owner has not allowed deleting them. The message is for the owner.</exception>
    public async Task CheckAsync()
    {
        if ((await settingService.LoadSettingAsync<CryptoGatewaysSettings>()).RemoveDataOnUninstall)
            return;

        if (payments.Table.Count(payment => _open.Contains(payment.StatusId)) is > 0 and var open)
            throw new NopException(await texts.GetAsync("Uninstall.Open", open));
    }
}
