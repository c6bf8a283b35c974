using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.BtcPay;

/// <summary>
/// Responses and a webhook of BTCPay Server 2.4.1 on regtest, recorded from a real server.
/// </summary>
internal static class Document
{
    public static string InvoiceId => (string)Object("invoice")["id"]!;

    public static string StoreId => (string)Object("invoice")["storeId"]!;

    public static JsonObject Object(string name) => JsonNode.Parse(Text(name))!.AsObject();

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream($"btcpay-{name}.json")!);
        return reader.ReadToEnd();
    }
}
