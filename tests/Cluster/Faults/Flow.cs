using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Tests.Cluster.Faults;

/// <summary>
/// One of the ways in which the plugin is set to work, run on the second node.
/// </summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="FirstWrite">The plugin's first write on the way; the platform's before it are not the plugin's matter.</param>
/// <param name="Endpoint">The provider's endpoint that is called on the way.</param>
/// <param name="CallsUntilGivenUp">How often a failing call is repeated, and once.</param>
/// <param name="PrepareAsync">Makes ready; the order's id and the attempt's reference, where there is one already.</param>
/// <param name="RunAsync">The request. It may end in a broken connection.</param>
internal sealed record Flow(string Name, string FirstWrite, string Endpoint, int CallsUntilGivenUp,
    Func<Stores, Task<(int OrderId, string Reference)>> PrepareAsync, Func<Stores, string, Task> RunAsync)
{
    public static readonly Flow Create = new("create", "Lease.Insert", "create", 1,
        async stores =>
        {
            await stores.Shopper.FillCartAsync(stores.First);
            return (stores.Database.LastOrder + 1, "");
        },
        (stores, _) => stores.Shopper.ConfirmAsync(stores.Second));

    public static readonly Flow Webhook = new("webhook", "PaymentEvent.Insert", "info", 3, PaidAtProviderAsync,
        async (stores, reference) => await stores.Second.ReceiveAsync(stores.Http, await stores.WebhookAsync(reference)));

    public static readonly Flow Return = new("return", "Lease.Insert", "info", 3, PaidAtProviderAsync,
        (stores, reference) => stores.Shopper.ReturnAsync(stores.Second, reference));

    public static readonly Flow Task = new("task", "Lease.Insert", "info", 3, PaidAtProviderAsync,
        (stores, _) => stores.RunTaskAsync(stores.Second));

    /// <summary>The task finds money for an order that was cancelled, in a store that opens such orders again.</summary>
    public static readonly Flow Reopen = new("reopen", "Lease.Insert", "info", 3,
        async stores =>
        {
            var (orderId, reference) = await PaidAtProviderAsync(stores);
            await stores.Admin.ChangeOrderAsync(stores.First, orderId, "cancel");
            stores.Database.ReopenCancelled(true);
            return (orderId, reference);
        },
        (stores, _) => stores.RunTaskAsync(stores.Second));

    /// <summary>The coins came after the attempt had expired, in a store that accepts late payments.</summary>
    public static readonly Flow Late = new("late", "Lease.Insert", "info", 3,
        async stores =>
        {
            var (orderId, reference) = await PaidAtProviderAsync(stores);
            stores.Database.Expire(orderId);
            return (orderId, reference);
        },
        (stores, _) => stores.RunTaskAsync(stores.Second));

    /// <summary>The order has brought a part; the rest was paid with a second attempt.</summary>
    public static readonly Flow Balance = new("balance", "Lease.Insert", "info", 3,
        async stores =>
        {
            var (orderId, part) = await stores.PlaceOrderAsync();
            await stores.Provider.ActAsync(part, "pay-short");
            stores.Database.LetTimePass(orderId);
            await stores.RunTaskAsync(stores.First);
            await stores.Shopper.RetryAsync(stores.First, orderId);
            var balance = stores.Database.Attempts(orderId)[^1].Reference;
            await stores.Provider.ActAsync(balance, "pay");
            stores.Database.LetTimePass(orderId);
            return (orderId, balance);
        },
        (stores, _) => stores.RunTaskAsync(stores.Second));

    /// <summary>The clock was far ahead for a while.</summary>
    public static readonly Flow Jump = new("jump", "Lease.Insert", "info", 3,
        async stores =>
        {
            var (orderId, reference) = await PaidAtProviderAsync(stores);
            stores.Database.LeaveFromTheFuture(orderId);
            return (orderId, reference);
        },
        (stores, _) => stores.RunTaskAsync(stores.Second));

    public static IReadOnlyList<Flow> All => [Create, Webhook, Return, Task, Reopen, Late, Balance, Jump];

    /// <summary>The writes on the way when nothing goes wrong.</summary>
    public async Task<IReadOnlyList<string>> RecordAsync(Stores stores)
    {
        stores.Database.OnlyTaskCallsCount();
        var (_, reference) = await PrepareAsync(stores);
        await stores.CountWritesAsync(stores.Second, FirstWrite);
        await RunAsync(stores, reference);
        return await stores.WritesAsync(stores.Second);
    }

    private static async Task<(int OrderId, string Reference)> PaidAtProviderAsync(Stores stores)
    {
        var (orderId, reference) = await stores.PlaceOrderAsync();
        await stores.Provider.ActAsync(reference, "pay");
        stores.Database.LetTimePass(orderId);
        return (orderId, reference);
    }
}
