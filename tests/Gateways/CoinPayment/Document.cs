using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// The provider's public documents: created is the seed's answer with values in the place of its names; the others have the fields
/// and values that CoinPayments.net documents for get_tx_info, get_tx_info_multi and its IPN.
/// </summary>
internal static class Document
{
    public static JsonObject Json(string name) => JsonNode.Parse(Text($"{name}.json"))!.AsObject();

    /// <summary>The IPN's form.</summary>
    public static string Ipn => Text("ipn.txt").Trim().Replace("\n", "&");

    /// <summary>The mutation, word for word.</summary>
    public static string Mutation => Text("mutation.graphql");

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Document).Assembly.GetManifestResourceStream($"coinpayment-{name}")!);
        return reader.ReadToEnd();
    }
}
