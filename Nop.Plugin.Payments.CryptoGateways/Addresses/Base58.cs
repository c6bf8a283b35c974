using System.Numerics;
using System.Security.Cryptography;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Base58, and Base58Check, which adds the first four bytes of a double SHA-256 (Bitcoin Core, src/base58.cpp).
/// </summary>
internal static class Base58
{
    public const string BitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public const string XrpAlphabet = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    /// <summary>Bytes of a version and a hash of 160 bits.</summary>
    public const int VersionedHash = 21;

    private const int ChecksumLength = 4;

    /// <summary>More than any address has; decoding takes time that grows with the square of the length.</summary>
    private const int LongestText = 128;

    /// <summary>True for a hash of 160 bits behind one of these versions, in Bitcoin's alphabet.</summary>
    public static bool HasVersion(string text, params ReadOnlySpan<byte> versions) =>
        DecodeCheck(text, BitcoinAlphabet) is { Length: VersionedHash } bytes && versions.Contains(bytes[0]);

    /// <summary>Version and payload without the checksum; null when the checksum is wrong or the text is no Base58.</summary>
    public static byte[]? DecodeCheck(string text, string alphabet)
    {
        if (Decode(text, alphabet) is not { Length: > ChecksumLength } bytes)
            return null;

        var payload = bytes[..^ChecksumLength];
        return SHA256.HashData(SHA256.HashData(payload)).AsSpan(0, ChecksumLength).SequenceEqual(bytes.AsSpan(payload.Length)) ? payload : null;
    }

    /// <summary>The bytes; null when a character is not in the alphabet. Each zero byte at the start is the alphabet's first character.</summary>
    public static byte[]? Decode(string text, string alphabet)
    {
        if (text.Length > LongestText)
            return null;

        var number = BigInteger.Zero;
        foreach (var character in text)
        {
            if (alphabet.IndexOf(character, StringComparison.Ordinal) is not (>= 0 and var digit))
                return null;
            number = number * alphabet.Length + digit;
        }

        var zeros = text.TakeWhile(character => character == alphabet[0]).Count();
        return [.. new byte[zeros], .. number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }
}
