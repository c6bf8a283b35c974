using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Records for the owner what becomes of webhooks: in the log, and in the gateway's health. What strangers send costs one line and
/// one write a minute for each gateway and reason, however much it is.
/// </summary>
public class WebhookHealthRecorder(RejectedWebhooks refused, AcceptedWebhooks accepted, GatewayHealthStore health, GatewayAlerts alerts, TimeProvider time, ILogger logger)
{
    /// <summary>Webhooks that are refused, without one that is accepted between, before a person is called.</summary>
    public const int Alarming = 5;

    public async Task RecordAcceptedAsync(GatewayDescriptor gateway)
    {
        if (!accepted.IsDue(gateway))
            return;

        var hadRefusals = false;
        await TryAsync(() => health.ChangeAsync(gateway.SystemName, row =>
        {
            hadRefusals = row.RefusedCount > 0;
            (row.LastAcceptedOnUtc, row.RefusedCount) = (Now, 0);
        }));
        if (hadRefusals)
            await TryAsync(() => alerts.ResolveAsync(GatewayAlert.WebhooksRefused, gateway));
    }

    public async Task RecordRejectedAsync(GatewayDescriptor gateway, RejectionReason reason, string detail)
    {
        if (refused.Count(gateway, reason, detail) is { } line)
            await LogAsync(line);
    }

    /// <summary>Tells of the refused webhooks that nobody was told of; the task calls it.</summary>
    public async Task LogDueAsync()
    {
        foreach (var line in refused.TakeDueEntries())
            await LogAsync(line);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task LogAsync(RejectedWebhookEntry line)
    {
        await logger.WarningAsync(line.Text);
        accepted.Forget(line.Gateway);
        await TryAsync(async () =>
        {
            var row = await health.ChangeAsync(line.Gateway.SystemName, row =>
                (row.LastRefusedOnUtc, row.RefusalReasonId, row.RefusedCount) = (Now, (int)line.Reason, (int)Math.Min((long)row.RefusedCount + line.Count, int.MaxValue)));
            if (row.RefusedCount >= Alarming)
                await alerts.RaiseAsync(GatewayAlert.WebhooksRefused, line.Gateway);
        });
    }

    /// <summary>A webhook is answered by what it is, whether the record of it could be kept or not.</summary>
    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync("What became of a webhook could not be recorded", exception);
        }
    }
}

/// <summary>
/// Decides which accepted webhooks are worth a write: one every half minute, and the first after one that was refused.
/// </summary>
public class AcceptedWebhooks(TimeProvider time)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _last = new();

    public bool IsDue(GatewayDescriptor gateway)
    {
        if (_last.TryGetValue(gateway.SystemName, out var last) && time.GetElapsedTime(last) < _pause)
            return false;

        _last[gateway.SystemName] = time.GetTimestamp();
        return true;
    }

    public void Forget(GatewayDescriptor gateway) => _last.TryRemove(gateway.SystemName, out _);
}
