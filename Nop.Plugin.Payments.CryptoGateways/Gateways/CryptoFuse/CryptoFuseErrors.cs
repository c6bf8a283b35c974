using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// What CryptoFuse's error codes mean for an owner. The documents list the codes without the body that holds them: read are
/// {"error": code}, {"code": code} and, as the current contract has it, {"error": {"code": code}}.
/// </summary>
internal static class CryptoFuseErrors
{
    private static readonly Dictionary<string, string> _meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invalid_request"] = "CryptoFuse could not use what it was sent; the amount may be outside the coin's limits",
        ["unauthorized"] = "the API key or the OAuth2 client is wrong or was revoked: enter it again",
        ["forbidden"] = "the key is right but may not create payments: allow it in CryptoFuse's dashboard",
        ["wallet_not_found"] = "the wallet id belongs to no wallet of this account: correct it, or leave it empty for the main balance",
        ["currency_invalid"] = "the coin is not supported or not enabled for this account: enable it in CryptoFuse's dashboard, or do not offer it",
        ["rate_limit_exceeded"] = "too many payments were created in too short a time: CryptoFuse is left alone for a while",
        ["server_error"] = "CryptoFuse's own fault; write to its support if it goes on",
        // Of the version before: whoever gets it has an old address.
        ["deprecated_endpoint"] = "the API address leads to a version that CryptoFuse has switched off: correct the address"
    };

    /// <summary>The same fault, with the meaning of the code in the answer behind what was answered.</summary>
    public static GatewayException Explained(GatewayException exception) =>
        CodeIn(exception.Answer) is { } code && _meanings.TryGetValue(code, out var meaning)
            ? new GatewayException(exception.Fault, $"{exception.Message} ({meaning})", exception) { Answer = exception.Answer, StatusCode = exception.StatusCode }
            : exception;

    private static string? CodeIn(string? answer)
    {
        try
        {
            return GatewayJson.Read<Body>(answer ?? string.Empty) switch
            {
                { Error: JObject error } => error.Value<string>("code"),
                { Error: JValue { Type: JTokenType.String } error } => (string?)error,
                var body => body.Code?.Type == JTokenType.String ? (string?)body.Code : null
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private sealed record Body
    {
        [JsonProperty("error")] public JToken? Error { get; init; }
        [JsonProperty("code")] public JToken? Code { get; init; }
    }
}
