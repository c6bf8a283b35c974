using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace CryptoGateways.Tests.Unit;

public sealed class RejectedWebhooksTests
{
    private static readonly GatewayDescriptor _gateway = Registered.Gateways[0].Descriptor;

    private readonly ManualTime _time = new();
    private readonly List<string> _log = [];

    private RejectedWebhooks _refused = null!;

    [SetUp]
    public void Start()
    {
        _log.Clear();
        _refused = new RejectedWebhooks(_time);
    }

    [Test]
    public void Ten_thousand_refused_webhooks_make_two_lines()
    {
        for (var i = 0; i < 10_000; i++)
            Refuse(detail: $"payment {i}");
        RunTask();
        _time.Now += RejectedWebhooks.Pause;
        RunTask();
        RunTask();

        Assert.That(_log, Is.EqualTo(new[]
        {
            $"{_gateway.Name}: a webhook was rejected: payment 0",
            $"{_gateway.Name}: 9999 more webhooks were rejected: the signature is wrong"
        }));
    }

    [Test]
    public void Without_the_task_the_next_one_after_a_minute_tells_of_all_until_then()
    {
        Refuse();
        Refuse();
        _time.Now += RejectedWebhooks.Pause;
        Refuse();
        Refuse();

        Assert.That(_log, Has.Count.EqualTo(2).And.Some.Contains(" 2 more "));
    }

    [Test]
    public void A_flood_of_an_hour_makes_one_line_a_minute()
    {
        for (var i = 0; i < 3600; i++)
        {
            Refuse();
            _time.Now += TimeSpan.FromSeconds(1);
        }

        Assert.That(_log, Has.Count.EqualTo(60));
    }

    [Test]
    public void After_a_quiet_minute_the_next_one_is_told_with_its_detail()
    {
        Refuse();
        _time.Now += RejectedWebhooks.Pause;
        RunTask();
        Refuse(detail: "again");

        Assert.That(_log[^1], Does.EndWith("a webhook was rejected: again"));
    }

    [Test]
    public void Gateways_and_reasons_are_told_apart()
    {
        Refuse();
        Refuse(RejectionReason.Malformed);
        Refuse(gateway: _gateway with { SystemName = "other", Name = "Other" });

        Assert.That(_log, Has.Count.EqualTo(3));
    }

    [Test]
    public void Callers_at_once_are_each_counted_and_told_once()
    {
        Parallel.For(0, 1000, _ => Refuse());
        _time.Now += RejectedWebhooks.Pause;
        RunTask();

        Assert.That(_log, Has.Count.EqualTo(2).And.Some.Contains(" 999 more "));
    }

    private void Refuse(RejectionReason reason = RejectionReason.WrongSignature, GatewayDescriptor? gateway = null, string detail = "the signature is wrong")
    {
        if (_refused.Count(gateway ?? _gateway, reason, detail) is { } line)
            lock (_log)
                _log.Add(line.Text);
    }

    private void RunTask() => _log.AddRange(_refused.TakeDueEntries().Select(line => line.Text));
}
