using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A worker that was paused, or that meets a changed order, writes nothing over what others wrote and leaves its webhooks to the next run.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PausedWorkerTests
{
    private readonly Shop _shop = new();

    [SetUp]
    public void Receive() => _shop.Events.Insert(new PaymentEvent { EventKey = "webhook", PaymentId = 1, Kind = PaymentEventKind.Webhook, CreatedOnUtc = _shop.Time.Now });

    private DateTime? Processed => _shop.Events.All.Single(row => row.EventKey == "webhook").ProcessedOnUtc;

    [Test]
    public async Task Nothing_is_written_over_a_row_that_changed_while_the_provider_answered([Values] ProviderStatus status)
    {
        _shop.Gateway.Answer = () =>
        {
            _shop.Payments.Change(row => (row.Status, row.RowVersion) = (Disputed, row.RowVersion + 1));
            return Facts.Answer(status);
        };

        await _shop.SynchronizeAsync();

        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.Checks), Is.EqualTo((Disputed, 0)));
        Assert.That(Processed, Is.Null, "the next run acts on it");
    }

    [Test]
    public async Task A_webhook_of_a_run_that_lost_its_lease_is_left_for_the_next_one()
    {
        _shop.Gateway.Answer = () =>
        {
            _shop.Leases.Change(lease => lease.Owner = "another node");
            return Facts.Answer(ProviderStatus.Completed);
        };
        await _shop.SynchronizeAsync();
        Assert.That((Processed, _shop.Marks), Is.EqualTo(((DateTime?)null, 0)));

        _shop.Leases.Change(lease => lease.ExpiresOnUtc = _shop.Time.Now);
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(onlyIfDue: true);
        Assert.That((Processed is not null, _shop.Marks, _shop.Payments.Single.Status), Is.EqualTo((true, 1, Paid)));
    }

    [Test]
    public async Task A_webhook_whose_order_changed_meanwhile_is_left_and_a_check_is_scheduled()
    {
        // The platform pays the order by another hand between our read and our mark.
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        _shop.Orders.OnRead = () =>
        {
            if (_shop.Gateway.Questions > 0 && ++_reads == 2)
                _shop.Orders.Change(order => order.PaymentStatus = PaymentStatus.Refunded);
        };
        await _shop.SynchronizeAsync();

        Assert.That((Processed, _shop.Marks, _shop.Payments.Single.Status), Is.EqualTo(((DateTime?)null, 0, AwaitingPayment)));
        Assert.That(_shop.Payments.Single.NextCheckOnUtc, Is.LessThanOrEqualTo(_shop.Time.Now.AddMinutes(1)));

        _shop.Orders.OnRead = () => { };
        await _shop.SynchronizeAsync(onlyIfDue: true);
        Assert.That((Processed is not null, _shop.Payments.Single.Status), Is.EqualTo((true, PaidLate)), "it was paid in another way, and a person is told");
    }

    private int _reads;

    [Test]
    public async Task Every_write_counts_the_rows_version_up()
    {
        await _shop.SynchronizeAsync();
        await _shop.SynchronizeAsync();
        Assert.That(_shop.Payments.Single.RowVersion, Is.EqualTo(2));
    }

    [Test]
    public void A_database_that_refuses_the_lease_is_an_error_and_not_a_busy_order() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => LeaseContentionTests.AcquireAsync([], () => true, TimeSpan.Zero));
}
