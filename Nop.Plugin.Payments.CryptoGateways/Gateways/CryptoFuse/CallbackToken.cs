using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// What makes a callback address one payment's own: {reference}.{HMAC-SHA256 of it in hex}, with a key that the provider and the store
/// share. CryptoFuse signs callbacks in a way that it does not document, and an address that only it was told proves the same.
/// </summary>
internal static class CallbackToken
{
    private const string QueryName = "token";

    /// <summary>Keeps these codes apart from whatever else may be signed with the key.</summary>
    private const string Purpose = "callback:";

    /// <summary>The payment's callback address; null when the store has none that the provider would take: it demands https.</summary>
    public static Uri? UrlFor(PaymentRequest request, CryptoFuseSettings settings) =>
        UrlRules.IsSafe(request.WebhookUrl) && settings.CallbackKey.Length > 0
            ? new Uri($"{request.WebhookUrl.AbsoluteUri}?{QueryName}={request.Reference}.{WebhookSignature.ToHex(HashAlgorithmName.SHA256, settings.CallbackKey, SignedTextOf(request.Reference))}")
            : null;

    /// <summary>The token of a call; null when it has none.</summary>
    public static string? In(WebhookRequest request) => request.Query(QueryName) is { Length: > 0 } token ? token : null;

    /// <summary>The payment that a token names, whoever made it.</summary>
    /// <exception cref="FormatException">It has not the form of a token.</exception>
    public static string ReferenceIn(string token) =>
        token.LastIndexOf('.') is > 0 and var end ? token[..end] : throw new FormatException("the address's token names no payment");

    /// <summary>True when the token was made with the key; an empty key made none.</summary>
    public static bool IsGenuine(string token, string key) =>
        token.LastIndexOf('.') is > 0 and var end
        && WebhookSignature.MatchesHex(token[(end + 1)..], HashAlgorithmName.SHA256, key, SignedTextOf(token[..end]));

    private static byte[] SignedTextOf(string reference) => Encoding.UTF8.GetBytes(Purpose + reference);
}
