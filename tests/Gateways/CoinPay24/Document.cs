using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.CoinPay24;

/// <summary>
/// The examples of CoinPay24's web service page, verbatim, including a trailing comma.
/// </summary>
internal static class Document
{
    public static JsonObject Json(string name) => JsonNode.Parse(Text(name), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!.AsObject();

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream($"coinpay24-{name}.json")!);
        return reader.ReadToEnd();
    }
}
