using System.Data.Common;
using System.Transactions;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// A check and the write that depends on it, in one serializable transaction: PostgreSQL rejects the transaction when a checked row
/// changes in between, SQL Server and MySQL lock the row.
/// </summary>
public static class CheckedWrite
{
    /// <summary>Tries of a transaction that the database rejects because of concurrent writes.</summary>
    private const int MaxTries = 5;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the transaction, repeatedly if the database rejects it.</summary>
    /// <param name="work">Checks and writes; false rolls the writes back.</param>
    /// <param name="time">The clock for the pauses between two tries.</param>
    /// <returns>The result of <paramref name="work"/>.</returns>
    /// <exception cref="DbException">The database rejects the write.</exception>
    public static async Task<bool> RunAsync(Func<Task<bool>> work, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                if (!await work())
                    return false;

                transaction.Complete();
                return true;
            }
            catch (Exception exception) when (exception is DbException or TransactionException && tries < MaxTries)
            {
                // Repeated after a pause.
            }
            await Task.Delay(_pause * tries * (0.5 + Random.Shared.NextDouble()), time);
        }
    }
}
