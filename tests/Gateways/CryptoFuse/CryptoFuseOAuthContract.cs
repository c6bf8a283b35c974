using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The gateway contract for the OAuth2 API. Access tokens are tested elsewhere.
/// </summary>
public sealed class CryptoFuseOAuthContract : CryptoFuseContractBase
{
    protected override string Secret => "cf_secret_4fX9mQ2vL7bT0cN5";

    protected override string ExternalId => "550e8400-e29b-41d4-a716-446655440000";

    protected override Func<string, Func<HttpContext, Task>?> Aside => path =>
        path == "/o/token/" ? Answers.Json("""{"access_token":"tkA1","token_type":"Bearer","expires_in":36000,"scope":"read write"}""") : null;

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CryptoFuseSettings.ContractField] = CryptoFuseSettings.OAuthVersion,
        [CryptoFuseSettings.ClientIdField] = "cf_client",
        [CryptoFuseSettings.ClientSecretField] = secret,
        [CryptoFuseSettings.BaseUrlField] = baseUrl.AbsoluteUri
    };

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["waiting"] = ProviderStatus.Waiting,
        ["confirming"] = ProviderStatus.Confirming,
        ["completed"] = ProviderStatus.Completed,
        ["partially_completed"] = ProviderStatus.Underpaid,
        ["failed"] = ProviderStatus.Failed,
        ["expired"] = ProviderStatus.Expired,
        // Another page also lists these.
        ["pending"] = ProviderStatus.Waiting,
        ["partially_paid"] = ProviderStatus.Confirming,
        ["confirmed"] = ProviderStatus.Confirming
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Filled(request).ToJsonString()];

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Filled(request);
        answer["status"] = word;
        return answer.ToJsonString();
    }

    protected override string DetailedAnswer(PaymentRequest request)
    {
        var answer = JsonNode.Parse(FoundAnswer(request, "completed"))!;
        answer["payment_history"] = JsonNode.Parse(CryptoFuseDocuments.History);
        return answer.ToJsonString();
    }

    protected override Money Asked => new(1235.178123m, Coin.Code);

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = JsonNode.Parse(FoundAnswer(request, "completed"))!;
        answer["payment_history"] = new JsonArray(new JsonObject { ["deposit_id"] = "d1", ["amount"] = received / 2 }, new JsonObject { ["deposit_id"] = "d2", ["amount"] = received - received / 2 });
        return answer.ToJsonString();
    }

    protected override DecisiveFields Decisive { get; } = new("status", ["amount_usd"], ["currency"], "order_id");

    protected override IReadOnlyList<string> TellingFields { get; } = ["event", "transaction_id", "status", "order_id", "price_amount", "price_currency", "pay_amount", "pay_currency", "merchant_received_usd"];

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = JsonNode.Parse(CryptoFuseDocuments.ReferenceCallback)!;
        body["data"]!["order_id"] = request.Reference;
        body["data"]!["customer_email"] = Email;
        return Callback(body, request, secret);
    }

    private static JsonNode Filled(PaymentRequest request)
    {
        var answer = JsonNode.Parse(CryptoFuseDocuments.Payment)!;
        answer["order_id"] = request.Reference;
        answer["amount_usd"] = request.Amount.Amount;
        answer["amount_crypto"] = 1235.178123m;
        answer["currency"] = request.Coin.Code;
        return answer;
    }
}
