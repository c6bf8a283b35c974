using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

namespace CryptoGateways.Tests.Gateways.BtcPay;

/// <summary>
/// The gateway contract for BTCPay Server, with the payment method chosen on its page.
/// </summary>
public class BtcPayContract : GatewayContract
{
    protected override string SystemName => "btcpay";

    protected override string Secret => "4f1d0a9be2c37586a0d4b19ce83f7256d1b0c9a8";

    protected override Money Amount => new(1234.56m, "EUR");

    protected override string? ExternalId => Document.InvoiceId;

    protected override DecisiveFields Decisive { get; } = new("status", ["amount", "paidAmount"], ["currency"], "orderId");

    protected override IReadOnlyList<string> TellingFields { get; } = ["originalDeliveryId", "type", "invoiceId", "orderId"];

    /// <summary>Webhooks do not state the amount.</summary>
    protected override Money? StatedAmount => null;

    /// <summary>The server rounds received amounts to the decimals of the currency.</summary>
    protected override decimal SmallestReceipt => 0.01m;

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new()
    {
        [BtcPaySettings.BaseUrlField] = baseUrl.AbsoluteUri,
        [BtcPaySettings.ApiKeyField] = secret,
        [BtcPaySettings.StoreIdField] = Document.StoreId,
        [BtcPaySettings.WebhookSecretField] = secret,
        [BtcPaySettings.SendEmailField] = "true",
        [BtcPaySettings.TestNetworkField] = "true"
    };

    /// <summary>The states observed on a real server, with the received share that each has there.</summary>
    private static readonly (string Word, decimal Paid, ProviderStatus Status)[] _states =
    [
        ("New", 0m, ProviderStatus.Waiting),
        ("New/PaidPartial", 0.25m, ProviderStatus.Confirming),
        ("Processing", 1m, ProviderStatus.Confirming),
        ("Processing/PaidOver", 2m, ProviderStatus.Confirming),
        ("Settled", 1m, ProviderStatus.Completed),
        ("Settled/PaidOver", 2m, ProviderStatus.Completed),
        ("Settled/PaidLate", 1m, ProviderStatus.Completed),
        ("Settled/Marked", 1m, ProviderStatus.Completed),
        ("Expired", 0m, ProviderStatus.Expired),
        ("Expired/PaidPartial", 0.25m, ProviderStatus.Underpaid),
        ("Expired/PaidLate", 1m, ProviderStatus.Completed),
        ("Invalid", 1m, ProviderStatus.Disputed),
        ("Invalid/PaidOver", 2m, ProviderStatus.Disputed),
        ("Invalid/Marked", 1m, ProviderStatus.Failed)
    ];

    protected override IReadOnlyDictionary<string, ProviderStatus> Words { get; } = _states.ToDictionary(state => state.Word, state => state.Status);

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [Fill(Document.Object("created"), request).ToJsonString()];

    protected override string FoundAnswer(PaymentRequest request, string word)
    {
        var answer = Fill(Document.Object("invoice"), request);
        var paid = decimal.Round(Amount.Amount * _states.FirstOrDefault(state => state.Word == word).Paid, 2);
        (answer["status"], answer["additionalStatus"], answer["paidAmount"]) = (word.Split('/')[0], word.Split('/') is [_, var additional] ? additional : "None", Text(paid));
        if (paid == 0m)
            answer["paymentMethods"]![0]!["payments"] = new JsonArray();
        return answer.ToJsonString();
    }

    protected override string ReceivedAnswer(PaymentRequest request, decimal received)
    {
        var answer = Fill(Document.Object("invoice"), request);
        (answer["status"], answer["additionalStatus"], answer["paidAmount"]) = ("Settled", received > Amount.Amount ? "PaidOver" : "None", Text(received));
        answer.Remove("paymentMethods");
        return answer.ToJsonString();
    }

    protected override WebhookRequest Webhook(PaymentRequest request, string secret)
    {
        var body = Document.Object("webhook");
        (body["invoiceId"], body["metadata"]!["orderId"], body["metadata"]!["buyerEmail"]) = (Document.InvoiceId, request.Reference, Email);
        // Indented, as the server sends it.
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(new() { WriteIndented = true }));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));
        return new WebhookRequest(bytes, name => name == "BTCPay-Sig" ? $"sha256={signature}" : null);
    }

    private static JsonObject Fill(JsonObject fields, PaymentRequest request)
    {
        fields["metadata"]!["orderId"] = request.Reference;
        (fields["amount"], fields["currency"]) = (Text(request.Amount.Amount), request.Amount.Currency);
        return fields;
    }

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The gateway contract for BTCPay Server, with Bitcoin chosen in the store and paid on its page.
/// </summary>
public sealed class BtcPayOwnPageContract : BtcPayContract
{
    protected override CoinDescriptor Coin => Gateway().Descriptor.Coins.Single(coin => coin.Code == "BTC");

    protected override Money? Due => new(0.02469120m, "BTC");

    protected override Dictionary<string, string> Fields(Uri baseUrl, string secret) => new(base.Fields(baseUrl, secret))
    {
        [BtcPaySettings.CoinsField] = "BTC",
        [BtcPaySettings.PageField] = BtcPaySettings.PageOwn
    };

    protected override IReadOnlyList<string> CreatedAnswers(PaymentRequest request) => [.. base.CreatedAnswers(request), Document.Text("payment-methods")];
}
