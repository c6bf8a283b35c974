using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using static CryptoGateways.Tests.Gateways.CoolPay.Document;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// The gateway contract for CoolPay.
/// </summary>
public sealed class CoolPayContract : GatewayContract
{
    protected override string SystemName => "coolpay";

    protected override string Secret => "3f9d1c7a5b2e8064f1a9c3d7e5b80246";

    protected override Money Amount => new(1234.56m, "DKK");

    protected override string AmountOnTheWire => "123456";

    protected override string ExternalId => "99685196";

    protected override bool SendsEmail => false;

    protected override DecisiveFields Decisive { get; } = new("state", ["amount"], ["currency"], "order_id");

    protected override IReadOnlyList<string> TellingFields { get; } = ["id", "order_id", "accepted", "currency", "state", "type", "amount", "qp_status_code"];

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CoolPaySettings.ApiKeyField] = secret,
        [CoolPaySettings.PrivateKeyField] = secret,
        [CoolPaySettings.BaseUrlField] = baseUrl.AbsoluteUri,
        [CoolPaySettings.AutoCaptureField] = "true",
        [CoolPaySettings.PaymentMethodsField] = "creditcard"
    };

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["initial"] = ProviderStatus.Waiting,
        ["pending"] = ProviderStatus.Confirming,
        ["new"] = ProviderStatus.Authorized,
        ["rejected"] = ProviderStatus.Failed,
        ["processed"] = ProviderStatus.Completed
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) =>
        [Fill(Json("created"), request).ToJsonString(), Text("linked")];

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var minor = request.Amount.Amount * 100;
        var answer = Fill(word switch
        {
            "new" => Payment(word, Operation("authorize", minor)),
            "processed" => Payment(word, Operation("authorize", minor), Operation("capture", minor)),
            "pending" => Payment(word, Operation("authorize", minor, code: null)),
            "rejected" => Payment(word, Operation("authorize", minor, "40000")),
            _ => Payment(word)
        }, request);
        answer["link"]!["amount"] = minor;
        return answer.ToJsonString();
    }

    protected override decimal SmallestReceipt => 0.01m;

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = Fill(Payment("processed", Operation("authorize", received * 100), Operation("capture", received * 100)), request);
        answer["link"]!["amount"] = request.Amount.Amount * 100;
        return answer.ToJsonString();
    }

    protected override string DetailedAnswer(PaymentRequest request) => FoundAnswer(request, "processed");

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = FoundAnswer(request, "new");
        Assert.That(body, Does.Contain(Email), "there is something to leave out");
        var bytes = Encoding.UTF8.GetBytes(body);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));
        return new WebhookRequest(bytes, name => name == "CoolPay-Checksum-Sha256" ? signature : null);
    }

    private static JsonObject Fill(JsonObject fields, PaymentRequest request)
    {
        fields["order_id"] = request.Reference;
        fields["currency"] = request.Amount.Currency;
        return fields;
    }
}
