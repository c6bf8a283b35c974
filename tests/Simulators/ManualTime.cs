using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CryptoGateways.Tests.Simulators;

/// <summary>A clock that only tests advance. It reports the timers that are created.</summary>
public sealed class ManualTime() : FakeTimeProvider(new DateTimeOffset(2026, 2, 6, 10, 30, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The due time of each timer, in the order of their creation.</summary>
    public ChannelReader<TimeSpan> Timers => _timers.Reader;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }
}
