using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Logging;

namespace CryptoGateways.Tests.Unit;

/// <summary>Visitors cause checks as often as they like. They get half of a provider's limits, and the schedule task always keeps its part.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VisitorRateLimitTests
{
    private static readonly SynchronizationSource[] _visits = [SynchronizationSource.Return, SynchronizationSource.OrderPage, SynchronizationSource.PayPage];

    private static readonly SynchronizationSource[] _ownWork = [.. Enum.GetValues<SynchronizationSource>().Except(_visits)];

    private static readonly GatewayDescriptor _gateway = new TalkativeGateway().Descriptor with
    {
        Limits = [new CallLimit(200, TimeSpan.FromMinutes(1)), new CallLimit(1000, TimeSpan.FromHours(1))]
    };

    private readonly ManualTime _time = new();
    private readonly ProviderRateLimiter _rateLimiter;

    public VisitorRateLimitTests() => _rateLimiter = new ProviderRateLimiter(_time);

    [Test]
    public async Task Visitors_get_half_of_each_limit()
    {
        Assert.That(await VisitsAsync(), Is.EqualTo(100));
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.That(await VisitsAsync(), Is.EqualTo(100));

        var more = 0;
        for (var minute = 2; minute < 60; minute++, _time.Now += TimeSpan.FromMinutes(1))
            more += await VisitsAsync();
        Assert.That(more, Is.EqualTo(300), "half of the hour's limit");
    }

    [Test]
    public async Task Whatever_visitors_do_the_task_has_three_tenths()
    {
        await VisitsAsync();

        var calls = 0;
        for (; _rateLimiter.HasCapacity(_gateway); calls++)
            _rateLimiter.RecordCall(_gateway.SystemName, fault: null);
        Assert.That(calls, Is.EqualTo(60));
    }

    [Test]
    public async Task Visits_that_are_under_way_count()
    {
        var answers = new TaskCompletionSource();
        var visits = Enumerable.Range(0, 300).Select(_ => _rateLimiter.TryVisitAsync(_gateway, () => answers.Task)).ToList();

        answers.SetResult();

        Assert.That((await Task.WhenAll(visits)).Count(wasMade => wasMade), Is.EqualTo(100));
    }

    [Test]
    public async Task Every_call_of_a_visit_counts_and_no_other()
    {
        _rateLimiter.RecordCall(_gateway.SystemName, fault: null);
        var visits = 0;
        for (; await _rateLimiter.TryVisitAsync(_gateway, () => CallAsync(times: 4)); visits++)
            _rateLimiter.RecordCall(_gateway.SystemName, fault: null);

        Assert.That(visits, Is.EqualTo(25));
    }

    [Test]
    public async Task No_visit_goes_beyond_the_whole_limit_or_to_a_provider_that_says_too_many()
    {
        for (var i = 0; i < 195; i++)
            _rateLimiter.RecordCall(_gateway.SystemName, fault: null);
        Assert.That(await VisitsAsync(), Is.EqualTo(5));

        _time.Now += TimeSpan.FromMinutes(1);
        _rateLimiter.RecordCall(_gateway.SystemName, GatewayFault.TooManyRequests);
        Assert.That(await VisitsAsync(), Is.Zero);
    }

    [Test]
    public async Task Visitors_who_have_used_up_their_share_change_nothing_and_the_task_goes_on()
    {
        var shop = new Shop();
        var before = (shop.Payments.Single.NextCheckOnUtc, shop.Payments.Single.Checks, shop.Payments.Single.FailedChecks, shop.Payments.Single.RowVersion);
        while (await shop.RateLimiter.TryVisitAsync(shop.Gateway.Descriptor, () => { shop.RateLimiter.RecordCall("talkative", fault: null); return Task.CompletedTask; }))
        {
        }

        shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        foreach (var source in _visits)
            await shop.Synchronizer.SynchronizeAsync(1, source, TimeSpan.Zero, onlyIfDue: false, CancellationToken.None);
        Assert.That(shop.Gateway.Questions, Is.Zero);
        Assert.That((shop.Payments.Single.NextCheckOnUtc, shop.Payments.Single.Checks, shop.Payments.Single.FailedChecks, shop.Payments.Single.RowVersion), Is.EqualTo(before));

        await shop.Synchronizer.SynchronizeAsync(1, SynchronizationSource.Task, TimeSpan.Zero, onlyIfDue: false, CancellationToken.None);
        Assert.That((shop.Payments.Single.Status, shop.Marks), Is.EqualTo((CryptoPaymentStatus.Paid, 1)));
    }

    [TestCaseSource(nameof(_ownWork))]
    public async Task What_visitors_do_not_cause_is_not_held_back_by_them(SynchronizationSource source)
    {
        var shop = new Shop();
        while (await shop.RateLimiter.TryVisitAsync(shop.Gateway.Descriptor, () => { shop.RateLimiter.RecordCall("talkative", fault: null); return Task.CompletedTask; }))
        {
        }

        await shop.Synchronizer.SynchronizeAsync(1, source, TimeSpan.Zero, onlyIfDue: false, CancellationToken.None);

        Assert.That(shop.Gateway.Questions, Is.EqualTo(1));
    }

    /// <summary>The provider does not answer, and a webhook waits to be acted on.</summary>
    [TestCaseSource(nameof(_visits))]
    public async Task A_webhook_that_waits_makes_visitors_no_call_each(SynchronizationSource source)
    {
        var shop = new Shop();
        shop.Gateway.Answer = () => throw new GatewayException(GatewayFault.ServerError, "down");
        shop.Events.Insert(new PaymentEvent { PaymentId = 1, Kind = PaymentEventKind.Webhook, Name = "paid", EventKey = "one", CreatedOnUtc = shop.Time.Now });
        shop.Payments.Change(payment => payment.NextCheckOnUtc = shop.Time.Now);

        for (var visit = 0; visit < 20; visit++)
            await shop.Synchronizer.SynchronizeAsync(1, source, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        Assert.That(shop.Gateway.Questions, Is.EqualTo(1));
    }

    [Test]
    public void A_return_link_that_is_opened_again_and_again_pulls_one_check_forward_in_five_seconds()
    {
        var pace = new ReturnThrottle(_time);

        var taken = new List<int>();
        for (var second = 0; second < 12; second++, _time.Now += TimeSpan.FromSeconds(1))
        {
            if (Enumerable.Range(0, 100).Count(_ => pace.TryAcquire(1)) is > 0 and var count)
                taken.AddRange(Enumerable.Repeat(second, count));
        }

        Assert.That(taken, Is.EqualTo(new[] { 0, 5, 10 }));
        Assert.That(Enumerable.Range(2, 5000).Count(pace.TryAcquire), Is.EqualTo(5000), "every payment has its own");
    }

    [Test]
    public async Task A_cause_is_logged_once_a_minute_with_the_number_of_entries_that_were_left_out()
    {
        var lines = new List<string>();
        var logger = new Mock<ILogger>();
        logger.Setup(log => log.WarningAsync(It.IsAny<string>(), null, null)).Returns((string line, Exception? _, object? _) => Task.Run(() => lines.Add(line)));
        var log = new ThrottledLog(new LogThrottle(_time), logger.Object);

        for (var second = 0; second < 120; second++, _time.Now += TimeSpan.FromSeconds(1))
        {
            await log.WarningAsync("down", $"down {second}");
            if (second == 5)
                await log.WarningAsync("other", "other");
        }

        Assert.That(lines, Is.EqualTo(new[] { "down 0", "other", "down 60 (59 more like this since the last entry)" }));
    }

    private async Task<int> VisitsAsync()
    {
        var visits = 0;
        while (await _rateLimiter.TryVisitAsync(_gateway, () => CallAsync(times: 1)))
            visits++;
        return visits;
    }

    private async Task CallAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Task.Yield();
            _rateLimiter.RecordCall(_gateway.SystemName, fault: null);
        }
    }
}
