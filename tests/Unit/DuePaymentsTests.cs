using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace CryptoGateways.Tests.Unit;

public sealed class DuePaymentsTests
{
    private readonly ManualTime _time = new();

    private Rows<CryptoPayment> _payments = null!;
    private Rows<PaymentEvent> _events = null!;

    [SetUp]
    public void Start() => (_payments, _events) = (new Rows<CryptoPayment>(), new Rows<PaymentEvent>());

    [Test]
    public async Task Webhooks_come_first_then_shoppers_who_wait_then_the_longest_overdue()
    {
        Add(ageInMinutes: 600, overdueBySeconds: 10);
        Add(ageInMinutes: 600, overdueBySeconds: 500);
        Add(ageInMinutes: 5, overdueBySeconds: 1);
        Add(ageInMinutes: 600, overdueBySeconds: -60);
        _events.Insert(new PaymentEvent { PaymentId = 4, Kind = PaymentEventKind.Webhook });
        _events.Insert(new PaymentEvent { PaymentId = 1, Kind = PaymentEventKind.Webhook, ProcessedOnUtc = _time.Now });

        Assert.That(await DueAsync(), Is.EqualTo(new[] { 4, 3, 2, 1, 3 }));
    }

    [Test]
    public async Task What_is_not_due_or_another_gateways_is_left_alone()
    {
        Add(ageInMinutes: 5, overdueBySeconds: -1);
        Add(ageInMinutes: 5, overdueBySeconds: 60, gateway: "other");
        Add(ageInMinutes: 5, overdueBySeconds: null);
        _events.Insert(new PaymentEvent { PaymentId = 2, Kind = PaymentEventKind.Webhook });

        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task Pages_neither_skip_nor_repeat_payments_that_are_due_since_the_same_moment()
    {
        for (var i = 0; i < 350; i++)
            Add(ageInMinutes: 600, overdueBySeconds: i / 200);

        Assert.That(await DueAsync(), Has.Count.EqualTo(350).And.Unique);
    }

    private void Add(int ageInMinutes, int? overdueBySeconds, string gateway = "talkative") => _payments.Insert(new CryptoPayment
    {
        Gateway = gateway,
        CreatedOnUtc = _time.Now.AddMinutes(-ageInMinutes),
        NextCheckOnUtc = overdueBySeconds is { } seconds ? _time.Now.AddSeconds(-seconds) : null
    });

    private async Task<List<int>> DueAsync()
    {
        var ids = new List<int>();
        await foreach (var id in new DuePayments(_payments.Repository, _events.Repository, _time).OfAsync("talkative"))
            ids.Add(id);
        return ids;
    }
}
