using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A holder that was stopped for a while must not overwrite what its successor wrote.
/// </summary>
public sealed class SynchronizerLeaseTests
{
    [Test]
    public async Task Whoever_lost_the_lease_while_the_provider_answered_writes_nothing(
        [Values(ProviderStatus.Completed, ProviderStatus.Canceled, ProviderStatus.Disputed, ProviderStatus.Waiting)] ProviderStatus status, [Values] bool expired)
    {
        var shop = new Shop();
        shop.Gateway.Answer = () =>
        {
            shop.Leases.Change(lease => (lease.Owner, lease.ExpiresOnUtc) = expired ? (lease.Owner, shop.Time.Now) : ("another node", lease.ExpiresOnUtc));
            return Facts.Answer(status);
        };

        await shop.SynchronizeAsync();

        Assert.That((shop.Marks, shop.Payments.Single.Status, shop.Payments.Single.Checks), Is.EqualTo((0, CryptoPaymentStatus.AwaitingPayment, 0)));
        Assert.That((shop.Notes.Count, shop.Events.All.Count), Is.EqualTo((0, 0)));
    }

    /// <summary>A node whose clock is ahead removes a lease that has not expired by ours.</summary>
    [Test]
    public async Task A_lease_that_another_node_acquired_while_the_order_was_claimed_marks_nothing()
    {
        var shop = new Shop { Gateway = { Answer = () => Facts.Answer(ProviderStatus.Completed) } };
        shop.Events.OnWrite = () => shop.Leases.Change(lease => lease.Owner = "another node");

        await shop.SynchronizeAsync();

        Assert.That((shop.Marks, shop.Notes.Count, shop.Payments.Single.Status), Is.EqualTo((0, 0, CryptoPaymentStatus.AwaitingPayment)));
        Assert.That(shop.Events.All, Is.Empty, "the claim was rolled back");
    }
}
