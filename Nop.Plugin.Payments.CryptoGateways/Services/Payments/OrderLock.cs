using System.Data.Common;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The right to change an order's payments, held by one worker in the whole web farm. It stands in the database: a unique row is
/// inserted to take it and deleted to release it; one whose holder died is removed after it expired.
/// </summary>
public class OrderLock(IRepository<Lease> leases, TimeProvider time)
{
    /// <summary>How long a lease counts. Holders finish well before: see <see cref="WorkTime"/>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(55);

    /// <summary>The longest that a holder may spend on calls to providers.</summary>
    public static readonly TimeSpan WorkTime = TimeSpan.FromSeconds(40);

    /// <summary>How far apart the clocks of two nodes may be.</summary>
    private static readonly TimeSpan _largestClockDifference = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Inserts that may fail in a row, with nobody ever seen holding the lease, before the database is to blame. Copies of a webhook
    /// hold it for a few milliseconds, so that losers seldom see the holder.
    /// </summary>
    private const int UnexplainedFailures = 20;

    /// <summary>
    /// Takes the lease on an order, waiting up to <paramref name="lockTimeout"/> for another holder. Returns null when another worker
    /// still holds it.
    /// </summary>
    /// <exception cref="Exception">The database refuses the row although nobody holds the lease.</exception>
    public async Task<Lease?> AcquireAsync(int orderId, TimeSpan lockTimeout)
    {
        var resource = $"order-{orderId}";
        var started = time.GetTimestamp();
        for (var failures = 0; ;)
        {
            try
            {
                // Most orders are free, so the insert comes before any read.
                return await InsertAsync(resource);
            }
            catch (Exception) when (++failures < UnexplainedFailures)
            {
                // Another worker holds it, or the database is at fault: its exception types are unknown here, so a read decides.
            }

            while (await FindAsync(resource) is { } holder)
            {
                failures = 0;
                if (IsOver(holder) && await RemoveAsync(holder))
                    break;
                if (time.GetElapsedTime(started) >= lockTimeout)
                    return null;
                await PauseAsync();
            }

            // A failure that no holder explains is repeated until it is explained or thrown: it must not look like a busy order.
            if (failures > 0)
                await PauseAsync();
        }
    }

    /// <summary>False when the holder was so slow that somebody else may have taken over.</summary>
    public Task<bool> IsHeldAsync(Lease lease) => Held(lease).AnyAsync();

    /// <summary>The row of a lease while it is held, for a statement that has to check more than the lease.</summary>
    public IQueryable<Lease> Held(Lease lease)
    {
        var (id, owner, now) = (lease.Id, lease.Owner, Now);
        return leases.Table.Where(row => row.Id == id && row.Owner == owner && row.ExpiresOnUtc > now);
    }

    /// <summary>True when the holder was so slow that the lease has expired; without a look at the database.</summary>
    public bool IsExpired(Lease lease) => lease.ExpiresOnUtc <= Now;

    public Task ReleaseAsync(Lease lease) => leases.DeleteAsync(lease, publishEvent: false);

    private Task PauseAsync() => Task.Delay(_pause * (0.5 + Random.Shared.NextDouble()), time);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Expired, or written while a clock was far ahead: such a lease would block the order until that time.</summary>
    private bool IsOver(Lease lease) => lease.ExpiresOnUtc <= Now || lease.ExpiresOnUtc > Now + Lifetime + _largestClockDifference;

    private async Task<Lease?> FindAsync(string resource) =>
        (await leases.GetAllAsync(query => query.Where(lease => lease.Resource == resource))).FirstOrDefault();

    private async Task<Lease> InsertAsync(string resource)
    {
        var lease = new Lease { Resource = resource, Owner = Guid.NewGuid().ToString("N"), ExpiresOnUtc = Now + Lifetime };
        await leases.InsertAsync(lease, publishEvent: false);
        return lease;
    }

    /// <summary>
    /// True for exactly one of all that try to remove the same row.
    /// </summary>
    private async Task<bool> RemoveAsync(Lease lease)
    {
        var (id, owner) = (lease.Id, lease.Owner);
        try
        {
            return await leases.DeleteAsync(row => row.Id == id && row.Owner == owner) == 1;
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
            // The platform deletes in a serializable transaction; of two at once PostgreSQL refuses one. It is not ours then.
            return false;
        }
    }
}
