using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// The gateway contract for CoinPayment: payments are created at OrbVPN and queried at CoinPayments.net.
/// </summary>
public sealed class CoinPaymentContract : GatewayContract
{
    /// <summary>After the deadline of the documented payment.</summary>
    private static readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    protected override string SystemName => "coinpayment";

    protected override string Secret => "f1e2d3c4b5a69788f1e2d3c4b5a69788";

    protected override Money Amount => new(25m, "USD");

    /// <summary>No amount is sent; the plan with this price represents it.</summary>
    protected override string AmountOnTheWire => "\"groupId\":2";

    protected override string? ExternalId => "CPEI48A1P31Y1N2SKCXGXKQSTF";

    protected override Money? Due => new(0.00038462m, "BTC");

    protected override TimeProvider Time => _clock;

    protected override bool SendsEmail => false;

    protected override bool KeepsReference => false;

    /// <summary>IPNs state the coins and what OrbVPN charges, neither of which was quoted.</summary>
    protected override Money? StatedAmount => null;

    protected override DecisiveFields Decisive { get; } = new("status", ["amountf", "receivedf"], ["coin"], null);

    protected override IReadOnlyList<string> TellingFields { get; } = ["ipn_id", "txn_id", "status", "amount2", "currency2", "net"];

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CoinPaymentSettings.AccessTokenField] = secret,
        [CoinPaymentSettings.BaseUrlField] = baseUrl.AbsoluteUri,
        [CoinPaymentSettings.PlansField] = "10 = GROUP, 1, 0\n25 = GROUP, 2, 0",
        [CoinPaymentSettings.ControlsAccountField] = "true",
        [CoinPaymentSettings.PublicKeyField] = "d2b5a1f0c3e4",
        [CoinPaymentSettings.PrivateKeyField] = secret,
        [CoinPaymentSettings.MerchantIdField] = "606a89bb575311badf510a4a8b79a45e",
        [CoinPaymentSettings.IpnSecretField] = secret,
        [CoinPaymentSettings.MerchantUrlField] = new Uri(baseUrl, "api.php").AbsoluteUri
    };

    /// <summary>The documented statuses, and two from third-party sources (-2, 3).</summary>
    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["0"] = ProviderStatus.Waiting,
        ["1"] = ProviderStatus.Confirming,
        ["2"] = ProviderStatus.Completed,
        ["3"] = ProviderStatus.Confirming,
        ["99"] = ProviderStatus.Confirming,
        ["100"] = ProviderStatus.Completed,
        ["101"] = ProviderStatus.Completed,
        ["-1"] = ProviderStatus.Expired,
        ["-2"] = ProviderStatus.Refunded,
        ["-3"] = ProviderStatus.Failed
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Document.Json("created").ToJsonString()];

    /// <summary>Without status_text, which is only displayed.</summary>
    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Document.Json("info");
        var result = answer["result"]!.AsObject();
        result["status"] = int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : JsonValue.Create(word);
        result.Remove("status_text");
        return answer.ToJsonString();
    }

    protected override Money Asked => Due!.Value;

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = JsonNode.Parse(FoundAnswer(request, "100"))!;
        answer["result"]!["receivedf"] = received.ToString(CultureInfo.InvariantCulture);
        return answer.ToJsonString();
    }

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = Encoding.UTF8.GetBytes(Document.Ipn.Replace("buyer%40example.com", Uri.EscapeDataString(Email)));
        var signature = Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), body));
        return new WebhookRequest(body, name => name == "HMAC" ? signature : null);
    }
}
