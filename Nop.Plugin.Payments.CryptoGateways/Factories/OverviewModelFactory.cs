using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what needs attention: alerts, warnings about store URLs, and the state of the schedule task.
/// </summary>
public class OverviewModelFactory(AdminAlerts alerts, TaskHealth taskHealth, StoreUrls urls, PluginTexts texts)
{
    /// <param name="model">The configuration page.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task PrepareOverviewAsync(GatewayListModel model, int storeId)
    {
        foreach (var warning in await urls.WarningsAsync(storeId))
            model.StoreUrlWarnings.Add(await texts.GetAsync($"Config.StoreUrl.{warning.Problem}", warning.Store, warning.Url ?? string.Empty, warning.RequestHost ?? string.Empty));
        model.Alerts = await PrepareAlertsModelAsync(CryptoGatewaysDefaults.ConfigurationPage);
        var task = await taskHealth.ReadAsync();
        model.IsTaskLate = task.IsLate;
        model.Task = await TaskTextAsync(task);
    }

    /// <param name="returnUrl">The page that shows the alerts.</param>
    public async Task<AlertsModel> PrepareAlertsModelAsync(string returnUrl)
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
            : task.IsLate ? await texts.GetAsync("Config.Task.Late", lastRun, (await urls.FindAsync(storeId: 0))?.AbsoluteUri ?? "-")
            : await texts.GetAsync("Config.Task.Fine", lastRun);
    }
}
