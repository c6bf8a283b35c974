using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The gateway contract for the API with an API key.
/// </summary>
public sealed class CryptoFuseApiKeyContract : CryptoFuseContractBase
{
    protected override string Secret => "cf_key_4fX9mQ2vL7bT0cN5";

    protected override string ExternalId => "f47ac10b-58cc-4372-a567-0e02b2c3d479";

    /// <summary>The status call is not documented: a missing endpoint is as inconclusive as an unknown payment.</summary>
    protected override IReadOnlyList<int> NotFoundStatuses => [404, 405];

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CryptoFuseSettings.ApiKeyField] = secret,
        [CryptoFuseSettings.BaseUrlField] = baseUrl.AbsoluteUri,
        [CryptoFuseSettings.WalletIdField] = "550e8400-e29b-41d4-a716-446655440000"
    };

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["pending"] = ProviderStatus.Waiting,
        ["confirming"] = ProviderStatus.Confirming,
        ["completed"] = ProviderStatus.Completed,
        ["expired"] = ProviderStatus.Expired,
        ["failed"] = ProviderStatus.Failed
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Filled(request).ToJsonString()];

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Filled(request);
        answer["status"] = word;
        answer["custom_id"] = request.Reference;
        return answer.ToJsonString();
    }

    protected override string DetailedAnswer(PaymentRequest request)
    {
        var answer = JsonNode.Parse(FoundAnswer(request, "completed"))!;
        answer["payment_history"] = JsonNode.Parse(CryptoFuseDocuments.History);
        return answer.ToJsonString();
    }

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = JsonNode.Parse(FoundAnswer(request, "completed"))!;
        answer["payment_history"] = new JsonArray(new JsonObject { ["deposit_id"] = "d1", ["amount"] = received / 2 }, new JsonObject { ["deposit_id"] = "d2", ["amount"] = received - received / 2 });
        return answer.ToJsonString();
    }

    protected override DecisiveFields Decisive { get; } = new("status", ["amount"], ["currency"], null);

    protected override IReadOnlyList<string> TellingFields { get; } = ["event_type", "payment_id", "status", "crypto_amount", "custom_id"];

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = JsonNode.Parse(CryptoFuseDocuments.FlatCallback)!;
        body["payment_id"] = ExternalId;
        body["custom_id"] = request.Reference;
        body["customer_email"] = Email;
        return Callback(body, request, secret);
    }

    private static JsonNode Filled(PaymentRequest request)
    {
        var answer = JsonNode.Parse(CryptoFuseDocuments.CreatedByKey)!;
        answer["amount"] = request.Amount.Amount;
        answer["currency"] = request.Amount.Currency;
        return answer;
    }
}
