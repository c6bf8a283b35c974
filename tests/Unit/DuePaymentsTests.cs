using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace CryptoGateways.Tests.Unit;

public sealed class DuePaymentsTests
{
    private readonly ManualTime _time = new();

    private Rows<CryptoPayment> _payments = null!;
    private Rows<PaymentEvent> _events = null!;

    [SetUp]
    public void Start() => (_payments, _events) = (new Rows<CryptoPayment>(), new Rows<PaymentEvent>());

    [Test]
    public async Task New_webhooks_shoppers_who_wait_and_overdue_payments_take_turns()
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
    public async Task A_webhook_that_a_failed_check_has_looked_at_waits_for_the_next_check()
    {
        Add(ageInMinutes: 600, overdueBySeconds: -60, failedChecks: 1, checkedWebhookId: 1);
        Add(ageInMinutes: 600, overdueBySeconds: -60, failedChecks: 1, checkedWebhookId: 1);
        Add(ageInMinutes: 600, overdueBySeconds: null, checkedWebhookId: 3);
        foreach (var payment in new[] { 1, 2, 3 })
            _events.Insert(new PaymentEvent { PaymentId = payment, Kind = PaymentEventKind.Webhook });

        Assert.That(await DueAsync(), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public async Task Payments_that_fail_get_a_fourth_of_the_turns_however_many_they_are([Values(6, 500)] int failing)
    {
        for (var i = 0; i < failing; i++)
            Add(ageInMinutes: 600, overdueBySeconds: 10_000, failedChecks: 3);
        for (var i = 0; i < 3; i++)
            Add(ageInMinutes: 600, overdueBySeconds: 1);
        Add(ageInMinutes: 5, overdueBySeconds: 1);
        Add(ageInMinutes: 600, overdueBySeconds: -60);
        _events.Insert(new PaymentEvent { PaymentId = failing + 5, Kind = PaymentEventKind.Webhook });

        var due = await DueAsync();

        Assert.That(due.Take(10).Where(id => id > failing).Distinct(), Is.EquivalentTo(Enumerable.Range(failing + 1, 5)));
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

    private void Add(int ageInMinutes, int? overdueBySeconds, string gateway = "talkative", int failedChecks = 0, int checkedWebhookId = 0) => _payments.Insert(new CryptoPayment
    {
        Gateway = gateway,
        FailedChecks = failedChecks,
        CheckedWebhookId = checkedWebhookId,
        CreatedOnUtc = _time.Now.AddMinutes(-ageInMinutes),
        NextCheckOnUtc = overdueBySeconds is { } seconds ? _time.Now.AddSeconds(-seconds) : null
    });

    private async Task<List<int>> DueAsync()
    {
        var ids = new List<int>();
        await foreach (var id in new DuePayments(_payments.Repository, new PaymentEventService(_events.Repository, _time), _time).ListAsync("talkative"))
            ids.Add(id);
        return ids;
    }
}
