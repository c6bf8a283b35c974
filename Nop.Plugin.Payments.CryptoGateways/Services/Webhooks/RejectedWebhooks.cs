using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Decides which refused webhooks get a line in the log: the first of a gateway and reason at once, all that follow in one line a
/// minute. Anybody can call the webhook address; nobody can fill the log with it, nor this memory: it has one entry a gateway and
/// reason. Each node counts its own.
/// </summary>
public class RejectedWebhooks(TimeProvider time)
{
    /// <summary>The least time between two lines about the same gateway and reason.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(GatewayDescriptor Gateway, RejectionReason Reason), Tally> _tallies = [];

    private readonly Lock _lock = new();

    /// <summary>
    /// Counts a refused webhook; the line to log for it, or null when it is told later.
    /// </summary>
    /// <param name="gateway">Whose webhook it pretends to be.</param>
    /// <param name="reason">The kind of fault.</param>
    /// <param name="detail">More about this one; only the first line tells it.</param>
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
    /// The lines about refused webhooks of which nothing more was heard for a minute; the task logs them.
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
        /// <summary>Counted since the last line.</summary>
        public int Unlogged { get; set; }

        /// <summary>Timestamp of the last line.</summary>
        public long LoggedAt { get; set; }
    }
}

/// <summary>
/// What is to be told of refused webhooks.
/// </summary>
/// <param name="Gateway">Whose webhooks they pretended to be.</param>
/// <param name="Reason">Why they were refused.</param>
/// <param name="Count">How many.</param>
/// <param name="Text">The line for the log.</param>
public sealed record RejectedWebhookEntry(GatewayDescriptor Gateway, RejectionReason Reason, int Count, string Text);

/// <summary>
/// Why a webhook is refused. The numbers are stored; never renumber them.
/// </summary>
public enum RejectionReason
{
    /// <summary>Not a webhook of the provider at all.</summary>
    Malformed = 0,

    /// <summary>Signed with no secret of ours.</summary>
    WrongSignature = 1
}
