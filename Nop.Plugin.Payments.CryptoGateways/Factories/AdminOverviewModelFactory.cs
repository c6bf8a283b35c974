using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// What stands above the settings: the guide, what needs a person, what is wrong with the store's URL, and whether the schedule task runs.
/// </summary>
public class AdminOverviewModelFactory(SetupModelFactory guide, AlertsModelFactory alerts, TaskHealth taskHealth, StoreUrls addresses,
    ILocalizationService localizationService)
{
    /// <param name="model">The configuration page, with its gateways.</param>
    /// <param name="provider">System name of the gateway that the guide is to set up; null for its own choice.</param>
    public async Task AddAsync(ConfigurationModel model, string? provider)
    {
        foreach (var warning in await addresses.WarningsAsync(model.ActiveStoreScopeConfiguration))
            model.StoreUrlWarnings.Add(await TextAsync($"Config.StoreUrl.{warning.Problem}", warning.Store, warning.Url ?? string.Empty, warning.RequestHost ?? string.Empty));
        model.Alerts = await alerts.CreateAsync(CryptoGatewaysDefaults.ConfigurationPage);
        var task = await taskHealth.ReadAsync();
        model.IsTaskLate = task.IsLate;
        model.Task = await TaskTextAsync(task);
        if (model.ActiveStoreScopeConfiguration == 0)
            model.Guide = await guide.CreateAsync([.. model.Gateways.Where(card => card.State is GatewayState.Ready or GatewayState.Failing).Select(card => card.SystemName)], provider);
    }

    private async Task<string> TaskTextAsync(TaskState task)
    {
        var lastRun = AdminText.Minute(task.LastRunUtc) ?? await TextAsync("Config.Task.Never");
        return !task.IsEnabled ? await TextAsync("Config.Task.Off")
            : task.IsLate ? await TextAsync("Config.Task.Late", lastRun, (await addresses.FindAsync(storeId: 0))?.AbsoluteUri ?? "-")
            : await TextAsync("Config.Task.Fine", lastRun);
    }

    private async Task<string> TextAsync(string key, params object[] values) => EditableText.Format(await TextAsync(key), values);

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
