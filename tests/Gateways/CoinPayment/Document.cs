using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// Documented examples: "created" is the response on the provider's page with values instead of type names; the others have the fields and values
/// that CoinPayments.net documents for get_tx_info, get_tx_info_multi and IPNs.
/// </summary>
internal static class Document
{
    public static JsonObject Json(string name) => JsonNode.Parse(Text($"{name}.json"))!.AsObject();

    /// <summary>The form of an IPN.</summary>
    public static string Ipn => Text("ipn.txt").Trim().Replace("\n", "&");

    /// <summary>The mutation, verbatim.</summary>
    public static string Mutation => Text("mutation.graphql");

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream($"coinpayment-{name}")!);
        return reader.ReadToEnd();
    }
}
