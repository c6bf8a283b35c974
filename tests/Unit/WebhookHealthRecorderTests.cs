using Moq;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Logging;

namespace CryptoGateways.Tests.Unit;

public sealed class WebhookHealthRecorderTests
{
    private static readonly GatewayDescriptor _gateway = Registered.Gateways[0].Descriptor;

    private readonly ManualTime _time = new();

    private Rows<GatewayHealth> _health = null!;
    private Rows<AdminAlert> _alerts = null!;
    private int _writes;
    private WebhookHealthRecorder _record = null!;

    [SetUp]
    public void Start()
    {
        _writes = 0;
        _health = new(row =>
        {
            _writes++;
            return row.Gateway;
        });
        _alerts = new(row => row.AlertKey);
        _record = new WebhookHealthRecorder(new RejectedWebhooks(_time), new AcceptedWebhooks(_time), new GatewayHealthStore(_health.Repository), GatewayHealthMonitorTests.Alerts(_alerts, _time), _time, Mock.Of<ILogger>());
    }

    [Test]
    public async Task What_strangers_send_is_written_once_a_minute()
    {
        for (var i = 0; i < 1000; i++)
            await RefuseAsync();
        Assert.That((_health.All.Count, _health.Single.RefusedCount), Is.EqualTo((1, 1)));

        _time.Now += RejectedWebhooks.Pause;
        await _record.LogDueAsync();

        Assert.That((_health.Single.RefusedCount, _health.Single.LastRefusedOnUtc), Is.EqualTo((1000, _time.Now)));
    }

    [Test]
    public async Task Webhooks_that_are_refused_again_and_again_call_a_person_until_one_is_accepted()
    {
        for (var i = 0; i < WebhookHealthRecorder.AlertThreshold; i++)
            await RefuseAsync();
        Assert.That(_alerts.All, Is.Empty);
        _time.Now += RejectedWebhooks.Pause;
        await _record.LogDueAsync();
        Assert.That(_alerts.Single.ResolvedOnUtc, Is.Null);

        await _record.RecordAcceptedAsync(_gateway);

        Assert.That(_alerts.Single.ResolvedOnUtc, Is.Not.Null);
        Assert.That((_health.Single.LastAcceptedOnUtc, _health.Single.RefusedCount, _health.Single.RefusalReasonId), Is.EqualTo((_time.Now, 0, (int)RejectionReason.WrongSignature)));
    }

    [Test]
    public async Task Of_many_accepted_webhooks_one_is_written_every_five_minutes_and_the_first_after_a_refused_one()
    {
        await _record.RecordAcceptedAsync(_gateway);
        var writes = _writes;
        for (var i = 0; i < 100; i++)
            await _record.RecordAcceptedAsync(_gateway);
        Assert.That(_writes, Is.EqualTo(writes));

        await RefuseAsync();
        await _record.RecordAcceptedAsync(_gateway);

        Assert.That(_health.Single.RefusedCount, Is.EqualTo(0));
    }

    private Task RefuseAsync() => _record.RecordRejectedAsync(_gateway, RejectionReason.WrongSignature, "the signature is wrong");
}
