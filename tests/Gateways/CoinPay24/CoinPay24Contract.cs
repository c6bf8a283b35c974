using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

namespace CryptoGateways.Tests.Gateways.CoinPay24;

/// <summary>
/// The gateway contract for CoinPay24, with the coin chosen on its page.
/// </summary>
public class CoinPay24Contract : GatewayContract
{
    private const string Id = "1195824";

    protected override string SystemName => "coinpay24";

    protected override string Secret => "c0ffee1234567890c0ffee1234567890";

    protected override Money Amount => new(1234.56m, "EUR");

    protected override string? ExternalId => Id;

    /// <summary>Sent only with checkout.</summary>
    protected override bool SendsEmail => false;

    protected override DecisiveFields Decisive { get; } = new("status", ["price_amount"], ["price_currency"], "order_id");

    protected override IReadOnlyList<string> TellingFields { get; } = ["txn_id", "id", "order_id", "status", "price_amount", "price_currency", "pay_amount", "pay_currency"];

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [CoinPay24Settings.ApiKeyField] = secret,
        [CoinPay24Settings.BaseUrlField] = baseUrl.AbsoluteUri,
        [CoinPay24Settings.SendPurchaserField] = "true",
        [CoinPay24Settings.PageField] = CoinPay24Settings.PageOwn
    };

    /// <summary>The status table, and the statuses found elsewhere: confirming and refunded (callbacks), completed (plugins).</summary>
    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = new Dictionary<string, ProviderStatus>
    {
        ["new"] = ProviderStatus.Waiting,
        // Without a payment, the example's invoice would have expired long ago.
        ["pending"] = ProviderStatus.Confirming,
        ["confirming"] = ProviderStatus.Confirming,
        ["paid"] = ProviderStatus.Completed,
        ["completed"] = ProviderStatus.Completed,
        ["invalid"] = ProviderStatus.Failed,
        ["expired"] = ProviderStatus.Expired,
        ["canceled"] = ProviderStatus.Canceled,
        ["refunded"] = ProviderStatus.Refunded
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Document.Json("created").ToJsonString()];

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Fill(Document.Json("get"), request);
        answer["status"] = word;
        return answer.ToJsonString();
    }

    protected override Money Asked => new(0.001281m, "BTC");

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = Fill(Document.Json("get"), request);
        answer["underpaid_amount"] = Text(Math.Max(0m, Asked.Amount - received));
        answer["overpaid_amount"] = Text(Math.Max(0m, received - Asked.Amount));
        return answer.ToJsonString();
    }

    /// <summary>The documented callback, with the id in the field that all other responses use.</summary>
    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = $"txn_id=309272569091632&id={Id}&order_id={request.Reference}&status=paid&price_amount={Text(request.Amount.Amount)}"
            + $"&price_currency={request.Amount.Currency}&pay_amount=4.81849315&pay_currency=BTC&purchaser_email=shopper%40example.com&created_at=2014-11-03T13%3A07%3A28%2B00%3A00";
        var sorted = string.Join('&', body.Split('&').Order(StringComparer.Ordinal));
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(sorted)));
        return new WebhookRequest(Encoding.UTF8.GetBytes($"{body}&verify_hash={hash}"), _ => null);
    }

    protected static JsonObject Fill(JsonObject fields, PaymentRequest request)
    {
        fields["order_id"] = request.Reference;
        fields["price_amount"] = Text(request.Amount.Amount);
        fields["price_currency"] = request.Amount.Currency;
        return fields;
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The gateway contract for CoinPay24, with the coin chosen in the store and JSON requests.
/// </summary>
public sealed class CoinPay24OwnPageContract : CoinPay24Contract
{
    protected override CoinDescriptor Coin => Descriptor.Coins.Single(coin => coin.Code == "BTC");

    protected override Money? Due => new(0.001281m, "BTC");

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new(base.Fields(baseUrl, secret))
    {
        [CoinPay24Settings.CoinsField] = "BTC",
        [CoinPay24Settings.RequestFormField] = CoinPay24Settings.RequestFormJson
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request)
    {
        var list = Document.Json("list");
        Fill(list["invoices"]![1]!.AsObject(), request);
        var checkout = Fill(Document.Json("checkout"), request);
        checkout["id"] = int.Parse(ExternalId!, CultureInfo.InvariantCulture);
        return [.. base.CreatedAnswers(request), list.ToJsonString(), checkout.ToJsonString()];
    }
}
