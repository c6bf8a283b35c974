using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

namespace CryptoGateways.Tests.Gateways.Coinskro;

/// <summary>
/// The gateway contract for Coinskro Pay.
/// </summary>
public sealed class CoinskroContract : GatewayContract
{
    protected override string SystemName => "coinskro";

    protected override string Secret => "sk_test_4fX9mQ2vL7bT0cN5";

    protected override DecisiveFields Decisive { get; } = new("payment_status", ["amount"], ["currency"], "payment_reference");

    protected override IReadOnlyList<string> TellingFields { get; } = ["event_id", "event_type", "payment_id", "payment_reference", "payment_status", "amount", "currency"];

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CoinskroSettings.SecretKeyField] = secret,
        [CoinskroSettings.BaseUrlField] = baseUrl.AbsoluteUri,
        [CoinskroSettings.SendEmailField] = "true",
        [CoinskroSettings.SendItemsField] = "true"
    };

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["unlinked"] = ProviderStatus.Waiting,
        ["linked"] = ProviderStatus.Waiting,
        ["pending"] = ProviderStatus.Confirming,
        ["completed"] = ProviderStatus.Completed,
        ["failed"] = ProviderStatus.Failed,
        ["cancelled"] = ProviderStatus.Canceled,
        ["in-appeal"] = ProviderStatus.Disputed,
        // The webhook pages use these instead of "cancelled".
        ["canceled"] = ProviderStatus.Canceled,
        ["abandoned"] = ProviderStatus.Canceled
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request)
    {
        var answer = Document.Json("created.json");
        Fill(answer["data"]!["PaymentData"]!, request);
        return [answer.ToJsonString()];
    }

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Document.Json("info.json");
        Fill(answer["data"]!, request)["payment_status"] = word;
        return answer.ToJsonString();
    }

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = Fill(Document.Json("webhook.json"), request);
        body["customer_email"] = Email;
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));
        return new WebhookRequest(bytes, name => name == "X-Signature" ? signature : null);
    }

    private static JsonNode Fill(JsonNode fields, PaymentRequest request)
    {
        fields["payment_reference"] = request.Reference;
        fields["amount"] = request.Amount.Amount;
        fields["currency"] = request.Amount.Currency;
        return fields;
    }
}
