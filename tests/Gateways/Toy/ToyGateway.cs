using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways.Toy;

/// <summary>
/// An example of a gateway outside the plugin: one class and one line that registers it.
/// </summary>
public sealed class ToyGateway(GatewayHttp http) : IStatusGateway, IWebhookGateway
{
    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = "toy",
        Name = "Toy",
        Coins = [new("DOGE", "Dogecoin", 1m, Decimals: CoinDecimals.Doge)],
        Fields =
        [
            new("Key", SettingKind.Secret) { Required = true, VerifiesWebhooks = true },
            new("Url", SettingKind.Url) { Default = "https://api.toy.example", Required = true },
            new("Coins", SettingKind.Choices) { Default = "DOGE", Options = ["DOGE"] }
        ],
        RedirectHosts = ["toy.example"],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.Coin;

    public bool? IsTest(GatewaySettings settings) => null;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.WriteAsync("toy", () => Call(HttpMethod.Post, "payments", settings,
            new { request.Reference, request.Amount.Amount, request.CustomerEmail }), cancellationToken);
        return GatewayJson.ReadResponse<ToyPayment>(answer) is { Id: { } id, Status: { } status, Page: { } page } && Uri.TryCreate(page, UriKind.Absolute, out var url)
            ? new CreatedPayment(id, url, status)
            : throw new GatewayException(GatewayFault.BadAnswer, "answered create without id, status or page");
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var answer = await http.ReadAsync("toy", () => Call(HttpMethod.Get, $"payments/{payment.Reference}", settings), cancellationToken);
        if (answer is null)
            return null;

        return GatewayJson.ReadResponse<ToyPayment>(answer) is { Reference: { } reference, Amount: { } amount, Status: { } status } found
            ? new ProviderPayment { Answer = GatewayJson.Write(found), Reference = reference, Amount = new Money(amount, "DOGE"), Status = Meaning(status), StatusText = status }
            : throw new GatewayException(GatewayFault.BadAnswer, "answered without reference, amount or status");
    }

    public WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<ToyPayment>(Encoding.UTF8.GetString(request.Body));
        return new WebhookMessage
        {
            EventName = body.Status ?? "changed",
            Reference = body.Reference ?? throw new FormatException("reference is missing"),
            ExternalId = body.Id,
            Amount = body.Amount is { } amount ? new Money(amount, "DOGE") : null,
            ScrubbedBody = GatewayJson.Write(body)
        };
    }

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        WebhookSignature.MatchesHex(request.Header("X-Toy-Signature"), HashAlgorithmName.SHA256, settings.Text("Key"), request.Body) ? new VerifiedSignature() : null;

    internal static string Sign(byte[] body, string key) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    private static HttpRequestMessage Call(HttpMethod method, string path, GatewaySettings settings, object? body = null)
    {
        var request = new HttpRequestMessage(method, $"{settings.Text("Url").TrimEnd('/')}/{path}") { Content = body is null ? null : GatewayJson.Content(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Text("Key"));
        return request;
    }

    private static ProviderStatus Meaning(string status) => status.ToLowerInvariant() switch
    {
        "open" => ProviderStatus.Waiting,
        "paid" => ProviderStatus.Completed,
        _ => ProviderStatus.Unknown
    };

    private sealed record ToyPayment(string? Id, string? Reference, decimal? Amount, string? Status, string? Page);
}
