using Moq;
using Nop.Core.Caching;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Many who want the same lease at once, as copies of a webhook do.
/// </summary>
public class LeaseContentionTests
{
    private static readonly Lease _somebodys = new() { Resource = "order-1", ExpiresOnUtc = DateTime.MaxValue };

    [Test]
    public async Task Losing_to_others_again_and_again_is_no_fault_of_the_database()
    {
        // Nobody at the look, somebody faster at the insert, and gone again at the next look.
        var looks = Enumerable.Repeat<Lease?[]>([null, _somebodys], 20).SelectMany(pair => pair);
        var lost = 20;

        var lease = await Take(looks, () => lost-- > 0);

        Assert.That(lease, Is.Not.Null);
    }

    [Test]
    public async Task Seeing_a_holder_only_before_losing_again_explains_the_losses_too()
    {
        // Somebody at the look; then nobody, somebody faster at the insert, and gone again at once.
        var looks = Enumerable.Repeat<Lease?[]>([_somebodys, null, null], 40).SelectMany(look => look);
        var lost = 40;

        var lease = await Take(looks, () => lost-- > 0);

        Assert.That(lease, Is.Not.Null);
    }

    [Test]
    public void Inserts_that_fail_although_nobody_holds_the_lease_are_a_fault() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => Take([], () => true));

    private static Task<Lease?> Take(IEnumerable<Lease?> looks, Func<bool> insertFails) => AcquireAsync(looks, insertFails, TimeSpan.FromHours(1));

    internal static Task<Lease?> AcquireAsync(IEnumerable<Lease?> looks, Func<bool> insertFails, TimeSpan patience)
    {
        var seen = new Queue<Lease?>(looks);
        var leases = new Mock<IRepository<Lease>>();
        leases.Setup(rows => rows.GetAllAsync(It.IsAny<Func<IQueryable<Lease>, IQueryable<Lease>>>(), It.IsAny<Func<ICacheKeyService, CacheKey>>(), It.IsAny<bool>()))
            .ReturnsAsync(() => seen.TryDequeue(out var lease) && lease is not null ? [lease] : []);
        leases.Setup(rows => rows.InsertAsync(It.IsAny<Lease>(), It.IsAny<bool>()))
            .Returns(() => insertFails() ? Task.FromException(new InvalidOperationException("unique index")) : Task.CompletedTask);
        return new OrderLock(leases.Object, new HastyTime()).AcquireAsync(1, patience);
    }

    /// <summary>A clock by which every pause is over at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
