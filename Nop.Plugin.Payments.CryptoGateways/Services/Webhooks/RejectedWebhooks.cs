using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

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
                return new RejectedWebhookEntry(gateway, reason, 1, $"{gateway.Name}: a webhook was rejected: {detail}");
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
            var entries = new List<RejectedWebhookEntry>();
            foreach (var ((gateway, reason), tally) in _tallies.Where(entry => IsDue(entry.Value)).ToList())
            {
                if (tally.Unlogged > 0)
                    entries.Add(ToEntry(gateway, reason, tally));
                else
                    _tallies.Remove((gateway, reason));
            }
            return entries;
        }
    }

    private bool IsDue(Tally tally) => time.GetElapsedTime(tally.LoggedAt) >= Pause;

    private RejectedWebhookEntry ToEntry(GatewayDescriptor gateway, RejectionReason reason, Tally tally)
    {
        var entry = new RejectedWebhookEntry(gateway, reason, tally.Unlogged, $"{gateway.Name}: {tally.Unlogged} more webhooks were rejected: {Describe(reason)}");
        (tally.Unlogged, tally.LoggedAt) = (0, time.GetTimestamp());
        return entry;
    }

    private static string Describe(RejectionReason reason) => reason switch
    {
        RejectionReason.Malformed => "not a webhook of this provider",
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
