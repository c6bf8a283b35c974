namespace CryptoGateways.Tests.Simulators;

public sealed class AbandonTests : SimulatorFixture
{
    private readonly ManualTime _time = new();

    protected override TimeProvider Time => _time;

    [Test]
    public async Task An_unpaid_payment_is_abandoned_after_ten_minutes_and_a_paid_one_is_not()
    {
        await Create(Payment("unpaid"));
        await Create(Payment("paid"));
        await Control("payments/paid/pay");

        _time.Advance(TimeSpan.FromMinutes(10));
        await Look("wait?for=webhooks&count=2");

        var events = (await Look("webhooks")).AsArray().Select(d => $"{d!["reference"]}: {d["eventType"]}");
        Assert.That(events, Is.EqualTo(new[] { "paid: payment_completed", "unpaid: payment_abandoned" }));
    }
}
