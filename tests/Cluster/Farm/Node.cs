using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Cluster.Farm;

/// <summary>
/// One store process. Several share a database; each can be killed and started again at the same address.
/// </summary>
internal sealed class Node(string name, string data, string provider, params string[] options) : IAsyncDisposable
{
    private ServerProcess _server = null!;

    public Uri Address => _server.Address;

    /// <summary>Processor time that it used since it was started, and the most memory (working set, in bytes) that it had.</summary>
    public (TimeSpan ProcessorTime, long PeakMemory) Usage => _server.Usage;

    public Task StartAsync() => StartAsync("http://127.0.0.1:0");

    /// <summary>As kill -9.</summary>
    public Task KillAsync() => _server.KillAsync();

    /// <summary>Waits for a death that a fault brings about, then starts the process again.</summary>
    public async Task RestartAfterDeathAsync()
    {
        await _server.DiedAsync();
        await StartAsync($"{Address}");
    }

    /// <summary>Sends a webhook, byte for byte; the HTTP status of the answer.</summary>
    public Task<int> ReceiveAsync(HttpClient http, Delivery webhook) => ReceiveAsync(http, Address, webhook);

    public static async Task<int> ReceiveAsync(HttpClient http, Uri store, Delivery webhook)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(store, "Plugins/CryptoGateways/Webhook/coinskro"));
        request.Content = new StringContent(webhook.Body);
        foreach (var (name, value) in webhook.Headers.Where(header => header.Key != "Content-Type"))
            request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task StartAsync(string address) => _server = await ServerProcess.StartAsync(Built.Sandbox,
        ["--urls", address, "--Data", data, "--Plugins", Built.Plugins, "--Node", name, "--Tasks", "false", "--Ready", "true", "--SetUp", provider, .. options]);
}
