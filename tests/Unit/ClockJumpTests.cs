using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A wall clock that is set forward, back, or forward and back again changes no wait and no limit: each runs as if nobody had
/// touched the clock.
/// </summary>
public sealed class ClockJumpTests
{
    private static readonly GatewayDescriptor _gateway = new TalkativeGateway().Descriptor with { Limits = [new CallLimit(100, TimeSpan.FromMinutes(1))] };

    /// <summary>By how many days the clock is set before each second.</summary>
    private static readonly int[][] _jumps = [[1], [-1], [1, -1], [-1, 1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1], [365, -365]];

    [TestCaseSource(nameof(_jumps))]
    public void Rate_limits_are_kept_and_end(int[] jumps) => Same(jumps, seconds: 150, time =>
    {
        var rateLimiter = new ProviderRateLimiter(time);
        return second =>
        {
            if (second == 100)
                rateLimiter.RecordCall("talkative", GatewayFault.TooManyRequests);
            var room = rateLimiter.DelayUntilCapacity(_gateway);
            for (var call = 0; call < 10 && rateLimiter.HasCapacity(_gateway); call++)
                rateLimiter.RecordCall("talkative", fault: null);
            return room;
        };
    });

    [TestCaseSource(nameof(_jumps))]
    public void Lines_about_refused_webhooks_come_once_a_minute(int[] jumps) => Same(jumps, seconds: 300, time =>
    {
        var refused = new RejectedWebhooks(time);
        return second => (second % 7 == 0 ? refused.Count(_gateway, RejectionReason.Malformed, "detail")?.Count : null, refused.TakeDueEntries().Sum(line => line.Count));
    });

    [TestCaseSource(nameof(_jumps))]
    public void Accepted_webhooks_are_recorded_every_five_minutes(int[] jumps) => Same(jumps, seconds: 700, time =>
    {
        var accepted = new AcceptedWebhooks(time);
        return _ => accepted.IsDue(_gateway);
    });

    [TestCaseSource(nameof(_jumps))]
    public void Pay_pages_are_spread_over_the_seconds(int[] jumps) => Same(jumps, seconds: 100, time =>
    {
        var pace = new PollThrottle(time);
        return _ => (pace.Next(3), Enumerable.Range(0, 150).Select(_ => pace.Next(3)).Last());
    });

    [TestCaseSource(nameof(_jumps))]
    public async Task A_failing_provider_is_over_when_it_works_again(int[] jumps)
    {
        var (time, health, alerts) = (new ManualTime(), new Rows<GatewayHealth>(), new Rows<AdminAlert>());
        var rateLimiter = new ProviderRateLimiter(time);
        var watch = new GatewayHealthMonitor(new GatewayRegistry([new TalkativeGateway()]), rateLimiter, new GatewayHealthStore(health.Repository), GatewayHealthMonitorTests.Alerts(alerts, time), time);
        foreach (var days in jumps)
        {
            time.Jump(TimeSpan.FromDays(days));
            for (var call = 0; call < GatewayHealthMonitor.AlertThreshold; call++)
                rateLimiter.RecordCall("talkative", GatewayFault.ServerError);
            await watch.RunAsync();
        }
        Assert.That(health.Single.FailingSinceUtc, Is.Not.Null);

        time.Now += TimeSpan.FromSeconds(10);
        rateLimiter.RecordCall("talkative", fault: null);
        await watch.RunAsync();

        Assert.That((health.Single.FailingSinceUtc, alerts.Single.ResolvedOnUtc is not null), Is.EqualTo(((DateTime?)null, true)));
    }

    /// <summary>What is kept in memory about time, with a clock that nobody sets and with one that somebody does.</summary>
    private static void Same(int[] jumps, int seconds, Func<ManualTime, Func<int, object?>> start)
    {
        var (steady, jumping) = (new ManualTime(), new ManualTime());
        var (expected, actual) = (start(steady), start(jumping));
        for (var second = 0; second < seconds; second++)
        {
            // The first seconds are quiet, so that something is under way when the clock is set.
            if (second >= 5 && second - 5 < jumps.Length)
                jumping.Jump(TimeSpan.FromDays(jumps[second - 5]));
            Assert.That(actual(second), Is.EqualTo(expected(second)), $"second {second}");
            steady.Now += TimeSpan.FromSeconds(1);
            jumping.Now += TimeSpan.FromSeconds(1);
        }
    }
}
