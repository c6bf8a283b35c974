using System.Buffers;
using System.Security.Cryptography;
using System.Text;

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
