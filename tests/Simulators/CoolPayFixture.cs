using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

public abstract class CoolPayFixture : SimulatorFixture
{
    protected override string ProviderName => "coolpay";

    protected Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null, string user = ":cp_test_sandbox", string version = "v10",
        (string Name, string Value)? header = null)
    {
        var request = new HttpRequestMessage(method, $"/coolpay/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        request.Headers.Add("Accept-Version", version);
        if (header is { } own)
            request.Headers.Add(own.Name, own.Value);
        return Http.SendAsync(request);
    }

    protected async Task<JsonNode> Do(HttpMethod method, string path, object? body = null, (string Name, string Value)? header = null)
    {
        using var answer = await Send(method, path, body, header: header);
        answer.EnsureSuccessStatusCode();
        return (await Json(answer))!;
    }

    protected async Task<int> Make(string order = "1001") =>
        (await Do(HttpMethod.Post, "payments", new { order_id = order, currency = "dkk" }))["id"]!.GetValue<int>();

    /// <summary>A payment of 10.00 DKK that the shopper has authorized, told to nobody.</summary>
    protected async Task<int> Authorized()
    {
        var id = await Make();
        await Do(HttpMethod.Put, $"payments/{id}/link", new { amount = 1000 });
        await Control("payments/1001/pay", new { webhook = false });
        return id;
    }
}
