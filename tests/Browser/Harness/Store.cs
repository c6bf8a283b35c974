using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>The sandbox store with the packed plugin, and the look into it that it gives to tests.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("crypto-store-");
    private readonly string[] _arguments;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private ServerProcess _server = null!;
    private TimeSpan _ahead;

    private Store(bool ready, Provider provider)
    {
        _arguments = ["--Data", _data.FullName, "--Plugins", Built.Plugins, "--Ready", $"{ready}", "--SetUp", provider.SetUp, "--Tasks", "false"];
        Gateway = provider.Gateway.Name;
        Database = new StoreDatabase(Path.Combine(_data.FullName, StoreDatabase.FileName));
    }

    public Uri Address => _server.Address;

    public string WebhookUrl => $"{Address}Plugins/CryptoGateways/Webhook/{Gateway}";

    /// <summary>System name of the gateway that is tried.</summary>
    public string Gateway { get; }

    public StoreDatabase Database { get; }

    public string Output => _server.Output;

    /// <param name="ready">The plugin is installed, active and configured for the provider; else it waits in the plugin list.</param>
    /// <param name="provider">The gateway's provider.</param>
    public static async Task<Store> StartAsync(bool ready, Provider provider)
    {
        var store = new Store(ready, provider);
        if (ready)
            await ReadyData.StartAsync(provider, store._data, store.StartProcessAsync);
        else
            await store.StartProcessAsync();
        store._http.BaseAddress = store.Address;
        await store.RunTasksAsync();
        return store;
    }

    public Task KillAsync() => _server.KillAsync();

    public Task DiedAsync() => _server.DiedAsync();

    /// <summary>Starts it again with its database and at its address.</summary>
    public async Task StartAgainAsync() => _server = await ServerProcess.StartAsync(Built.Sandbox, ["--urls", $"{Address}", .. _arguments]);

    /// <summary>Lets the process die, as with kill -9, when it comes to a place in the platform's own code.</summary>
    /// <param name="place">
    /// mark-paid: MarkOrderAsPaidAsync is called. paid-saved: the status is saved and nothing published yet. answered: the plugin has
    /// captured, voided or refunded, and the order is not written yet.
    /// </param>
    public async Task DieAtAsync(string place) => (await _http.PostAsync($"sandbox/api/crash?at={place}", null)).EnsureSuccessStatusCode();

    /// <summary>The owner adds a language; its id.</summary>
    public async Task<int> AddLanguageAsync(string culture, bool rtl)
    {
        using var answer = (await _http.PostAsync($"sandbox/api/languages?culture={culture}&rtl={rtl}", null)).EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<int>();
    }

    /// <summary>Runs the schedule tasks by the scheduler's own request.</summary>
    public async Task RunTasksAsync() => (await _http.PostAsync("sandbox/api/runtasks", null)).EnsureSuccessStatusCode();

    /// <summary>
    /// Puts the store's clock forward by a minute: the lease of a dead holder (55 s) has expired, and payments of the last quarter
    /// of an hour are due for a look (every 30 s).
    /// </summary>
    public Task LetTimePassAsync() => LetTimePassAsync(TimeSpan.FromMinutes(1));

    /// <summary>Puts the store's clock forward by whole seconds.</summary>
    public async Task LetTimePassAsync(TimeSpan time)
    {
        (await _http.PostAsync($"sandbox/api/clock?seconds={(int)time.TotalSeconds}", null)).EnsureSuccessStatusCode();
        _ahead += TimeSpan.FromSeconds((int)time.TotalSeconds);
    }

    /// <summary>The store's clock, UTC.</summary>
    public DateTime Now => DateTime.UtcNow + _ahead;

    public async Task<OrderSeen> OrderAsync(int id)
    {
        var order = (await StateAsync(id))["Orders"]!.AsArray().Single()!;
        return new OrderSeen((string)order["OrderStatus"]!, (string)order["PaymentStatus"]!, (DateTime?)order["PaidDateUtc"],
            [.. order["Notes"]!.AsArray().Select(note => (string)note!)], (int)order["PaidEvents"]!, (int)order["PaidMails"]!, (decimal)order["RefundedAmount"]!);
    }

    /// <summary>What the administrator may not do from now on; nothing named: everything.</summary>
    public async Task DenyAsync(params string[] permissions) =>
        (await _http.PostAsync($"sandbox/api/deny?permissions={string.Join(',', permissions)}", null)).EnsureSuccessStatusCode();

    /// <summary>Writes attempts of January 2026 into the table: 24 a day, a third of each of three coins, 7 of 10 paid in 10 s, 20 s and so on.</summary>
    public Task FillPaymentsAsync(int count) => Database.FillPaymentsAsync(count);

    /// <summary>Waits until the attempt has a status, which is written after all that the status brings about.</summary>
    public Task<Attempt> BecomesAsync(Attempt attempt, AttemptStatus status) =>
        Poll.UntilAsync(() => Database.AttemptAsync(attempt.Reference), seen => seen.Status == status, $"attempt {attempt.Reference} is {status}");

    public async Task<int> CustomersAsync() => (int)(await StateAsync())["Customers"]!;

    /// <summary>The rows of the log, oldest first, as "level: message".</summary>
    public async Task<IReadOnlyList<string>> LogAsync() =>
        [.. (await StateAsync())["Logs"]!.AsArray().Select(row => $"{LevelOf((string)row!["Level"]!)}: {(string)row["ShortMessage"]!}")];

    /// <summary>Sends a webhook's bytes, to see the whole answer.</summary>
    public Task<HttpResponseMessage> ReceiveAsync(Delivery webhook) => ReceiveAsync(WebhookUrl, webhook.Body, webhook.Headers);

    public Task<HttpResponseMessage> ReceiveAsync(string url, string body, IReadOnlyDictionary<string, string> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
                request.Content.Headers.ContentType = new(value);
            else
                request.Headers.Add(name, value);
        }
        return _http.SendAsync(request);
    }

    /// <summary>Somebody without cookies opens an address.</summary>
    public Task<HttpResponseMessage> VisitAsync(string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartProcessAsync() => _server = await ServerProcess.StartAsync(Built.Sandbox, ["--urls", "http://127.0.0.1:0", .. _arguments]);

    private async Task<JsonNode> StateAsync(int? order = null) => (await _http.GetFromJsonAsync<JsonNode>($"sandbox/api/state?order={order}"))!;

    private static string LevelOf(string id) => id switch { "20" => "Information", "30" => "Warning", "40" => "Error", _ => id };
}

/// <summary>An order as the store has it, with the number of OrderPaidEvents and of paid mails.</summary>
internal sealed record OrderSeen(
    string OrderStatus, string PaymentStatus, DateTime? PaidDateUtc, IReadOnlyList<string> Notes, int PaidEvents, int PaidMails, decimal RefundedAmount)
{
    public override string ToString() =>
        $"{OrderStatus}, {PaymentStatus}, {PaidEvents} events, {PaidMails} mails, notes: {string.Join(" | ", Notes)}";
}
