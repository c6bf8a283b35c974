using System.Globalization;
using System.Text.Json.Nodes;
using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Benchmarks;

/// <summary>
/// Open payments that are all due: copies of one real order and of its payment, two days old, so that the next look at each is
/// two hours away. The provider knows each of them. Some were paid and their webhooks got lost.
/// </summary>
internal sealed class Backlog(Stores stores)
{
    /// <summary>One payment in so many was paid.</summary>
    public const int PaidOneIn = 100;

    /// <summary>As CryptoPaymentStatus is stored.</summary>
    private const int AwaitingPayment = 10, Paid = 40;

    private int _orderId;
    private string _reference = "";

    /// <summary>Payments that the task has to look at now.</summary>
    public int Due => (int)stores.Database.Scalar("SELECT COUNT(*) FROM CryptoPayment WHERE NextCheckOnUtc <= datetime('now')");

    /// <summary>Buys once, through the checkout.</summary>
    public async Task PrepareAsync()
    {
        await stores.ResetProviderAsync();
        (_orderId, _reference) = await stores.PlaceOrderAsync();
        stores.Database.OnlyTaskCallsCount();
    }

    /// <summary>Adds that many; their references begin with the name.</summary>
    public async Task FillAsync(string name, int count)
    {
        await stores.Provider.ActAsync(_reference, "copy", new JsonObject { ["name"] = name, ["count"] = count });
        for (var number = 0; number < count; number += PaidOneIn)
            await stores.Provider.ActAsync(Reference(name, number), "pay");

        var first = stores.Database.LastOrder + 1;
        Copy("Order", _orderId, count, ("Id", $"{first} + n"), ("OrderGuid", "lower(hex(randomblob(16)))"), ("CustomOrderNumber", $"{first} + n"));
        Copy("CryptoPayment", stores.Database.Attempts(_orderId)[^1].Id, count,
            ("Id", "NULL"), ("OrderId", $"{first} + n"), ("Reference", $"printf('{name}%0{32 - name.Length}d', n)"), ("ExternalId", $"printf('{name}-%d', n)"),
            ("CreatedOnUtc", "datetime('now', '-2 days')"), ("NextCheckOnUtc", "datetime('now', '-1 day', '+' || (n / 4) || ' seconds')"));
    }

    /// <summary>How many were found paid, each by one event of the platform, and how many still wait as they should.</summary>
    public (int Paid, int Waiting) Settled(string name) => (
        (int)stores.Database.Scalar($"""
            SELECT COUNT(*) FROM CryptoPayment p JOIN "Order" o ON o.Id = p.OrderId
            WHERE p.Reference LIKE '{name}%' AND p.StatusId = {Paid} AND o.PaymentStatusId = 30
              AND (SELECT COUNT(*) FROM PublishedEvent e WHERE e.OrderId = o.Id) = 1
            """),
        (int)stores.Database.Scalar($"SELECT COUNT(*) FROM CryptoPayment WHERE Reference LIKE '{name}%' AND StatusId = {AwaitingPayment} AND Checks = 1"));

    private static string Reference(string name, int number) => name + number.ToString(new string('0', 32 - name.Length), CultureInfo.InvariantCulture);

    /// <summary>Copies a row in one statement, with some columns changed; n counts from 0.</summary>
    private void Copy(string table, int id, int count, params (string Column, string Value)[] changes)
    {
        var columns = stores.Database.Columns(table);
        var values = columns.Select(column => changes.FirstOrDefault(change => change.Column == column).Value ?? $"\"{column}\"");
        stores.Database.Execute($"""
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})
            INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", values)} FROM "{table}", numbers WHERE "Id" = {id}
            """);
    }
}
