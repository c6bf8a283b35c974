using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

public abstract class CryptoFuseFixture : SimulatorFixture
{
    protected const string Wallet = "550e8400-e29b-41d4-a716-446655440000";

    protected override string ProviderName => "cryptofuse";

    /// <summary>The documented example.</summary>
    protected static JsonObject Example(string callback = "https://your-site.com/payment/callback") => new()
    {
        ["amount"] = 100.00m,
        ["currency"] = "USDTTRC20",
        ["wallet_id"] = Wallet,
        ["callback_url"] = callback,
        ["custom_id"] = "ORDER-12345",
        ["description"] = "Payment for order #12345"
    };

    protected static JsonObject CurrentExample(string callback = "https://your-site.com/payment/callback") => new()
    {
        ["price_amount"] = 120m,
        ["price_currency"] = "USD",
        ["pay_currency"] = "BTC",
        ["order_id"] = "ORDER-1",
        ["callback_url"] = callback
    };

    protected Task<HttpResponseMessage> CreateSeed(JsonNode body, string key = "cf_test_sandbox") =>
        Send(HttpMethod.Post, "payments/create", body, r => r.Headers.Add("X-API-Key", key));

    protected Task<HttpResponseMessage> InfoSeed(string id) =>
        Send(HttpMethod.Get, $"payments/{id}", null, r => r.Headers.Add("X-API-Key", "cf_test_sandbox"));

    protected Task<HttpResponseMessage> Current(HttpMethod method, string path, string token, JsonNode? body = null) =>
        Send(method, path, body, r => r.Headers.Authorization = new("Bearer", token));

    protected Task<HttpResponseMessage> AskToken(string secret = "cf_client_secret", string scope = "read write", string grant = "client_credentials", bool basic = true)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = grant, ["scope"] = scope };
        if (!basic)
            (form["client_id"], form["client_secret"]) = ("cf_client", secret);
        var request = new HttpRequestMessage(HttpMethod.Post, "/cryptofuse/o/token/") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = basic ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"cf_client:{secret}"))) : null;
        return Http.SendAsync(request);
    }

    protected async Task<string> Token(string scope = "read write")
    {
        using var answer = await AskToken(scope: scope);
        return (await Json(answer))!["access_token"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, JsonNode? body, Action<HttpRequestMessage> sign)
    {
        using var request = new HttpRequestMessage(method, $"/cryptofuse/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        sign(request);
        return await Http.SendAsync(request);
    }
}
