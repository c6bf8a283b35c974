using Microsoft.Data.Sqlite;

namespace CryptoGateways.Tests.Cluster.Farm;

/// <summary>
/// A look into the stores' tables, and the passing of time: what would be due in a minute is made due now.
/// </summary>
internal sealed class Database(string folder)
{
    private const string LongAgo = "2001-01-01 00:00:00";

    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "store.db"), DefaultTimeout = 30 }.ToString();

    public int LastOrder => (int)Scalar("SELECT COALESCE(MAX(Id), 0) FROM \"Order\"");

    /// <summary>Pieces in stock of what the shopper buys.</summary>
    public int Stock => (int)Scalar("SELECT StockQuantity FROM Product WHERE Id = 1");

    public OrderRow Order(int id) => Read("""
        SELECT OrderStatusId, PaymentStatusId, PaidDateUtc IS NOT NULL,
          (SELECT COUNT(*) FROM PublishedEvent WHERE OrderId = $id),
          (SELECT COUNT(*) FROM QueuedEmail WHERE Subject = 'Order ' || $id || ' paid')
        FROM "Order" WHERE Id = $id
        """, row => new OrderRow(id, row.GetInt32(0) == 40, row.GetInt32(1) == 30, row.GetBoolean(2), row.GetInt32(3), row.GetInt32(4)), id).Single();

    public IReadOnlyList<string> Notes(int orderId) => Read("SELECT Note FROM OrderNote WHERE OrderId = $id ORDER BY Id", row => row.GetString(0), orderId);

    public IReadOnlyList<Attempt> Attempts(int orderId) => Read(
        "SELECT Id, Attempt, Reference, StatusId, NextCheckOnUtc IS NOT NULL, CheckoutUrl IS NOT NULL FROM CryptoPayment WHERE OrderId = $id ORDER BY Attempt",
        row => new Attempt(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetBoolean(4), row.GetBoolean(5)), orderId);

    /// <summary>The order's leases expire, its payments are due for a check, and its claims are old.</summary>
    public void LetTimePass(int orderId)
    {
        Execute($"UPDATE Lease SET ExpiresOnUtc = '{LongAgo}'");
        Execute($"UPDATE CryptoPayment SET NextCheckOnUtc = '{LongAgo}' WHERE OrderId = {orderId} AND NextCheckOnUtc IS NOT NULL");
        // The claims: the platform has had its time to finish what belongs to a paid order.
        Execute($"UPDATE PaymentEvent SET CreatedOnUtc = '{LongAgo}' WHERE KindId = 20");
    }

    /// <summary>The time in which the order's attempt was to be paid is over.</summary>
    public void Expire(int orderId) => Execute($"UPDATE CryptoPayment SET ExpiresOnUtc = '{LongAgo}' WHERE OrderId = {orderId}");

    /// <summary>A node whose clock was far ahead has scheduled the next check, and died while it held the order's lease.</summary>
    public void LeaveFromTheFuture(int orderId)
    {
        Execute($"UPDATE CryptoPayment SET NextCheckOnUtc = '2099-01-01 00:00:00' WHERE OrderId = {orderId}");
        Execute($"INSERT INTO Lease (Resource, Owner, ExpiresOnUtc) VALUES ('order-{orderId}', 'gone', '2099-01-01 00:00:00')");
    }

    /// <summary>Only the tests' own payments are due, and the task may run whenever it is called, also twice at once.</summary>
    public void OnlyTaskCallsCount()
    {
        Execute("UPDATE ScheduleTask SET Seconds = 0, StopOnError = 0");
        Execute("UPDATE CryptoPayment SET NextCheckOnUtc = datetime('now', '+2 hours') WHERE NextCheckOnUtc IS NOT NULL");
    }

    /// <summary>Whether money for a cancelled order opens it again.</summary>
    public void ReopenCancelled(bool reopen) => Execute($"UPDATE Setting SET Value = '{reopen}' WHERE Name = 'cryptogatewayssettings.reopencancelled'");

    public IReadOnlyList<string> Columns(string table) => Read($"SELECT name FROM pragma_table_info('{table}')", row => row.GetString(0));

    public long Scalar(string sql) => Read(sql, row => row.GetInt64(0)).Single();

    public void Execute(string sql) => Read(sql, _ => 0);

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, int id = 0)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}

/// <param name="PaidEvents">How often the platform announced the order as paid.</param>
/// <param name="PaidMails">How often it told so by mail.</param>
internal sealed record OrderRow(int Id, bool Cancelled, bool Paid, bool HasPaidDate, int PaidEvents, int PaidMails);

/// <param name="Status">As CryptoPaymentStatus is stored.</param>
/// <param name="Watched">The task will look at it again.</param>
/// <param name="HasPage">The address of the provider's page is known.</param>
internal sealed record Attempt(int Id, int Number, string Reference, int Status, bool Watched, bool HasPage);
