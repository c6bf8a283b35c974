using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Counts the calls to each provider, so that the schedule task keeps what the provider documents and leaves room for checkouts,
/// which are never held back. Time is monotonic, so that a clock that is set frees and blocks nothing. Windows slide: no
/// hour and no minute has more than the limit. Each node counts its own calls; where several together are too many, the provider's
/// 429 stops each of them for a while.
/// </summary>
public class ProviderRateLimiter(TimeProvider time)
{
    /// <summary>Per cent of a limit that the schedule task leaves for everybody else.</summary>
    public const int Reserve = 20;

    /// <summary>
    /// Per cent of a limit that visitors' checks may use up. With <see cref="Reserve"/> it leaves three tenths to the task, whatever
    /// visitors do.
    /// </summary>
    public const int VisitorsShare = 50;

    /// <summary>How long the task leaves a provider alone that answered 429.</summary>
    public static readonly TimeSpan PauseAfterTooMany = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, ProviderWindow> _windows = new();

    private readonly long _started = time.GetTimestamp();

    private readonly AsyncLocal<bool> _isVisit = new();

    /// <summary>
    /// Makes the calls that a visitor's request causes; false, and none is made, when visitors have used up their share of a limit, the
    /// whole limit is used up, or the provider has just answered 429.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="calls">Makes them.</param>
    public async Task<bool> TryVisitAsync(GatewayDescriptor gateway, Func<Task> calls)
    {
        var window = WindowOf(gateway.SystemName);
        if (!window.TryBeginVisit(gateway.Limits, Now))
            return false;

        // It ends with this method.
        _isVisit.Value = true;
        try
        {
            await calls();
            return true;
        }
        finally
        {
            window.EndVisit();
        }
    }

    /// <summary>Records a call that was made.</summary>
    /// <param name="gateway">System name.</param>
    /// <param name="fault">What was wrong with the answer; null for nothing.</param>
    public void Called(string gateway, GatewayFault? fault) => WindowOf(gateway).Add(Now, fault, _isVisit.Value);

    /// <summary>The last call failed after all: its answer came, and cannot be used.</summary>
    public void NotUnderstood(string gateway) => WindowOf(gateway).Misunderstand();

    /// <summary>The task leaves the provider alone for a while, because its calls would not be sent.</summary>
    public void Pause(string gateway, TimeSpan pause) => WindowOf(gateway).Pause(Now + pause);

    /// <summary>True when the task may make one more call.</summary>
    public bool HasCapacity(GatewayDescriptor gateway) => DelayUntilCapacity(gateway) == TimeSpan.Zero;

    /// <summary>How long it takes until the task may make one more call, when nobody else makes one meanwhile.</summary>
    public TimeSpan DelayUntilCapacity(GatewayDescriptor gateway) => WindowOf(gateway.SystemName).DelayUntilCapacity(gateway.Limits, Now);

    /// <summary>Calls that failed since the last one that did not.</summary>
    public int FailuresInARow(string gateway) => WindowOf(gateway).FailuresInARow;

    /// <summary>What the last calls say about the provider; null while none was made that says anything.</summary>
    public ProviderState? StateOf(string gateway) => WindowOf(gateway).StateAt(Now);

    /// <summary>True for a fault that shows that payments cannot be made or asked for at all.</summary>
    public static bool IsFailure(GatewayFault fault) => fault is not (GatewayFault.NotCalled or GatewayFault.Refused or GatewayFault.TooManyRequests or GatewayFault.BadAddress);

    /// <summary>It begins an hour late: no window reaches back before zero.</summary>
    private TimeSpan Now => TimeSpan.FromHours(1) + time.GetElapsedTime(_started);

    private ProviderWindow WindowOf(string gateway) => _windows.GetOrAdd(gateway, _ => new ProviderWindow());

    /// <summary>One provider's calls: a number for each second of the last hour, and how many of them visitors caused.</summary>
    private sealed class ProviderWindow
    {
        private const int Seconds = 3600;

        private readonly int[] _calls = new int[Seconds];
        private readonly int[] _visits = new int[Seconds];
        private readonly Lock _lock = new();
        private int _visitsUnderWay;
        private long _now;
        private TimeSpan _pausedUntil;
        private (TimeSpan Since, GatewayFault? Fault, int Failures)? _state;

        public int FailuresInARow { get; private set; }

        public ProviderState? StateAt(TimeSpan now)
        {
            lock (_lock)
                return _state is var (since, fault, failures) ? new ProviderState(now - since, fault, failures) : null;
        }

        public void Add(TimeSpan now, GatewayFault? fault, bool isVisit)
        {
            lock (_lock)
            {
                _state = StateAfter(now, fault);
                MoveTo(now);
                _calls[_now % Seconds]++;
                if (isVisit)
                    _visits[_now % Seconds]++;
                FailuresInARow = fault is null ? 0 : FailuresInARow + 1;
            }
            if (fault == GatewayFault.TooManyRequests)
                Pause(now + PauseAfterTooMany);
        }

        public void Pause(TimeSpan until)
        {
            lock (_lock)
                _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }

        /// <summary>A visit that is under way counts as a call beside those that it has made: many at once do not get past the limit.</summary>
        public bool TryBeginVisit(IReadOnlyList<CallLimit> limits, TimeSpan now)
        {
            lock (_lock)
            {
                MoveTo(now);
                if (now < _pausedUntil || limits.Any(limit => (long)limit.Per.TotalSeconds is var window
                    && (Used(_visits, window) + _visitsUnderWay >= limit.Calls * VisitorsShare / 100 || Used(_calls, window) + _visitsUnderWay >= limit.Calls)))
                    return false;

                _visitsUnderWay++;
                return true;
            }
        }

        public void EndVisit()
        {
            lock (_lock)
                _visitsUnderWay--;
        }

        public void Misunderstand()
        {
            lock (_lock)
                FailuresInARow = Math.Max(1, FailuresInARow);
        }

        public TimeSpan DelayUntilCapacity(IReadOnlyList<CallLimit> limits, TimeSpan now)
        {
            lock (_lock)
            {
                MoveTo(now);
                var second = limits.Select(limit => RoomAt((long)limit.Per.TotalSeconds, limit.Calls * (100 - Reserve) / 100)).Append(_now).Max();
                var room = second > _now && TimeSpan.FromSeconds(second) is var free && free > _pausedUntil ? free : _pausedUntil;
                return room > now ? room - now : TimeSpan.Zero;
            }
        }

        /// <summary>The second at which fewer than <paramref name="most"/> calls are left in the window.</summary>
        private long RoomAt(long window, int most)
        {
            var (first, used) = (_now - window + 1, Used(_calls, window));
            for (; used >= most && first <= _now; first++)
                used -= _calls[first % Seconds];
            // The window begins with the first second that still counts.
            return first + window - 1;
        }

        /// <summary>The calls in a window that ends now.</summary>
        private int Used(int[] calls, long window)
        {
            var used = 0;
            for (var second = _now - window + 1; second <= _now; second++)
                used += calls[second % Seconds];
            return used;
        }

        /// <summary>A call that the provider refused for what it asked, or for coming too often, shows that the provider is there.</summary>
        private (TimeSpan Since, GatewayFault? Fault, int Failures)? StateAfter(TimeSpan now, GatewayFault? fault) => fault switch
        {
            null or GatewayFault.Refused => (now, null, 0),
            { } other when !IsFailure(other) => _state,
            { } failed => (_state is { Fault: not null } state ? state.Since : now, failed, (_state?.Failures ?? 0) + 1)
        };

        /// <summary>Empties the seconds that passed.</summary>
        private void MoveTo(TimeSpan now)
        {
            var second = (long)now.TotalSeconds;
            for (var passed = Math.Max(_now + 1, second - Seconds + 1); passed <= second; passed++)
                _calls[passed % Seconds] = _visits[passed % Seconds] = 0;
            _now = Math.Max(_now, second);
        }
    }
}

/// <summary>
/// How calls to a provider end at present.
/// </summary>
/// <param name="Age">Time since the first of the failures that were not yet followed by a success, or since the last success.</param>
/// <param name="Fault">How the last one failed; null when it did not.</param>
/// <param name="Failures">Failures since the last success.</param>
public sealed record ProviderState(TimeSpan Age, GatewayFault? Fault, int Failures);
