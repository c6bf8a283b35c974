using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace CryptoGateways.Tests.Unit;

public sealed class GatewayReconciliationTests
{
    private static readonly GatewayDescriptor _gateway = new TalkativeGateway().Descriptor with { Limits = [new CallLimit(100, TimeSpan.FromMinutes(1))] };

    private readonly ConcurrentBag<int> _done = [];

    private ProviderRateLimiter _rateLimiter = null!;
    private WaitedTime _time = null!;
    private DateTime _end;
    private int _read;

    [SetUp]
    public void Start()
    {
        _done.Clear();
        _time = new WaitedTime();
        _rateLimiter = new ProviderRateLimiter(_time);
        (_end, _read) = (_time.Now.AddSeconds(40), 0);
    }

    [Test]
    public async Task Every_payment_is_worked_on_once()
    {
        await RunAsync(count: 50);

        Assert.That(_done, Is.EquivalentTo(Enumerable.Range(0, 50)));
    }

    [Test]
    public async Task At_most_so_many_are_worked_on_at_once()
    {
        var (now, most) = (0, 0);
        await RunAsync(count: 50, async _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        });

        Assert.That(most, Is.InRange(1, GatewayReconciliation.Parallelism));
    }

    [Test]
    public async Task The_rest_waits_when_the_time_is_up()
    {
        await RunAsync(count: 1000, _ =>
        {
            if (_done.Count >= 10)
                _end = _time.Now;
            return Task.CompletedTask;
        });

        Assert.That(_done, Has.Count.InRange(10, 10 + 2 * GatewayReconciliation.Parallelism));
    }

    [Test]
    public async Task The_rest_waits_when_the_provider_has_had_enough_calls()
    {
        await RunAsync(count: 1000, _ => Call(fault: null));

        Assert.That(_done, Has.Count.InRange(80, 80 + 2 * GatewayReconciliation.Parallelism));
    }

    [Test]
    public async Task A_run_waits_for_calls_to_leave_the_window_while_it_has_time()
    {
        UseUp();
        var room = _time.Now.AddMinutes(1);
        Run(after: TimeSpan.FromSeconds(30));

        await RunAsync(count: 50, _ => Call(fault: null));

        Assert.That((_done.Count, _time.Now), Is.EqualTo((50, room)));
    }

    [Test]
    public async Task A_run_does_not_wait_for_what_comes_after_its_end()
    {
        UseUp();
        Run(after: TimeSpan.FromSeconds(20));
        var started = _time.Now;

        await RunAsync(count: 50, _ => Call(fault: null));

        Assert.That((_done.Count, _time.Now), Is.EqualTo((0, started)));
    }

    [Test]
    public async Task A_run_that_waits_makes_only_the_calls_for_which_there_is_room()
    {
        await Call(fault: null);
        _time.Now += TimeSpan.FromSeconds(10);
        UseUp();
        Run(after: TimeSpan.FromSeconds(15));

        // One call leaves the window 5 s before the run's end, the others 5 s after it.
        await RunAsync(count: 50, _ => Call(fault: null));

        Assert.That(_done, Has.Count.InRange(1, 1 + 2 * GatewayReconciliation.Parallelism));
    }

    [Test]
    public async Task Payments_that_fail_do_not_keep_the_rest_from_its_turn()
    {
        await RunAsync(count: 60, _ => Call(GatewayFault.ServerError));

        Assert.That(_done, Has.Count.EqualTo(60));
    }

    [Test]
    public async Task A_run_waits_while_the_provider_is_left_alone()
    {
        _rateLimiter.Pause("talkative", TimeSpan.FromSeconds(10));
        var over = _time.Now.AddSeconds(10);

        await RunAsync(count: 5);

        Assert.That((_done.Count, _time.Now), Is.EqualTo((5, over)));
    }

    [Test]
    public async Task A_provider_that_failed_in_the_last_run_is_tried_again()
    {
        for (var i = 0; i < 20; i++)
            await Call(GatewayFault.Timeout);
        await RunAsync(count: 30, _ => Call(fault: null));

        Assert.That(_done, Has.Count.EqualTo(30));
    }

    [Test]
    public async Task Payments_are_read_only_as_far_as_they_are_worked_on()
    {
        await RunAsync(count: 1_000_000, _ => Call(fault: null));

        Assert.That(_read, Is.LessThan(150));
    }

    private Task RunAsync(int count, Func<int, Task>? work = null) =>
        new GatewayReconciliation(_gateway, _rateLimiter, () => _end - _time.Now, _time).WorkAsync(PaymentsAsync(count), async id =>
        {
            _done.Add(id);
            await (work?.Invoke(id) ?? Task.CompletedTask);
        });

    /// <summary>A run of 40 s begins so much later.</summary>
    private void Run(TimeSpan after)
    {
        _time.Now += after;
        _end = _time.Now.AddSeconds(40);
    }

    /// <summary>As many calls as the task may make, all in this second.</summary>
    private void UseUp()
    {
        while (_rateLimiter.HasCapacity(_gateway))
            _rateLimiter.RecordCall("talkative", fault: null);
    }

    private Task Call(GatewayFault? fault)
    {
        _rateLimiter.RecordCall("talkative", fault);
        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<int> PaymentsAsync(int count)
    {
        for (var id = 0; id < count; id++)
        {
            _read++;
            yield return id;
        }
        await Task.CompletedTask;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen; (seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen;)
        {
        }
    }

    /// <summary>A clock that is put forward by whoever waits.</summary>
    private sealed class WaitedTime : TimeProvider
    {
        public DateTime Now { get; set; } = new ManualTime().Now;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
