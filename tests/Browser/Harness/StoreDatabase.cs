using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>The store's database, seen from outside.</summary>
internal sealed class StoreDatabase(string file)
{
    public const string FileName = "store.db";

    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();

    /// <summary>The order's attempts, oldest first.</summary>
    public Task<IReadOnlyList<Attempt>> AttemptsAsync(int orderId) => QueryAsync(
        """
        SELECT "Id", "OrderId", "Reference", "ExternalId", "CheckoutUrl", "StatusId", "NextCheckOnUtc", "PayCurrency" FROM "CryptoPayment"
        WHERE "OrderId" = $0 ORDER BY "Attempt"
        """, ReadAttempt, orderId);

    public async Task<Attempt> AttemptAsync(string reference) => (await QueryAsync(
        """
        SELECT "Id", "OrderId", "Reference", "ExternalId", "CheckoutUrl", "StatusId", "NextCheckOnUtc", "PayCurrency" FROM "CryptoPayment"
        WHERE "Reference" = $0
        """, ReadAttempt, reference)).Single();

    /// <inheritdoc cref="Store.FillPaymentsAsync"/>
    public async Task FillPaymentsAsync(int count)
    {
        const string named = "OrderId,StoreId,Attempt,Gateway,Reference,ExternalId,PriceAmount,PriceCurrency,Coin,PayAmount,"
            + "PayCurrency,TokenNonce,Checks,ProviderStatus,TransactionIds,StatusId,CreatedOnUtc,UpdatedOnUtc,PaidOnUtc,SecondsToPaid";
        // Other columns that need a value get none that matters here.
        var others = (await QueryAsync("""SELECT name FROM pragma_table_info('CryptoPayment') WHERE "notnull" = 1 AND pk = 0""", row => row.GetString(0))).Except(named.Split(',')).ToList();
        await QueryAsync($"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $0)
        INSERT INTO "CryptoPayment" ({string.Join(',', named.Split(',').Concat(others).Select(column => $"\"{column}\""))})
        SELECT 1000000 + i, 1, 1, 'coinskro', printf('ref%017d', i), 'ext-' || i, '12.5', 'USD', CASE i % 3 WHEN 0 THEN 'USDT' WHEN 1 THEN 'USDC' ELSE 'PI' END, '12.5',
            'USDT', 'nonce', 1, '=1+1', printf('feedfacefeedface%08d', i),
            CASE WHEN i % 10 < 7 THEN 40 WHEN i % 10 < 9 THEN 50 ELSE 51 END,
            datetime('2026-01-01', '+' || ((i - 1) / 24) || ' days', '+' || (i % 24) || ' hours'), '2026-01-01 00:00:00',
            CASE WHEN i % 10 < 7 THEN datetime('2026-01-01', '+' || ((i - 1) / 24) || ' days', '+' || (i % 24) || ' hours', '+' || (i * 10) || ' seconds') END,
            CASE WHEN i % 10 < 7 THEN i * 10 END
            {string.Concat(others.Select(column => column.EndsWith("OnUtc", StringComparison.Ordinal) ? ", '2026-01-01 00:00:00'" : ", 0"))}
        FROM n
        """, row => row.GetInt32(0), count);
    }

    /// <summary>Seconds from the start of an order's only attempt until the answer to its create call was stored.</summary>
    public async Task<int> SecondsToAnswerAsync(int orderId) => (await QueryAsync(
        """SELECT CAST((julianday("UpdatedOnUtc") - julianday("CreatedOnUtc")) * 86400 AS INTEGER) FROM "CryptoPayment" WHERE "OrderId" = $0""", row => row.GetInt32(0), orderId)).Single();

    /// <summary>The funds of the filled-in payments in a coin were seen a time before they were paid.</summary>
    public Task SeeFundsAsync(string coin, TimeSpan before) => QueryAsync(
        $"""UPDATE "CryptoPayment" SET "FundsSeenOnUtc" = datetime("PaidOnUtc", '-{(int)before.TotalSeconds} seconds') WHERE "OrderId" > 1000000 AND "Coin" = $0 AND "PaidOnUtc" IS NOT NULL""", row => row.GetInt32(0), coin);

    public async Task<int> LastOrderAsync() => (await QueryAsync("""SELECT MAX("Id") FROM "Order" """, row => row.GetInt32(0))).Single();

    /// <summary>Stored webhooks about an attempt, oldest first: whether they were acted on.</summary>
    public Task<IReadOnlyList<bool>> WebhooksAsync(Attempt attempt) =>
        QueryAsync("""SELECT "ProcessedOnUtc" IS NOT NULL FROM "PaymentEvent" WHERE "PaymentId" = $0 AND "KindId" = 0 ORDER BY "Id" """, row => row.GetBoolean(0), attempt.Id);

    /// <summary>The claim to mark the order as paid: null when there is none, else whether it was stamped.</summary>
    public async Task<bool?> ClaimAsync(int orderId) => (await QueryAsync(
        """SELECT "ProcessedOnUtc" IS NOT NULL FROM "PaymentEvent" WHERE "EventKey" = $0""", row => (bool?)row.GetBoolean(0), $"paid-order-{orderId}")).SingleOrDefault();

    /// <summary>Changes columns of an attempt behind the store's back: what no provider can be made to say here and now.</summary>
    public async Task ChangeAsync(Attempt attempt, params (string Column, object? Value)[] changes)
    {
        var columns = changes.Select((change, i) => $"\"{change.Column}\" = ${i + 1}");
        await QueryAsync($"""UPDATE "CryptoPayment" SET {string.Join(", ", columns)} WHERE "Id" = $0""", row => row.GetInt32(0),
            [attempt.Id, .. changes.Select(change => change.Value is DateTime time ? time.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture) : change.Value ?? DBNull.Value)]);
    }

    /// <summary>The provider listens at another address than when the store was configured.</summary>
    public Task MoveProviderAsync(Uri from, Uri to) =>
        QueryAsync("""UPDATE "Setting" SET "Value" = replace("Value", $0, $1)""", row => row.GetInt32(0), from.AbsoluteUri, to.AbsoluteUri);

    /// <summary>The store's only language is written from right to left, or not.</summary>
    public Task WriteRightToLeftAsync(bool rightToLeft) => QueryAsync("""UPDATE "Language" SET "Rtl" = $0""", row => row.GetInt32(0), rightToLeft ? 1 : 0);

    /// <summary>The mails that wait to be sent to an address, oldest first.</summary>
    public Task<IReadOnlyList<(string Subject, string Body)>> MailsAsync(string to) =>
        QueryAsync("""SELECT "Subject", "Body" FROM "QueuedEmail" WHERE "To" = $0 ORDER BY "Id" """, row => (row.GetString(0), row.GetString(1)), to);

    /// <summary>Everything of the plugin's that a webhook could change.</summary>
    public async Task<IReadOnlyList<string>> FingerprintAsync() =>
    [
        .. await QueryAsync("""SELECT * FROM "CryptoPayment" """, WholeRow),
        .. await QueryAsync("""SELECT * FROM "PaymentEvent" """, WholeRow),
        .. await QueryAsync("""SELECT * FROM "Order" """, WholeRow),
        .. await QueryAsync("""SELECT * FROM "OrderNote" """, WholeRow)
    ];

    /// <summary>Names of tables, settings, texts, mails and tasks: what installing adds and uninstalling has to remove.</summary>
    public async Task<IReadOnlyList<string>> InventoryAsync() =>
    [
        .. await QueryAsync("SELECT 'table ' || name FROM sqlite_master WHERE type IN ('table', 'index')", row => row.GetString(0)),
        .. await QueryAsync("""SELECT 'setting ' || "Name" || ' of store ' || "StoreId" FROM "Setting" """, row => row.GetString(0)),
        .. await QueryAsync("""SELECT 'text ' || "ResourceName" FROM "LocaleStringResource" """, row => row.GetString(0)),
        .. await QueryAsync("""SELECT 'mail ' || "Name" FROM "MessageTemplate" """, row => row.GetString(0)),
        .. await QueryAsync("""SELECT 'translation ' || "LocaleKeyGroup" || ' ' || "EntityId" || ' ' || "LocaleKey" FROM "LocalizedProperty" """, row => row.GetString(0)),
        .. await QueryAsync("""SELECT 'task ' || "Type" FROM "ScheduleTask" """, row => row.GetString(0))
    ];

    /// <summary>How many rows each table has, but for the log.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RowsAsync()
    {
        var counts = new Dictionary<string, int>();
        foreach (var table in await QueryAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'Log'", row => row.GetString(0)))
            counts[table] = (await QueryAsync($"""SELECT COUNT(*) FROM "{table}" """, row => row.GetInt32(0))).Single();
        return counts;
    }

    /// <summary>Writes a setting of all stores behind the store's back.</summary>
    public Task SetSettingAsync(string name, string value) => QueryAsync(
        """INSERT INTO "Setting" ("Name", "Value", "StoreId") VALUES ($0, $1, 0)""", row => row.GetInt32(0), name, value);

    public async Task<string> SettingAsync(string name) =>
        (await QueryAsync("""SELECT "Value" FROM "Setting" WHERE "Name" = $0""", row => row.GetString(0), name)).Single();

    /// <summary>The database's bytes, with those that are still in its log, as text.</summary>
    public string Bytes() => string.Concat(Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "store.db*").Select(part =>
    {
        using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));

    private static Attempt ReadAttempt(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
        (AttemptStatus)row.GetInt32(5), !row.IsDBNull(6), row.GetString(7));

    private static string WholeRow(SqliteDataReader row) => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue));

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        await using var connection = new SqliteConnection(_connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i]);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}

/// <summary>A row of the plugin's attempts. An unknown provider's id starts with "~".</summary>
internal sealed record Attempt(
    int Id, int OrderId, string Reference, string ExternalId, string? CheckoutUrl, AttemptStatus Status, bool IsWatched, string Coin);

/// <summary>The stored numbers of the statuses that the tests name.</summary>
internal enum AttemptStatus
{
    Creating = 0,
    AwaitingPayment = 10,
    Confirming = 20,
    Authorized = 30,
    Paid = 40,
    Underpaid = 41,
    Overpaid = 42,
    PaidLate = 43,
    Expired = 50,
    Failed = 51,
    Canceled = 52,
    Disputed = 60,
    Refunded = 70,
    PartiallyRefunded = 71
}
