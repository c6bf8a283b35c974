using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Counts the calls to each provider so that the schedule task respects documented rate limits and leaves capacity for checkouts, which are never
/// delayed. Windows slide, so no hour and no minute exceeds its limit, and use monotonic time, so clock changes have no effect. Each
/// node counts only its own calls; if several nodes together exceed a limit, the provider's 429 pauses each of them.
/// </summary>
public class ProviderRateLimiter(TimeProvider time)
{
    /// <summary>The percentage of a limit that the schedule task leaves to other callers.</summary>
    public const int ReservedPercent = 20;

    /// <summary>
    /// The percentage of a limit that checks caused by visitors may use. Together with <see cref="ReservedPercent"/>, it always leaves 30 percent to
    /// the schedule task.
    /// </summary>
    public const int VisitorPercent = 50;

    /// <summary>How long the schedule task pauses after a 429.</summary>
    public static readonly TimeSpan PauseAfterTooManyRequests = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new();

    private readonly long _started = time.GetTimestamp();

    private readonly AsyncLocal<bool> _isVisit = new();

    /// <summary>
    /// Makes the calls caused by a visitor's request, if capacity allows.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="calls">Makes the calls.</param>
    /// <returns>False, without any call, if visitors have used their share of a limit, a whole limit is used, or calls are paused.</returns>
    public async Task<bool> TryVisitAsync(GatewayDescriptor gateway, Func<Task> calls)
    {
        var window = WindowOf(gateway.SystemName);
        if (!window.TryBeginVisit(gateway.Limits, Now))
            return false;

        // AsyncLocal: the value is gone when this method returns.
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

    /// <summary>Records a call.</summary>
    /// <param name="gateway">The gateway's system name.</param>
    /// <param name="fault">Why the call failed; null if it succeeded.</param>
    public void RecordCall(string gateway, GatewayFault? fault) => WindowOf(gateway).Add(Now, fault, _isVisit.Value);

    /// <summary>Records that the last call failed after all: its response was unusable.</summary>
    public void RecordUnusableResponse(string gateway) => WindowOf(gateway).MarkLastAsFailed();

    /// <summary>Pauses the schedule task's calls to a provider.</summary>
    public void Pause(string gateway, TimeSpan pause) => WindowOf(gateway).Pause(Now + pause);

    /// <summary>True if the schedule task may make another call.</summary>
    public bool HasCapacity(GatewayDescriptor gateway) => DelayUntilCapacity(gateway) == TimeSpan.Zero;

    /// <summary>How long the schedule task must wait until it may make another call, if nobody else makes one.</summary>
    public TimeSpan DelayUntilCapacity(GatewayDescriptor gateway) => WindowOf(gateway.SystemName).DelayUntilCapacity(gateway.Limits, Now);

    /// <summary>Failed calls since the last successful one.</summary>
    public int ConsecutiveFailures(string gateway) => WindowOf(gateway).ConsecutiveFailures;

    /// <summary>The provider's state according to the latest calls; null until a call says something about it.</summary>
    public ProviderState? StateOf(string gateway) => WindowOf(gateway).StateAt(Now);

    /// <summary>True for a fault that prevents creating and querying payments in general.</summary>
    public static bool IsOutage(GatewayFault fault) => fault is not (GatewayFault.NotCalled or GatewayFault.Refused or GatewayFault.TooManyRequests or GatewayFault.BadAddress);

    /// <summary>Starts at one hour so that no window reaches below zero.</summary>
    private TimeSpan Now => TimeSpan.FromHours(1) + time.GetElapsedTime(_started);

    private SlidingWindow WindowOf(string gateway) => _windows.GetOrAdd(gateway, _ => new SlidingWindow());

    /// <summary>The calls to one provider: their number in each second of the last hour, and how many of them visitors caused.</summary>
    private sealed class SlidingWindow
    {
        private const int Seconds = 3600;

        private readonly int[] _calls = new int[Seconds];
        private readonly int[] _visits = new int[Seconds];
        private readonly Lock _lock = new();
        private int _activeVisits;
        private long _now;
        private TimeSpan _pausedUntil;
        private (TimeSpan Since, GatewayFault? Fault, int Failures)? _state;

        public int ConsecutiveFailures { get; private set; }

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
                AdvanceTo(now);
                _calls[_now % Seconds]++;
                if (isVisit)
                    _visits[_now % Seconds]++;
                ConsecutiveFailures = fault is null ? 0 : ConsecutiveFailures + 1;
            }
            if (fault == GatewayFault.TooManyRequests)
                Pause(now + PauseAfterTooManyRequests);
        }

        public void Pause(TimeSpan until)
        {
            lock (_lock)
                _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }

        /// <summary>An active visit counts as one call in addition to those it has made, so that concurrent visits cannot exceed the limit.</summary>
        public bool TryBeginVisit(IReadOnlyList<CallLimit> limits, TimeSpan now)
        {
            lock (_lock)
            {
                AdvanceTo(now);
                if (now < _pausedUntil || limits.Any(limit => (long)limit.Per.TotalSeconds is var window
                    && (CountIn(_visits, window) + _activeVisits >= limit.Calls * VisitorPercent / 100 || CountIn(_calls, window) + _activeVisits >= limit.Calls)))
                    return false;

                _activeVisits++;
                return true;
            }
        }

        public void EndVisit()
        {
            lock (_lock)
                _activeVisits--;
        }

        public void MarkLastAsFailed()
        {
            lock (_lock)
                ConsecutiveFailures = Math.Max(1, ConsecutiveFailures);
        }

        public TimeSpan DelayUntilCapacity(IReadOnlyList<CallLimit> limits, TimeSpan now)
        {
            lock (_lock)
            {
                AdvanceTo(now);
                var second = limits.Select(limit => NextCapacity((long)limit.Per.TotalSeconds, limit.Calls * (100 - ReservedPercent) / 100)).Append(_now).Max();
                var capacityAt = second > _now && TimeSpan.FromSeconds(second) is var free && free > _pausedUntil ? free : _pausedUntil;
                return capacityAt > now ? capacityAt - now : TimeSpan.Zero;
            }
        }

        /// <summary>The second at which the window will contain fewer than <paramref name="limit"/> calls.</summary>
        private long NextCapacity(long window, int limit)
        {
            var (first, count) = (_now - window + 1, CountIn(_calls, window));
            for (; count >= limit && first <= _now; first++)
                count -= _calls[first % Seconds];
            // The window starts with the first second that still counts.
            return first + window - 1;
        }

        /// <summary>The number of calls in the window that ends now.</summary>
        private int CountIn(int[] calls, long window)
        {
            var count = 0;
            for (var second = _now - window + 1; second <= _now; second++)
                count += calls[second % Seconds];
            return count;
        }

        /// <summary>A refusal counts as a success: it shows that the provider is available. Faults that are no outage change nothing.</summary>
        private (TimeSpan Since, GatewayFault? Fault, int Failures)? StateAfter(TimeSpan now, GatewayFault? fault) => fault switch
        {
            null or GatewayFault.Refused => (now, null, 0),
            { } other when !IsOutage(other) => _state,
            { } failed => (_state is { Fault: not null } state ? state.Since : now, failed, (_state?.Failures ?? 0) + 1)
        };

        /// <summary>Clears the seconds that have passed since the last call.</summary>
        private void AdvanceTo(TimeSpan now)
        {
            var second = (long)now.TotalSeconds;
            for (var passed = Math.Max(_now + 1, second - Seconds + 1); passed <= second; passed++)
                _calls[passed % Seconds] = _visits[passed % Seconds] = 0;
            _now = Math.Max(_now, second);
        }
    }
}

/// <summary>
/// A provider's state according to the latest calls.
/// </summary>
/// <param name="Age">The time since the first failure without a later success, or since the last success.</param>
/// <param name="Fault">Why the last call failed; null if it succeeded.</param>
/// <param name="Failures">Failures since the last success.</param>
public sealed record ProviderState(TimeSpan Age, GatewayFault? Fault, int Failures);
