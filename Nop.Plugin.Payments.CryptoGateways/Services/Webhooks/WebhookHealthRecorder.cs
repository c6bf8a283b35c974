using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Records accepted and rejected webhooks in the log and in the gateway's health. Unauthenticated requests cost at most one log
/// entry and one write per minute for each gateway and reason.
/// </summary>
public class WebhookHealthRecorder(RejectedWebhooks refused, AcceptedWebhooks accepted, GatewayHealthStore health, GatewayAlerts alerts, TimeProvider time, ILogger logger)
{
    /// <summary>Consecutive rejected webhooks that raise an alert.</summary>
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

    /// <summary>Logs the rejected webhooks that are due. The task calls it.</summary>
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

    /// <summary>A failed record must not change the response to a webhook.</summary>
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
/// Limits writes about accepted webhooks: one every 30 seconds, and the first after a rejected one.
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

/// <summary>
/// Limits log entries about rejected webhooks: the first of a gateway and reason is logged at once, the following ones in one entry
/// per minute. Anybody can call the webhook address, but nobody can fill the log or this memory: it holds one entry for each gateway
/// and reason. Each node counts for itself.
/// </summary>
public class RejectedWebhooks(TimeProvider time)
{
    /// <summary>The shortest time between two entries about the same gateway and reason.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(GatewayDescriptor Gateway, RejectionReason Reason), Tally> _tallies = [];

    private readonly Lock _lock = new();

    /// <summary>
    /// Counts a rejected webhook; returns the entry to log, or null when it is logged later.
    /// </summary>
    /// <param name="gateway">The gateway that was called.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="detail">Details, which only the first entry contains.</param>
    public RejectedWebhookEntry? Count(GatewayDescriptor gateway, RejectionReason reason, string detail)
    {
        lock (_lock)
        {
            if (!_tallies.TryGetValue((gateway, reason), out var tally))
            {
                _tallies[(gateway, reason)] = new Tally { LoggedAt = time.GetTimestamp() };
                return new RejectedWebhookEntry(gateway, reason, 1, $"{gateway.Name}: a webhook was refused: {detail}");
            }

            tally.Unlogged++;
            return IsDue(tally) ? ToEntry(gateway, reason, tally) : null;
        }
    }

    /// <summary>
    /// The entries about rejected webhooks that are due to be logged. The task calls it.
    /// </summary>
    public IReadOnlyList<RejectedWebhookEntry> TakeDueEntries()
    {
        lock (_lock)
        {
            var lines = new List<RejectedWebhookEntry>();
            foreach (var ((gateway, reason), tally) in _tallies.Where(entry => IsDue(entry.Value)).ToList())
            {
                if (tally.Unlogged > 0)
                    lines.Add(ToEntry(gateway, reason, tally));
                else
                    _tallies.Remove((gateway, reason));
            }
            return lines;
        }
    }

    private bool IsDue(Tally tally) => time.GetElapsedTime(tally.LoggedAt) >= Pause;

    private RejectedWebhookEntry ToEntry(GatewayDescriptor gateway, RejectionReason reason, Tally tally)
    {
        var line = new RejectedWebhookEntry(gateway, reason, tally.Unlogged, $"{gateway.Name}: {tally.Unlogged} more webhooks were refused: {Words(reason)}");
        (tally.Unlogged, tally.LoggedAt) = (0, time.GetTimestamp());
        return line;
    }

    private static string Words(RejectionReason reason) => reason switch
    {
        RejectionReason.Malformed => "not of the provider's form",
        _ => "the signature is wrong"
    };

    private sealed class Tally
    {
        /// <summary>Webhooks since the last entry.</summary>
        public int Unlogged { get; set; }

        /// <summary>Timestamp of the last entry.</summary>
        public long LoggedAt { get; set; }
    }
}

/// <summary>
/// A log entry about rejected webhooks.
/// </summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number of webhooks.</param>
/// <param name="Text">The text for the log.</param>
public sealed record RejectedWebhookEntry(GatewayDescriptor Gateway, RejectionReason Reason, int Count, string Text);

/// <summary>
/// The reason for rejecting a webhook. The numbers are stored; never change them.
/// </summary>
public enum RejectionReason
{
    /// <summary>Not a webhook of the provider.</summary>
    Malformed = 0,

    /// <summary>Not signed with the store's secret.</summary>
    WrongSignature = 1
}
