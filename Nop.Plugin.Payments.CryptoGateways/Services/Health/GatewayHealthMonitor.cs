using Nop.Core.Domain.Localization;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Calls a person to a gateway that is in trouble: on the dashboard and by mail, once until it is over.
/// </summary>
public class GatewayAlerts(AdminAlerts alerts, AdminNotifications notifier, ILocalizationService localizationService, LocalizationSettings localizationSettings)
{
    public async Task RaiseAsync(GatewayAlert alert, GatewayDescriptor gateway)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Alert.{alert}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        var message = EditableText.FormatInvariant(format, gateway.Name);
        if (await alerts.RaiseAsync(KeyOf(alert, gateway), message))
            await notifier.NotifyAsync(message, localizationSettings.DefaultAdminLanguageId);
    }

    public Task ResolveAsync(GatewayAlert alert, GatewayDescriptor gateway) => alerts.ResolveAsync(KeyOf(alert, gateway));

    private static string KeyOf(GatewayAlert alert, GatewayDescriptor gateway) => $"{alert}-{gateway.SystemName}";
}

/// <summary>
/// What can be wrong with a gateway. The text of each is Plugins.Payments.CryptoGateways.Alert.{name}.
/// </summary>
public enum GatewayAlert
{
    /// <summary>Calls to the provider fail.</summary>
    Failing,

    /// <summary>Webhooks are refused again and again.</summary>
    WebhooksRefused
}

/// <summary>
/// Writes down which providers fail, from the calls that this node made, and calls a person to those that go on failing.
/// </summary>
public class GatewayHealthMonitor(GatewayRegistry registry, ProviderRateLimiter rateLimiter, GatewayHealthStore health, GatewayAlerts alerts, TimeProvider time)
{
    /// <summary>Calls that fail in a row before a provider is said to be failing.</summary>
    public const int Alarming = 3;

    public async Task RunAsync()
    {
        foreach (var gateway in registry.All.Select(gateway => gateway.Descriptor))
        {
            if (rateLimiter.StateOf(gateway.SystemName) is { } state)
                await CompareAsync(gateway, state);
        }
    }

    private async Task CompareAsync(GatewayDescriptor gateway, ProviderState state)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var known = await health.ReadAsync(gateway.SystemName);
        if (state.Fault is { } fault && state.Failures >= Alarming)
        {
            if (known.FailingSinceUtc is null || known.FaultId != (int)fault)
                await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (row.FailingSinceUtc ?? now - state.Age, (int)fault));
            await alerts.RaiseAsync(GatewayAlert.Failing, gateway);
        }
        else if (state.Fault is null && known.FailingSinceUtc is { } since && (now - state.Age > since || since > now))
        {
            // Another node's calls may still fail; a success after its first failure counts more. One in the future is of a wrong clock.
            await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (null, null));
            await alerts.ResolveAsync(GatewayAlert.Failing, gateway);
        }
    }
}

/// <summary>
/// Keeps one row a gateway about how it is.
/// </summary>
public class GatewayHealthStore(IRepository<GatewayHealth> rows)
{
    /// <summary>What is known; a row without anything when nothing is.</summary>
    public async Task<GatewayHealth> ReadAsync(string gateway) => await FindAsync(gateway) ?? new GatewayHealth { Gateway = gateway };

    /// <summary>Writes what changed, and returns the row.</summary>
    public async Task<GatewayHealth> ChangeAsync(string gateway, Action<GatewayHealth> change)
    {
        if (await FindAsync(gateway) is not { } row)
        {
            row = new GatewayHealth { Gateway = gateway };
            change(row);
            try
            {
                await rows.InsertAsync(row, publishEvent: false);
                return row;
            }
            catch (Exception)
            {
                // Somebody was faster: the unique name allows one row, and another fault shows again below.
                row = await FindAsync(gateway) ?? throw new InvalidOperationException("the health of a gateway could not be stored");
            }
        }
        change(row);
        await rows.UpdateAsync(row, publishEvent: false);
        return row;
    }

    private async Task<GatewayHealth?> FindAsync(string gateway) =>
        (await rows.GetAllAsync(query => query.Where(row => row.Gateway == gateway))).FirstOrDefault();
}
