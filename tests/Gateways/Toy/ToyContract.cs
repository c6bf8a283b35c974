using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways.Toy;

/// <summary>
/// A gateway outside the plugin passes the same contract.
/// </summary>
public sealed class ToyContract : GatewayContract
{
    protected override string SystemName => "toy";

    protected override string Secret => "toy_4fX9mQ2vL7bT0cN5";

    protected override void Register(IServiceCollection services) => services.AddSingleton<IPaymentGateway, ToyGateway>();

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new() { ["Key"] = secret, ["Url"] = baseUrl.AbsoluteUri };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Answer(request, "open")];

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["open"] = ProviderStatus.Waiting,
        ["paid"] = ProviderStatus.Completed
    };

    protected override string FoundAnswer(PaymentRequest request, string word) => Answer(request, word);

    protected override DecisiveFields Decisive { get; } = new("Status", ["Amount"], [], "Reference");

    protected override IReadOnlyList<string> TellingFields { get; } = ["Id", "Reference", "Amount", "Status"];

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = Encoding.UTF8.GetBytes(Answer(request, "paid"));
        return new WebhookRequest(body, name => name == "X-Toy-Signature" ? ToyGateway.Sign(body, secret) : null);
    }

    private static string Answer(PaymentRequest request, string status) =>
        GatewayJson.Write(new { Id = "toy-1", request.Reference, request.Amount.Amount, Status = status, Page = "https://toy.example/pay/toy-1" });
}
