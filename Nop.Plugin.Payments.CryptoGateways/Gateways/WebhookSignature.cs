using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// HMAC signatures of raw request bodies. All comparisons take constant time. An empty key matches nothing: otherwise anybody could sign
/// for a gateway that is not configured.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The HMAC in lower-case hexadecimal.</summary>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="key">The shared secret, used as UTF-8.</param>
    /// <param name="message">The signed bytes.</param>
    public static string ToHex(HashAlgorithmName algorithm, string key, ReadOnlySpan<byte> message) =>
        Convert.ToHexStringLower(Compute(algorithm, key, message));

    /// <summary>True if the signature is the HMAC in hexadecimal, in either case.</summary>
    /// <param name="signature">The received signature; null, or text of any other form or length, matches nothing.</param>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="key">The shared secret, used as UTF-8.</param>
    /// <param name="message">The signed bytes.</param>
    public static bool MatchesHex(string? signature, HashAlgorithmName algorithm, string key, ReadOnlySpan<byte> message)
    {
        Span<byte> received = stackalloc byte[HMACSHA512.HashSizeInBytes];
        return Convert.FromHexString(signature.AsSpan(), received, out _, out var length) == OperationStatus.Done && Matches(received[..length], algorithm, key, message);
    }

    /// <summary>True if the signature is the HMAC in base64.</summary>
    /// <inheritdoc cref="MatchesHex"/>
    public static bool MatchesBase64(string? signature, HashAlgorithmName algorithm, string key, ReadOnlySpan<byte> message)
    {
        Span<byte> received = stackalloc byte[HMACSHA512.HashSizeInBytes];
        return Convert.TryFromBase64Chars(signature.AsSpan(), received, out var length) && Matches(received[..length], algorithm, key, message);
    }

    private static bool Matches(ReadOnlySpan<byte> received, HashAlgorithmName algorithm, string key, ReadOnlySpan<byte> message) =>
        key.Length > 0 && CryptographicOperations.FixedTimeEquals(received, Compute(algorithm, key, message));

    private static byte[] Compute(HashAlgorithmName algorithm, string key, ReadOnlySpan<byte> message) =>
        CryptographicOperations.HmacData(algorithm, Encoding.UTF8.GetBytes(key), message);
}

/// <summary>
/// A signature that matched.
/// </summary>
/// <param name="Form">Which of several documented forms it has, stored with the webhook; null if the provider has only one.</param>
public sealed record VerifiedSignature(string? Form = null)
{
    /// <summary>
    /// False if the signature does not cover the body, as with a token in the URL: anyone who learns the URL can send any number of webhooks
    /// with any content.
    /// </summary>
    public bool CoversBody { get; init; } = true;
}

/// <summary>
/// A request to the store's webhook URL.
/// </summary>
/// <param name="Body">The raw bytes, over which signatures are made.</param>
/// <param name="Header">Returns the value of a header, or null.</param>
public sealed record WebhookRequest(byte[] Body, Func<string, string?> Header)
{
    /// <summary>Returns the value of a query parameter, or null.</summary>
    public Func<string, string?> Query { get; init; } = _ => null;
}

/// <summary>
/// The content of a webhook. Its sender is known only after <see cref="IWebhookGateway.Verify"/>.
/// </summary>
public sealed record WebhookMessage
{
    public required string EventName { get; init; }

    /// <summary>The store's reference; null if the provider does not return it, in which case <see cref="ExternalId"/> identifies the payment.</summary>
    public required string? Reference { get; init; }

    /// <summary>The provider's id of the payment; null if not stated.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The amount of the payment; null if not stated.</summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// The status of the payment; null if not stated. It is used only for payments that cannot be queried, and then only to alert the owner.
    /// </summary>
    public ProviderStatus? Status { get; init; }

    /// <summary>The amount credited to the store after the provider's fee; null if not stated.</summary>
    public Money? Net { get; init; }

    /// <summary>The body without secrets and personal data. It distinguishes events, so it includes the provider's id of the event.</summary>
    public required string ScrubbedBody { get; init; }

    /// <summary>
    /// Identifies the event: the SHA-256 of the whole message in hexadecimal. Every delivery of an event has the same key; messages that could
    /// lead to different decisions have different keys. It covers only signed data, as long as nothing else is parsed.
    /// </summary>
    public string EventKey => ExternalText.Hash(
        GatewayJson.Write(new object?[] { EventName, Reference, ExternalId, Amount?.ToString(), Status, Net?.ToString(), ScrubbedBody }));
}
