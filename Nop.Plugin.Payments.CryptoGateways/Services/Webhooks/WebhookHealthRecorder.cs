using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Records accepted and rejected webhooks in the log and in the gateway's health. Unauthenticated requests cost at most one log
/// entry and one write per minute for each gateway and reason.
/// </summary>
public class WebhookHealthRecorder(RejectedWebhooks rejected, AcceptedWebhooks accepted, GatewayHealthStore health, GatewayAlerts alerts, TimeProvider time, ILogger logger)
{
    /// <summary>Consecutive rejected webhooks that raise an alert.</summary>
    public const int AlertThreshold = 5;

    public async Task RecordAcceptedAsync(GatewayDescriptor gateway)
    {
        if (!accepted.IsDue(gateway))
            return;

        var hadRejections = false;
        await TryAsync(() => health.ChangeAsync(gateway.SystemName, row =>
        {
            hadRejections = row.RefusedCount > 0;
            (row.LastAcceptedOnUtc, row.RefusedCount) = (Now, 0);
        }));
        if (hadRejections)
            await TryAsync(() => alerts.ResolveAsync(GatewayAlert.WebhooksRefused, gateway));
    }

    public async Task RecordRejectedAsync(GatewayDescriptor gateway, RejectionReason reason, string detail)
    {
        if (rejected.Count(gateway, reason, detail) is { } entry)
            await LogAsync(entry);
    }

    /// <summary>Logs the rejected webhooks that are due. The task calls it.</summary>
    public async Task LogDueAsync()
    {
        foreach (var entry in rejected.TakeDueEntries())
            await LogAsync(entry);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task LogAsync(RejectedWebhookEntry entry)
    {
        await logger.WarningAsync(entry.Text);
        accepted.Forget(entry.Gateway);
        await TryAsync(async () =>
        {
            var row = await health.ChangeAsync(entry.Gateway.SystemName, row =>
                (row.LastRefusedOnUtc, row.RefusalReasonId, row.RefusedCount) = (Now, (int)entry.Reason, (int)Math.Min((long)row.RefusedCount + entry.Count, int.MaxValue)));
            if (row.RefusedCount >= AlertThreshold)
                await alerts.RaiseAsync(GatewayAlert.WebhooksRefused, entry.Gateway);
        });
    }

    /// <summary>A failed record must not change the response to a webhook.</summary>
    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync("The result of a webhook could not be recorded", exception);
        }
    }
}
