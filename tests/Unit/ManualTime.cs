namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A clock that a test sets. Time that passes and a wall clock that somebody sets are two things: see <see cref="Jump"/>.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private static readonly DateTime _start = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    private TimeSpan _jumped;

    /// <summary>The wall clock. What is added to it is time that passes.</summary>
    public DateTime Now { get; set; } = _start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Sets the wall clock, as an administrator or a time server does: no time passes.</summary>
    public void Jump(TimeSpan by)
    {
        Now += by;
        _jumped += by;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => (Now - _jumped - _start).Ticks;
}
