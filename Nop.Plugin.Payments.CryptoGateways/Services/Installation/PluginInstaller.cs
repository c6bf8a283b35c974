using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// What installing leaves in the store beside the tables, and what uninstalling takes away. Both can be run again after they
/// were interrupted.
/// </summary>
public class PluginInstaller(ISettingService settingService, GatewaySettingsStore gatewaySettings, LocaleResourceInstaller texts, PayPageLinks payPages,
    IScheduleTaskService scheduleTaskService, PlatformEntries entries, TimeProvider time)
{
    public async Task InstallAsync()
    {
        await settingService.SaveSettingAsync(new CryptoGatewaysSettings());
        await payPages.InstallAsync();
        await texts.InstallAsync();
        await entries.AddAsync();

        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is null)
        {
            await scheduleTaskService.InsertTaskAsync(new ScheduleTask
            {
                Name = CryptoGatewaysDefaults.Task.Name,
                Type = CryptoGatewaysDefaults.Task.Type,
                Seconds = CryptoGatewaysDefaults.Task.Seconds,
                Enabled = true,
                LastEnabledUtc = time.GetUtcNow().UtcDateTime
            });
        }
    }

    /// <summary>Adds texts and mails that are new in this version; what the owner changed stays.</summary>
    public Task UpdateAsync() => texts.InstallAsync();

    public async Task UninstallAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);

        await entries.RemoveAsync();
        await texts.UninstallAsync();
        await gatewaySettings.RemoveAllAsync();
        await settingService.DeleteSettingAsync<CryptoGatewaysSettings>();
    }
}
