using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what stands above the settings on the configuration page: the setup guide, alerts, warnings about store URLs, and the state of
/// the schedule task.
/// </summary>
public class ConfigurationOverviewFactory(SetupModelFactory guide, AdminAlerts alerts, TaskHealth taskHealth, StoreUrls addresses, PluginTexts texts)
{
    /// <param name="model">The configuration page, with its gateways.</param>
    /// <param name="provider">System name of the gateway to set up in the guide; null lets the guide choose.</param>
    public async Task AddAsync(ConfigurationModel model, string? provider)
    {
        foreach (var warning in await addresses.WarningsAsync(model.ActiveStoreScopeConfiguration))
            model.StoreUrlWarnings.Add(await texts.GetAsync($"Config.StoreUrl.{warning.Problem}", warning.Store, warning.Url ?? string.Empty, warning.RequestHost ?? string.Empty));
        model.Alerts = await AlertsAsync(CryptoGatewaysDefaults.ConfigurationPage);
        var task = await taskHealth.ReadAsync();
        model.IsTaskLate = task.IsLate;
        model.Task = await TaskTextAsync(task);
        if (model.ActiveStoreScopeConfiguration == 0)
            model.Guide = await guide.CreateAsync([.. model.Gateways.Where(card => card.State is GatewayState.Ready or GatewayState.Failing).Select(card => card.SystemName)], provider);
    }

    /// <param name="returnUrl">The page that shows the alerts.</param>
    public async Task<AlertsModel> AlertsAsync(string returnUrl)
    {
        var zone = await texts.TimeZoneAsync();
        return new AlertsModel
        {
            ReturnUrl = returnUrl,
            Alerts = [.. (await alerts.OpenAsync()).Select(alert => new AlertModel(alert.Id, alert.OrderId, alert.Message, AdminText.Minute(alert.CreatedOnUtc, zone)!))]
        };
    }

    private async Task<string> TaskTextAsync(TaskState task)
    {
        var lastRun = AdminText.Minute(task.LastRunUtc, await texts.TimeZoneAsync()) ?? await texts.GetAsync("Config.Task.Never");
        return !task.IsEnabled ? await texts.GetAsync("Config.Task.Off")
            : task.IsLate ? await texts.GetAsync("Config.Task.Late", lastRun, (await addresses.FindAsync(storeId: 0))?.AbsoluteUri ?? "-")
            : await texts.GetAsync("Config.Task.Fine", lastRun);
    }
}
