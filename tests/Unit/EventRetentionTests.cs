using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.Configuration;

namespace CryptoGateways.Tests.Unit;

public sealed class EventRetentionTests
{
    private readonly ManualTime _time = new();

    private Rows<CryptoPayment> _payments = null!;
    private Rows<PaymentEvent> _events = null!;

    [SetUp]
    public void Start() => (_payments, _events) = (new Rows<CryptoPayment>(), new Rows<PaymentEvent>());

    [TestCase(PaymentEventKind.Webhook, 91, false)]
    [TestCase(PaymentEventKind.StatusChange, 91, false)]
    [TestCase(PaymentEventKind.PaidMarker, 3650, true, Description = "a claim keeps an order from being paid twice for ever")]
    [TestCase(PaymentEventKind.Webhook, 89, true)]
    [TestCase(PaymentEventKind.StatusChange, 89, true)]
    public async Task Old_rows_of_a_payment_that_is_over_are_removed(PaymentEventKind kind, int days, bool kept)
    {
        Add(kind, days, CryptoPaymentStatus.Paid);
        await PurgeAsync();

        Assert.That(_events.All, Has.Count.EqualTo(kept ? 1 : 0));
    }

    [Test]
    public async Task Nothing_of_a_payment_that_may_still_change_is_removed([Values] CryptoPaymentStatus status)
    {
        Add(PaymentEventKind.Webhook, 1000, status, isWatched: true);
        await PurgeAsync();

        Assert.That(_events.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_of_a_payment_that_waits_for_a_person_is_removed(
        [Values(CryptoPaymentStatus.Disputed, CryptoPaymentStatus.Underpaid, CryptoPaymentStatus.Authorized, CryptoPaymentStatus.Creating)] CryptoPaymentStatus status)
    {
        Add(PaymentEventKind.Webhook, 1000, status);
        await PurgeAsync();

        Assert.That(_events.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_webhook_that_nobody_acted_on_is_kept()
    {
        Add(PaymentEventKind.Webhook, 1000, CryptoPaymentStatus.Paid, isProcessed: false);
        await PurgeAsync();

        Assert.That(_events.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_removes_so_many_and_the_next_goes_on()
    {
        Add(PaymentEventKind.Webhook, 1000, CryptoPaymentStatus.Paid, count: EventRetention.BatchSize * EventRetention.Batches + 1);
        await PurgeAsync();
        Assert.That(_events.All, Has.Count.EqualTo(1));

        await PurgeAsync();
        Assert.That(_events.All, Is.Empty);
    }

    private void Add(PaymentEventKind kind, int days, CryptoPaymentStatus status, bool isWatched = false, bool isProcessed = true, int count = 1)
    {
        _payments.Insert(new CryptoPayment { Status = status, NextCheckOnUtc = isWatched ? _time.Now : null });
        for (var i = 0; i < count; i++)
            _events.Insert(new PaymentEvent { PaymentId = 1, Kind = kind, CreatedOnUtc = _time.Now.AddDays(-days), ProcessedOnUtc = isProcessed ? _time.Now.AddDays(-days) : null });
    }

    private Task PurgeAsync()
    {
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(0)).ReturnsAsync(new CryptoGatewaysSettings());
        return new EventRetention(new PaymentEventService(_events.Repository, _time), _payments.Repository, settings.Object, _time).PurgeAsync();
    }
}
