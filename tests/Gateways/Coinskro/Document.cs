using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.Coinskro;

/// <summary>
/// The examples of Coinskro's public documentation, verbatim (create-*, created, info: "Creating Payments"; webhook: the fields of "Webhooks" with
/// their examples).
/// </summary>
internal static class Document
{
    public static JsonNode Json(string name) => JsonNode.Parse(Text(name))!;

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
