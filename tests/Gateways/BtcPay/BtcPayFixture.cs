using System.Globalization;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

namespace CryptoGateways.Tests.Gateways.BtcPay;

public abstract class BtcPayFixture : GatewayFixture<BtcPayGateway>
{
    protected const string Key = "4f1d0a9be2c37586a0d4b19ce83f7256d1b0c9a8";
    protected const string Reference = "k3v9x0q2m8r7t1z5w4y6";

    protected static string Path { get; } = $"/pay/api/v1/stores/{Document.StoreId}/invoices";

    protected override Dictionary<string, string> Defaults => new()
    {
        [BtcPaySettings.BaseUrlField] = new Uri(Provider.Url, "pay/").AbsoluteUri,
        [BtcPaySettings.ApiKeyField] = Key,
        [BtcPaySettings.StoreIdField] = Document.StoreId,
        [BtcPaySettings.WebhookSecretField] = "webhook-secret",
        [BtcPaySettings.TestNetworkField] = "true"
    };

    protected PaymentRequest Request(string coin = BtcPayGateway.AnyCoin) => new()
    {
        Reference = Reference,
        Coin = Gateway.Descriptor.Coins.Single(one => one.Code == coin),
        Amount = new Money(92.5m, "EUR"),
        OrderId = 17,
        OrderNumber = "2026-17",
        StoreId = 1,
        Attempt = 1,
        CustomerId = 5,
        CustomerEmail = "shopper@example.com",
        Language = "de",
        WebhookUrl = new Uri("https://shop.example.com/hook"),
        SuccessUrl = new Uri("https://shop.example.com/return?result=success"),
        FailureUrl = new Uri("https://shop.example.com/return?result=failure")
    };

    protected static PaymentHandle Handle(string? id = null, string reference = Reference) => new(reference, id) { Quoted = new Money(92.5m, "EUR") };

    protected JsonObject Invoice(string state = "New", decimal paid = 0m, string? id = null, string reference = Reference)
    {
        var invoice = Document.Object("invoice");
        (invoice["id"], invoice["metadata"]!["orderId"], invoice["amount"], invoice["currency"]) = (id ?? Document.InvoiceId, reference, "92.5", "EUR");
        (invoice["status"], invoice["additionalStatus"]) = (state.Split('/')[0], state.Split('/') is [_, var additional] ? additional : "None");
        (invoice["paidAmount"], invoice["checkoutLink"]) = (paid.ToString(CultureInfo.InvariantCulture), new Uri(Provider.Url, $"/i/{Document.InvoiceId}").AbsoluteUri);
        invoice["paymentMethods"]![0]!["due"] = (0.00185m - paid / 50000m).ToString(CultureInfo.InvariantCulture);
        return invoice;
    }

    /// <summary>The invoice with payments of these statuses, and with this amount due.</summary>
    protected static JsonObject With(JsonObject invoice, string due, params string[] payments)
    {
        var method = invoice["paymentMethods"]![0]!.AsObject();
        method["due"] = due;
        method["payments"] = new JsonArray([.. payments.Select((status, number) => (JsonNode)new JsonObject
        {
            ["id"] = $"{new string((char)('a' + number), 64)}-{number}", ["receivedDate"] = 1796000000 + number, ["value"] = "0.001", ["fee"] = "0.0", ["status"] = status, ["destination"] = (string)method["destination"]!
        })]);
        return invoice;
    }
}
