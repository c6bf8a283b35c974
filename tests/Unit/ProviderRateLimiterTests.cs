using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

public sealed class ProviderRateLimiterTests
{
    /// <summary>Limits of the form that providers document: so many a minute, and so many an hour.</summary>
    private static readonly GatewayDescriptor _gateway = new TalkativeGateway().Descriptor with
    {
        Limits = [new CallLimit(200, TimeSpan.FromMinutes(1)), new CallLimit(1000, TimeSpan.FromHours(1))]
    };

    private ManualTime _time = null!;
    private ProviderRateLimiter _rateLimiter = null!;

    [SetUp]
    public void Start()
    {
        _time = new ManualTime();
        _rateLimiter = new ProviderRateLimiter(_time);
    }

    [Test]
    public void The_task_leaves_a_fifth_of_a_minute_for_checkouts()
    {
        Assert.That(CallWhileThereIsRoom(), Is.EqualTo(160));

        _time.Now += TimeSpan.FromSeconds(59);
        Assert.That(CallWhileThereIsRoom(), Is.Zero);
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.That(CallWhileThereIsRoom(), Is.EqualTo(160));
    }

    [Test]
    public void In_no_hour_are_more_calls_made_than_the_task_may()
    {
        var calls = new Queue<DateTime>();
        var most = 0;
        for (var second = 0; second < 3 * 3600; second++, _time.Now += TimeSpan.FromSeconds(1))
        {
            for (var made = CallWhileThereIsRoom(); made > 0; made--)
                calls.Enqueue(_time.Now);
            while (calls.TryPeek(out var first) && _time.Now - first >= TimeSpan.FromHours(1))
                calls.Dequeue();
            most = Math.Max(most, calls.Count);
        }

        Assert.That(most, Is.EqualTo(800));
    }

    [Test]
    public void Checkouts_use_up_room_and_are_not_asked()
    {
        for (var i = 0; i < 190; i++)
            _rateLimiter.RecordCall("talkative", fault: null);

        Assert.That(_rateLimiter.HasCapacity(_gateway), Is.False);
    }

    [Test]
    public void Gateways_do_not_share_room()
    {
        CallWhileThereIsRoom();

        Assert.That(_rateLimiter.HasCapacity(_gateway with { SystemName = "other" }), Is.True);
    }

    [Test]
    public void A_provider_that_says_too_many_is_left_alone_for_a_while()
    {
        _rateLimiter.RecordCall("talkative", GatewayFault.TooManyRequests);
        Assert.That(_rateLimiter.HasCapacity(_gateway), Is.False);

        _time.Now += ProviderRateLimiter.PauseAfterTooManyRequests;
        Assert.That(_rateLimiter.HasCapacity(_gateway), Is.True);
    }

    [Test]
    public void Failures_are_counted_until_an_answer_comes()
    {
        _rateLimiter.RecordCall("talkative", GatewayFault.Timeout);
        _rateLimiter.RecordCall("talkative", GatewayFault.ServerError);
        Assert.That(_rateLimiter.ConsecutiveFailures("talkative"), Is.EqualTo(2));

        _rateLimiter.RecordCall("talkative", fault: null);
        Assert.That(_rateLimiter.ConsecutiveFailures("talkative"), Is.Zero);
    }

    [Test]
    public void A_gateway_that_declares_nothing_is_spared_all_the_same() =>
        Assert.That(new TalkativeGateway().Descriptor.Limits.Single(), Is.EqualTo(new CallLimit(240, TimeSpan.FromMinutes(1))));

    private int CallWhileThereIsRoom()
    {
        var calls = 0;
        for (; _rateLimiter.HasCapacity(_gateway); calls++)
            _rateLimiter.RecordCall("talkative", fault: null);
        return calls;
    }
}
