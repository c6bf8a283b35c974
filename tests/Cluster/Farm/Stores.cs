using System.Net.Http.Json;
using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Cluster.Farm;

/// <summary>
/// Two store processes on one database, one provider, one shopper and one administrator.
/// </summary>
internal sealed class Stores : IAsyncDisposable
{
    private const string TaskType = "Nop.Plugin.Payments.CryptoGateways.Infrastructure.ReconcileTask, Nop.Plugin.Payments.CryptoGateways";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("cryptogateways-cluster-");

    public Provider Provider { get; private set; } = null!;

    public Node First { get; private set; } = null!;

    public Node Second { get; private set; } = null!;

    public Shopper Shopper { get; } = new();

    public Shopper Admin { get; } = new();

    public Database Database { get; private set; } = null!;

    /// <summary>As many connections at once as a test wants.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <param name="options">More of the sandbox's command line, for both nodes.</param>
    public static async Task<Stores> StartAsync(params string[] options)
    {
        var stores = new Stores();
        stores.Provider = await Provider.StartAsync();
        stores.First = new Node("1", stores._data.FullName, stores.Provider.SetUp, options);
        stores.Second = new Node("2", stores._data.FullName, stores.Provider.SetUp, options);
        stores.Database = new Database(stores._data.FullName);
        await stores.First.StartAsync();
        await stores.Second.StartAsync();
        stores.Database.OnlyTaskCallsCount();
        await stores.Shopper.LogInAsync(stores.First);
        await stores.Admin.LogInAsync(stores.First, "admin");
        return stores;
    }

    /// <summary>The provider forgets everything, and only records its webhooks: a test delivers them itself.</summary>
    public async Task ResetProviderAsync()
    {
        await Provider.ResetAsync($"{First.Address}Plugins/CryptoGateways/Webhook/coinskro");
        await Provider.LoseWebhooksAsync();
        await Provider.SetAsync("abandonAfterMinutes", "0");
    }

    /// <summary>The newest webhook that the provider made for a payment.</summary>
    public async Task<Delivery> WebhookAsync(string reference) =>
        (await Provider.DeliveriesAsync()).Last(delivery => delivery.Body.Contains(reference, StringComparison.Ordinal));

    /// <summary>An order whose first attempt waits for the shopper; its id and the attempt's reference.</summary>
    public async Task<(int OrderId, string Reference)> PlaceOrderAsync(Node? node = null)
    {
        await Shopper.FillCartAsync(node ?? First);
        await Shopper.ConfirmAsync(node ?? First);
        var orderId = Database.LastOrder;
        return (orderId, Database.Attempts(orderId)[^1].Reference);
    }

    /// <summary>The schedule task's request, on one node.</summary>
    public async Task RunTaskAsync(Node node)
    {
        using var form = new FormUrlEncodedContent([new("taskType", TaskType)]);
        using var answer = await Http.PostAsync(new Uri(node.Address, "scheduletask/runtask"), form);
    }

    /// <summary>Lets a node count its writes from the first of a name on, and one of them go wrong.</summary>
    public async Task CountWritesAsync(Node node, string from = "", int at = 0, string kind = "")
    {
        using var answer = await Http.PostAsync(new Uri(node.Address, $"sandbox/api/writes?from={from}&at={at}&kind={kind}"), null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<string>> WritesAsync(Node node) =>
        await Http.GetFromJsonAsync<string[]>(new Uri(node.Address, "sandbox/api/writes")) ?? [];

    /// <summary>Waits until a node has come to a write, or its request has ended without.</summary>
    public async Task ReachWriteAsync(Node node, int write, Task request)
    {
        while (!request.IsCompleted && (await WritesAsync(node)).Count < write)
            await Task.Delay(20);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Provider.DisposeAsync();
        Shopper.Dispose();
        Admin.Dispose();
        Http.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }
}
