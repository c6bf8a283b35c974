using System.Data.Common;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The exclusive right to change an order's payments, for one worker of the whole web farm. It is a row with a unique key, inserted to
/// acquire the lease and deleted to release it. After its holder died, it is removed once it has expired.
/// </summary>
public class OrderLock(IRepository<Lease> leases, TimeProvider time)
{
    /// <summary>How long a lease is valid. Holders finish well before, see <see cref="WorkTime"/>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(55);

    /// <summary>The most time that a holder may spend on calls to providers.</summary>
    public static readonly TimeSpan WorkTime = TimeSpan.FromSeconds(40);

    /// <summary>The largest difference between the clocks of two nodes.</summary>
    private static readonly TimeSpan _maxClockSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Consecutive inserts that may fail without a visible holder before the failure is thrown. Copies of a webhook hold
    /// the lease for a few milliseconds, so that others seldom see the holder.
    /// </summary>
    private const int MaxUnexplainedFailures = 20;

    /// <summary>
    /// Acquires the lease of an order, waiting up to <paramref name="lockTimeout"/> for another holder. Returns null when another worker
    /// still holds it.
    /// </summary>
    /// <exception cref="Exception">The database rejects the row although nobody holds the lease.</exception>
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
            catch (Exception) when (++failures < MaxUnexplainedFailures)
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

    /// <summary>False when the lease has expired, so that another worker may have acquired it.</summary>
    public Task<bool> IsHeldAsync(Lease lease) => Held(lease).AnyAsync();

    /// <summary>The row of a lease while it is held, for a statement that has to check more than the lease.</summary>
    public IQueryable<Lease> Held(Lease lease)
    {
        var (id, owner, now) = (lease.Id, lease.Owner, Now);
        return leases.Table.Where(row => row.Id == id && row.Owner == owner && row.ExpiresOnUtc > now);
    }

    public Task ReleaseAsync(Lease lease) => leases.DeleteAsync(lease, publishEvent: false);

    private Task PauseAsync() => Task.Delay(_pause * (0.5 + Random.Shared.NextDouble()), time);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Expired, or stored while a clock was far ahead: such a lease would block the order until then.</summary>
    private bool IsOver(Lease lease) => lease.ExpiresOnUtc <= Now || lease.ExpiresOnUtc > Now + Lifetime + _maxClockSkew;

    private async Task<Lease?> FindAsync(string resource) =>
        (await leases.GetAllAsync(query => query.Where(lease => lease.Resource == resource))).FirstOrDefault();

    private async Task<Lease> InsertAsync(string resource)
    {
        var lease = new Lease { Resource = resource, Owner = Guid.NewGuid().ToString("N"), ExpiresOnUtc = Now + Lifetime };
        await leases.InsertAsync(lease, publishEvent: false);
        return lease;
    }

    /// <summary>
    /// True for exactly one of several workers that remove the same row.
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
            // The platform deletes in a serializable transaction, and PostgreSQL rejects one of two. Another worker has removed the row.
            return false;
        }
    }
}
