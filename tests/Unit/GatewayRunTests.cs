using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace CryptoGateways.Tests.Unit;

public sealed class GatewayRunTests
{
    private static readonly GatewayDescriptor _gateway = new TalkativeGateway().Descriptor with { Limits = [new CallLimit(100, TimeSpan.FromMinutes(1))] };

    private readonly ConcurrentBag<int> _done = [];

    private GatewayTraffic _traffic = null!;
    private bool _hasTime;
    private int _read;

    [SetUp]
    public void Start()
    {
        _done.Clear();
        _traffic = new GatewayTraffic(new ManualTime());
        (_hasTime, _read) = (true, 0);
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

        Assert.That(most, Is.InRange(1, GatewayRun.Parallelism));
    }

    [Test]
    public async Task The_rest_waits_when_the_time_is_up()
    {
        await RunAsync(count: 1000, _ =>
        {
            _hasTime = _done.Count < 10;
            return Task.CompletedTask;
        });

        Assert.That(_done, Has.Count.InRange(10, 10 + 2 * GatewayRun.Parallelism));
    }

    [Test]
    public async Task The_rest_waits_when_the_provider_has_had_enough_calls()
    {
        await RunAsync(count: 1000, _ => Call(fault: null));

        Assert.That(_done, Has.Count.InRange(80, 80 + 2 * GatewayRun.Parallelism));
    }

    [Test]
    public async Task The_rest_waits_when_the_provider_keeps_failing()
    {
        await RunAsync(count: 1000, _ => Call(GatewayFault.ServerError));

        Assert.That(_done, Has.Count.InRange(GatewayRun.Patience, GatewayRun.Patience + 2 * GatewayRun.Parallelism));
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
        await RunAsync(count: 1_000_000, _ => Call(GatewayFault.Timeout));

        Assert.That(_read, Is.LessThan(50));
    }

    private Task RunAsync(int count, Func<int, Task>? work = null) =>
        new GatewayRun(_gateway, _traffic, () => Volatile.Read(ref _hasTime)).WorkAsync(PaymentsAsync(count), async id =>
        {
            _done.Add(id);
            await (work?.Invoke(id) ?? Task.CompletedTask);
        });

    private Task Call(GatewayFault? fault)
    {
        _traffic.Called("talkative", fault);
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
}
