namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// Decides who goes on. Whoever reads, writes, calls or waits stops at a step; one at a time, chosen by the seed, is let go. So the
/// same seed gives the same interleaving, and a process can die at any step.
/// </summary>
public sealed class Steps(Random random) : TimeProvider
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);
    private readonly AsyncLocal<string?> _actor = new();
    private readonly List<(string Actor, string What, TaskCompletionSource Gate)> _waiting = [];
    private readonly List<Timer> _timers = [];
    private readonly Dictionary<string, Task> _actors = [];
    private readonly HashSet<string> _dead = [];
    private DateTimeOffset _now = new(2026, 2, 6, 10, 30, 0, TimeSpan.Zero);
    private TimeSpan _wrong;

    /// <summary>More steps than any round takes: somebody goes round in circles.</summary>
    public const int Longest = 20_000;

    /// <summary>Every step that was let go, in order.</summary>
    public List<string> Trace { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now + _wrong;

    public override long GetTimestamp() => _now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, _actor.Value ?? "", () => callback(state), _now + dueTime, dueTime <= _longestPause);
        if (dueTime != Timeout.InfiniteTimeSpan)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Starts an actor; it stops at its first step.</summary>
    public void Start(string actor, Func<Task> work)
    {
        _actor.Value = actor;
        _actors[actor] = RunAsync();
        _actor.Value = null;

        async Task RunAsync()
        {
            await ComeAsync("start");
            await work();
        }
    }

    public Task ComeAsync(string what)
    {
        var gate = new TaskCompletionSource();
        _waiting.Add((_actor.Value!, what, gate));
        return gate.Task;
    }

    /// <summary>Lets one that waits go on, or, when nobody else can, a pause end; false when all is over.</summary>
    public bool Next()
    {
        if (Trace.Count > Longest)
            return false;

        var pauses = _timers.Where(timer => timer.IsPause).ToList();
        if (_waiting.Count == 0 && pauses.Count == 0)
            return false;

        if (_waiting.Count == 0 || pauses.Count > 0 && random.Next(10) == 0)
        {
            _now += TimeSpan.FromMilliseconds(150);
            pauses[random.Next(pauses.Count)].Fire();
            return true;
        }

        var next = random.Next(_waiting.Count);
        var (actor, what, gate) = _waiting[next];
        _waiting.RemoveAt(next);
        Trace.Add($"{actor}: {what}");
        gate.SetResult();
        return true;
    }

    /// <summary>One of those at work, null when nobody is.</summary>
    public string? Anybody() => _waiting.Count == 0 ? null : _waiting[random.Next(_waiting.Count)].Actor;

    /// <summary>Its process dies where it stands: nothing of it runs any more, no finally block either.</summary>
    public void Kill(string actor)
    {
        Trace.Add($"{actor}: killed");
        _dead.Add(actor);
        _waiting.RemoveAll(step => step.Actor == actor);
        _timers.RemoveAll(timer => timer.Actor == actor);
    }

    /// <summary>Somebody sets the clock of the store wrong, or right again; what measures time does not notice.</summary>
    public void SetClock(TimeSpan wrong)
    {
        Trace.Add($"the clock is {wrong} wrong");
        _wrong = wrong;
    }

    public void LetPass(TimeSpan time)
    {
        Trace.Add($"{time} pass");
        _now += time;
        foreach (var timer in _timers.Where(timer => timer.Due <= _now).ToList())
            timer.Fire();
    }

    /// <summary>What went wrong with those who are done; an actor that is neither done nor dead is an error of the test.</summary>
    public IEnumerable<Exception> Failures() => _actors.Where(actor => !_dead.Contains(actor.Key))
        .Select(actor => actor.Value.IsCompleted ? actor.Value.Exception?.InnerException : new InvalidOperationException($"{actor.Key} is stuck")).OfType<Exception>();

    private sealed class Timer(Steps steps, string actor, Action callback, DateTimeOffset due, bool isPause) : ITimer
    {
        public string Actor => actor;

        public DateTimeOffset Due => due;

        /// <summary>Between two looks, not a deadline.</summary>
        public bool IsPause => isPause;

        public void Fire()
        {
            steps._timers.Remove(this);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => steps._timers.Remove(this);

        public void Dispose() => steps._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
