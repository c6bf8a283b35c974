using System.Data;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CryptoGateways.Sandbox.Data;

/// <summary>
/// Lets a TransactionScope hold, as it does on the platform's databases: SQLite takes no part in ambient transactions by itself. Each
/// one gets a connection of its own, with the database's write lock from its first statement to its end.
/// </summary>
public sealed class AmbientTransaction : ISinglePhaseNotification
{
    private static readonly ConditionalWeakTable<Transaction, AmbientTransaction> _open = [];

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private AmbientTransaction(StoreDb db)
    {
        _connection = new SqliteConnection(db.Database.GetConnectionString());
        _connection.Open();
        _transaction = _connection.BeginTransaction();
    }

    /// <summary>A context inside the ambient transaction; null when there is none.</summary>
    public static async Task<StoreDb?> JoinAsync(IDbContextFactory<StoreDb> contexts)
    {
        if (Transaction.Current is not { } transaction)
            return null;

        var context = await contexts.CreateDbContextAsync();
        if (!_open.TryGetValue(transaction, out var joined))
        {
            _open.Add(transaction, joined = new AmbientTransaction(context));
            transaction.EnlistVolatile(joined, EnlistmentOptions.None);
        }
        context.Database.SetDbConnection(joined._connection);
        // Entity Framework refuses a transaction beside the ambient one, whose part this is.
        using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled))
            await context.Database.UseTransactionAsync(joined._transaction);
        return context;
    }

    public void SinglePhaseCommit(SinglePhaseEnlistment singlePhaseEnlistment)
    {
        try
        {
            _transaction.Commit();
            singlePhaseEnlistment.Committed();
        }
        catch (SqliteException exception)
        {
            singlePhaseEnlistment.Aborted(exception);
        }
        finally
        {
            _connection.Dispose();
        }
    }

    public void Prepare(PreparingEnlistment preparingEnlistment) => preparingEnlistment.Prepared();

    public void Commit(Enlistment enlistment)
    {
        _transaction.Commit();
        _connection.Dispose();
        enlistment.Done();
    }

    public void Rollback(Enlistment enlistment)
    {
        _transaction.Rollback();
        _connection.Dispose();
        enlistment.Done();
    }

    public void InDoubt(Enlistment enlistment) => enlistment.Done();
}
