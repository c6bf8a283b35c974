using System.Transactions;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Undoes what a transaction wrote when it is rolled back.
/// </summary>
internal static class Rollbacks
{
    public static void OnRollback(this Transaction? transaction, Action undo)
    {
        if (transaction is not null)
            transaction.TransactionCompleted += (_, args) =>
            {
                if (args.Transaction?.TransactionInformation.Status == TransactionStatus.Aborted)
                    undo();
            };
    }
}
