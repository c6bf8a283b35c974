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
}
