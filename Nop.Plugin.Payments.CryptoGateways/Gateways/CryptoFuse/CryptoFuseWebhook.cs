using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// Callbacks of CryptoFuse. The documentation shows three shapes (flat in v0.9; with "data" in the flow guide and the webhook reference) without
/// saying which API sends which, so all are accepted, as are the flat fields of the create response.
/// </summary>
internal static class CryptoFuseWebhook
{
    /// <summary>
    /// Verifies the token in the URL. If the owner has configured how callbacks are signed, each must carry that signature as well; only a
    /// signed callback to the account's default URL needs no token.
    /// </summary>
    public static VerifiedSignature? Verify(WebhookRequest request, CryptoFuseSettings settings)
    {
        var token = CryptoFuseCallbackToken.Of(request);
        var isGenuine = token is not null && CryptoFuseCallbackToken.IsGenuine(token, settings.CallbackKey);
        if (!settings.ExpectsSignature)
            return isGenuine ? new VerifiedSignature("token") { CoversBody = false } : null;

        return token is null || isGenuine ? VerifySignature(request, settings) : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<CryptoFuseCallback>(Encoding.UTF8.GetString(request.Body));
        var data = body.Data ?? body;
        var reference = CryptoFuseCallbackToken.Of(request) is { } token ? CryptoFuseCallbackToken.ReferenceIn(token) : ExternalText.FirstNonEmpty(data.CustomId, data.OrderId, body.CustomId, body.OrderId);
        var id = ExternalText.FirstNonEmpty(data.TransactionId, data.PaymentId, body.TransactionId, body.PaymentId);
        if (id is null && ExternalText.FirstNonEmpty(data.CustomId, data.OrderId) is null)
            throw new FormatException("transaction_id, payment_id, custom_id and order_id are all missing");

        return new WebhookMessage
        {
            EventName = ExternalText.FirstNonEmpty(body.Event, body.EventType, data.Status, body.Status) ?? "callback",
            Reference = reference,
            ExternalId = id,
            // Amounts may be in coins or dollars, and a callback does not say which of them was quoted. The status query does.
            Amount = null,
            Status = ExternalText.FirstNonEmpty(data.Status, body.Status) is { } status ? CryptoFuseStatuses.ToStatus(status) : null,
            Net = data.MerchantReceivedUsd is { } net ? new Money(net, "USD") : null,
            ScrubbedBody = GatewayJson.Write(body)
        };
    }

    /// <summary>HMAC-SHA256 of the raw body, in hex or base64: CryptoFuse documents neither algorithm nor encoding.</summary>
    private static VerifiedSignature? VerifySignature(WebhookRequest request, CryptoFuseSettings settings)
    {
        var signature = request.Header(settings.SignatureHeader)?.Trim() ?? string.Empty;
        if (signature.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase))
            signature = signature["sha256=".Length..];

        return WebhookSignature.MatchesHex(signature, HashAlgorithmName.SHA256, settings.WebhookSecret, request.Body) ? new VerifiedSignature("HMAC-SHA256, hex")
            : WebhookSignature.MatchesBase64(signature, HashAlgorithmName.SHA256, settings.WebhookSecret, request.Body) ? new VerifiedSignature("HMAC-SHA256, base64")
            : null;
    }
}

/// <summary>
/// The token in the callback URL of a payment: {reference}.{hex(HMAC-SHA256(reference, shared key))}. CryptoFuse does not document how it signs
/// callbacks, so a URL that only CryptoFuse knows proves their origin.
/// </summary>
internal static class CryptoFuseCallbackToken
{
    private const string QueryName = "token";

    /// <summary>Separates these tokens from anything else signed with the same key.</summary>
    private const string Purpose = "callback:";

    /// <summary>The callback URL of a payment; null without https, which CryptoFuse requires.</summary>
    public static Uri? UrlFor(PaymentRequest request, CryptoFuseSettings settings) =>
        UrlRules.IsSafe(request.WebhookUrl) && settings.CallbackKey.Length > 0
            ? new Uri($"{request.WebhookUrl.AbsoluteUri}?{QueryName}={request.Reference}.{WebhookSignature.ToHex(HashAlgorithmName.SHA256, settings.CallbackKey, SignedTextOf(request.Reference))}")
            : null;

    /// <summary>The token of a request; null if it has none.</summary>
    public static string? Of(WebhookRequest request) => ExternalText.FirstNonEmpty(request.Query(QueryName));

    /// <summary>The reference in a token, whether or not the token is genuine.</summary>
    /// <exception cref="FormatException">The token is malformed.</exception>
    public static string ReferenceIn(string token) =>
        token.LastIndexOf('.') is > 0 and var end ? token[..end] : throw new FormatException("the token in the URL is malformed");

    /// <summary>True if the token was created with the key.</summary>
    public static bool IsGenuine(string token, string key) =>
        token.LastIndexOf('.') is > 0 and var end
        && WebhookSignature.MatchesHex(token[(end + 1)..], HashAlgorithmName.SHA256, key, SignedTextOf(token[..end]));

    private static byte[] SignedTextOf(string reference) => Encoding.UTF8.GetBytes(Purpose + reference);
}
