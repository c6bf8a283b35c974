using Nop.Core.Domain.Localization;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Stores the alerts of the dashboard, one per condition. An alert stays open until an administrator dismisses it or the condition ends.
/// </summary>
public class AdminAlerts(IRepository<AdminAlert> alerts, TimeProvider time)
{
    /// <summary>
    /// How long a recurring condition, such as a failing gateway, is not shown again after it was dismissed and not e-mailed again after
    /// the last e-mail.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    /// <summary>The largest number of alerts shown at once.</summary>
    public const int MaxShown = 20;

    /// <summary>True when an alert with this key and message was raised before.</summary>
    public async Task<bool> IsKnownAsync(string key, string message) => (await FindAsync(key))?.Message == message;

    /// <summary>
    /// Raises an alert. False when no e-mail is needed: the alert is already open, was dismissed recently, or was e-mailed recently.
    /// </summary>
    /// <param name="key">The unique key of the condition.</param>
    /// <param name="message">The message to display.</param>
    /// <param name="orderId">The affected order; null for an alert about a gateway. An alert about an order recurs only with another message.</param>
    public async Task<bool> RaiseAsync(string key, string message, int? orderId = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (await FindAsync(key) is { } known)
        {
            if (orderId is not null ? known.Message == message : known.ResolvedOnUtc is not { } resolved || known.IsDismissed && now - resolved < Quiet)
                return false;

            var needsEmail = orderId is not null || now - known.CreatedOnUtc >= Quiet;
            (known.Message, known.ResolvedOnUtc, known.IsDismissed) = (message, null, false);
            known.CreatedOnUtc = needsEmail ? now : known.CreatedOnUtc;
            await alerts.UpdateAsync(known, publishEvent: false);
            return needsEmail;
        }

        try
        {
            await alerts.InsertAsync(new AdminAlert { AlertKey = key, Message = message, OrderId = orderId, CreatedOnUtc = now }, publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // When two nodes raise the alert at once, the unique key rejects one of them.
            if (await FindAsync(key) is not null)
                return false;
            throw;
        }
    }

    /// <summary>The newest open alerts, up to <see cref="MaxShown"/>.</summary>
    public Task<IList<AdminAlert>> OpenAsync() => alerts.GetAllAsync(query =>
        query.Where(alert => alert.ResolvedOnUtc == null).OrderByDescending(alert => alert.Id).Take(MaxShown));

    /// <summary>Closes an alert that an administrator dismissed.</summary>
    public async Task DismissAsync(int id)
    {
        if (await alerts.GetByIdAsync(id) is { } alert)
        {
            alert.IsDismissed = true;
            await ResolveAsync([alert]);
        }
    }

    /// <summary>Closes the alert with this key, if it is open: the condition has ended.</summary>
    public async Task ResolveAsync(string key) => await ResolveAsync(await alerts.GetAllAsync(query =>
        query.Where(alert => alert.AlertKey == key && alert.ResolvedOnUtc == null)));

    /// <summary>Closes all open alerts about an order.</summary>
    public async Task ResolveOfOrderAsync(int orderId) => await ResolveAsync(await alerts.GetAllAsync(query =>
        query.Where(alert => alert.ResolvedOnUtc == null && alert.OrderId == orderId)));

    private async Task ResolveAsync(IList<AdminAlert> open)
    {
        foreach (var alert in open.Where(alert => alert.ResolvedOnUtc is null))
        {
            alert.ResolvedOnUtc = time.GetUtcNow().UtcDateTime;
            await alerts.UpdateAsync(alert, publishEvent: false);
        }
    }

    private async Task<AdminAlert?> FindAsync(string key) =>
        (await alerts.GetAllAsync(query => query.Where(alert => alert.AlertKey == key))).FirstOrDefault();
}

/// <summary>
/// Alerts the store owner about a failing gateway, on the dashboard and by e-mail, once until the gateway recovers.
/// </summary>
public class GatewayAlerts(AdminAlerts alerts, AdminNotifications notifications, ILocalizationService localizationService, LocalizationSettings localizationSettings)
{
    public async Task RaiseAsync(GatewayAlert alert, GatewayDescriptor gateway)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Alert.{alert}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        var message = EditableText.FormatInvariant(format, gateway.Name);
        if (await alerts.RaiseAsync(KeyOf(alert, gateway), message))
            await notifications.NotifyAsync(message, localizationSettings.DefaultAdminLanguageId);
    }

    public Task ResolveAsync(GatewayAlert alert, GatewayDescriptor gateway) => alerts.ResolveAsync(KeyOf(alert, gateway));

    private static string KeyOf(GatewayAlert alert, GatewayDescriptor gateway) => $"{alert}-{gateway.SystemName}";
}

/// <summary>
/// The alerts about a gateway. Their texts are Plugins.Payments.CryptoGateways.Alert.{name}. The names are stored; never change them.
/// </summary>
public enum GatewayAlert
{
    /// <summary>Calls to the provider fail.</summary>
    Failing,

    /// <summary>Webhooks are rejected repeatedly.</summary>
    WebhooksRefused
}

/// <summary>
/// Checks whether the schedule task runs. The platform starts tasks by calling the store's own URL, which a proxy, firewall or password
/// can block.
/// </summary>
public class TaskHealth(IScheduleTaskService tasks, TimeProvider time)
{
    /// <summary>The task runs every minute and counts as late after this time without a run.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5);

    public async Task<TaskState> ReadAsync()
    {
        var task = await tasks.GetTaskByTypeAsync(CryptoGatewaysDefaults.Task.Type);
        if (task is not { Enabled: true })
            return new TaskState(IsEnabled: false, IsLate: true, task?.LastSuccessUtc);

        var now = time.GetUtcNow().UtcDateTime;
        return new TaskState(IsEnabled: true, now - (task.LastSuccessUtc ?? task.LastEnabledUtc ?? now) > LateAfter, task.LastSuccessUtc);
    }
}

/// <summary>
/// The state of the schedule task.
/// </summary>
/// <param name="IsEnabled">False when the task is disabled or missing.</param>
/// <param name="IsLate">True when the task has not run for longer than <see cref="TaskHealth.LateAfter"/>.</param>
/// <param name="LastRunUtc">When the task last succeeded; null for never.</param>
public sealed record TaskState(bool IsEnabled, bool IsLate, DateTime? LastRunUtc);
