using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>A simulated provider and its control API; see build/simulators/README.md.</summary>
internal sealed class Provider : IAsyncDisposable
{
    /// <summary>The key that the sandbox store is set up with.</summary>
    public const string SecretKey = "sk_test_sandbox";

    private readonly HttpClient _http;
    private ServerProcess _server;
    private string _webhookUrl = "";

    private Provider(Harness.Gateway gateway, ServerProcess server)
    {
        Gateway = gateway;
        _server = server;
        _http = new HttpClient { BaseAddress = server.Address };
    }

    /// <summary>Base URL of Coinskro's API.</summary>
    public string BaseUrl => $"{_server.Address}coinskro";

    public Harness.Gateway Gateway { get; }

    public Uri Address => _server.Address;

    /// <summary>What the sandbox is to set up.</summary>
    public string SetUp => Gateway.SetUp(Address);

    /// <param name="address">Where it is to listen; else at a free port.</param>
    /// <param name="gateway">Whose provider; Coinskro's if it is not given.</param>
    public static async Task<Provider> StartAsync(string address = "http://127.0.0.1:0", Harness.Gateway? gateway = null) =>
        new(gateway ?? Harness.Gateway.Coinskro, await ServerProcess.StartAsync(Built.Simulators, "--urls", address));

    /// <summary>Nothing listens at its address any more.</summary>
    public Task GoDownAsync() => _server.KillAsync();

    /// <summary>Starts it again, without its memory, at the same address.</summary>
    public async Task ComeBackAsync()
    {
        _server = await ServerProcess.StartAsync(Built.Simulators, "--urls", $"{_server.Address}");
        await CallBackToAsync(_webhookUrl);
    }

    /// <summary>Forgets payments, requests, webhooks and faults, and calls back to this address from now on.</summary>
    public async Task ResetAsync(string webhookUrl)
    {
        _webhookUrl = webhookUrl;
        await PostAsync("reset");
        await CallBackToAsync(webhookUrl);
    }

    public Task SetAsync(string setting, string value) => PostAsync("settings", new JsonObject { [setting] = value });

    /// <summary>Webhooks get lost on the way; the provider believes them delivered.</summary>
    public Task LoseWebhooksAsync() => SetAsync("webhooks", "lost");

    public Task FaultAsync(string endpoint, string kind, int? times = null, JsonObject? more = null)
    {
        var fault = new JsonObject { ["endpoint"] = endpoint, ["kind"] = kind };
        if (times is not null)
            fault["times"] = times;
        foreach (var (name, value) in more ?? [])
            fault[name] = value?.DeepClone();
        return PostAsync("faults", fault);
    }

    /// <summary>No faults any more; answers that are held are given.</summary>
    public Task ClearFaultsAsync() => PostAsync("faults/clear");

    /// <summary>Breaks the connections whose answers are held.</summary>
    public Task AbortHeldAsync() => PostAsync("faults/release", new JsonObject { ["then"] = "abort" });

    /// <summary>Fails the test when there are not that many in time. What there can be: see the control API.</summary>
    public async Task WaitForAsync(string query) =>
        Assert.That(await HappensAsync(query, 60), Is.True, () => $"nothing happened at the provider: {query}");

    /// <summary>False when there are not that many within the seconds.</summary>
    public async Task<bool> HappensAsync(string query, double seconds)
    {
        using var answer = await _http.GetAsync(FormattableString.Invariant($"control/{Gateway.Name}/wait?{query}&seconds={seconds}"));
        Assert.That(answer.StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.RequestTimeout));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>How many there are now. What there can be: see the control API.</summary>
    public async Task<int> CountAsync(string query) => (int)(await _http.GetFromJsonAsync<JsonObject>($"control/{Gateway.Name}/wait?{query}&count=0"))!["count"]!;

    /// <summary>Does to a payment what its payer or the provider would do: pay, fail, abandon, ...</summary>
    public Task ActAsync(string reference, string action, JsonObject? body = null) => PostAsync($"payments/{reference}/{action}", body);

    /// <summary>Sends a webhook by hand; its first attempt is over when this ends.</summary>
    public async Task<Delivery> SendAsync(string reference, string kind, JsonObject? more = null)
    {
        var body = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in more ?? [])
            body[name] = value?.DeepClone();
        return ReadDelivery((await PostAsync($"payments/{reference}/webhook", body))![0]!);
    }

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync() => [.. (await GetAsync("webhooks")).Select(item => ReadDelivery(item!))];

    public async Task<IReadOnlyList<SimulatedPayment>> PaymentsAsync() => [.. (await GetAsync("payments")).Select(item => new SimulatedPayment(
        (string)item!["reference"]!, (string)item["id"]!, (decimal)item["amount"]!, (string)item["currency"]!, (string)item["status"]!,
        (string)item["successUrl"]!, (string)item["failureUrl"]!, item["request"]!.AsObject()))];

    public async Task<SimulatedPayment> PaymentAsync(string reference) => (await PaymentsAsync()).Single(payment => payment.Reference == reference);

    /// <summary>The references for which a create call came, one entry a call.</summary>
    public async Task<IReadOnlyList<string>> CreateCallsAsync() =>
        [.. (await GetAsync("requests?endpoint=create")).Select(item => (string)JsonNode.Parse((string)item!["body"]!)!["payment_reference"]!)];

    /// <summary>How often the provider was asked how a payment stands.</summary>
    public async Task<int> QuestionsAsync() => (await GetAsync("requests?endpoint=info")).Count;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private static Delivery ReadDelivery(JsonNode item) => new(
        (string)item["state"]!, [.. item["attempts"]!.AsArray().Select(attempt => (int?)attempt!["status"])], (string)item["body"]!,
        item["headers"]!.AsObject().ToDictionary(header => header.Key, header => (string)header.Value!));

    private Task CallBackToAsync(string webhookUrl) => Gateway.HasWebhookSetting ? SetAsync("webhookUrl", webhookUrl) : Task.CompletedTask;

    private async Task<JsonArray> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonArray>($"control/{Gateway.Name}/{path}"))!;

    private async Task<JsonNode?> PostAsync(string path, JsonObject? body = null)
    {
        using var answer = await _http.PostAsJsonAsync($"control/{Gateway.Name}/{path}", body ?? []);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, Is.True, () => $"{path}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}

/// <summary>A payment as the provider has it.</summary>
internal sealed record SimulatedPayment(
    string Reference, string Id, decimal Amount, string Currency, string Status, string SuccessUrl, string FailureUrl, JsonObject Request);

/// <summary>A webhook that was sent: its state, the HTTP status of each attempt (null: no answer), and what was sent.</summary>
internal sealed record Delivery(string State, IReadOnlyList<int?> Answers, string Body, IReadOnlyDictionary<string, string> Headers);
