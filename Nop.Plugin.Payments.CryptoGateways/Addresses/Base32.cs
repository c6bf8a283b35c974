using System.Text;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Text whose characters hold five bits each.
/// </summary>
internal static class Base32
{
    /// <summary>The alphabet of Bech32 and CashAddr.</summary>
    public const string Bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// <summary>The alphabet of RFC 4648.</summary>
    public const string Rfc4648Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The values of the characters; null when one is not in the alphabet.</summary>
    public static int[]? Read(string text, string alphabet)
    {
        var values = text.Select(character => alphabet.IndexOf(character, StringComparison.Ordinal)).ToArray();
        return values.Contains(-1) ? null : values;
    }

    /// <summary>The bytes; null when bits that are left over make a whole character or are not zero.</summary>
    public static byte[]? ToBytes(ReadOnlySpan<int> values)
    {
        var bytes = new List<byte>(values.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var value in values)
        {
            (buffer, bits) = (buffer << 5 | value, bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }
        return bits < 5 && buffer == 0 ? [.. bytes] : null;
    }

    /// <summary>The text in lower case; null when it mixes both cases, or is not ASCII: letters of other scripts have lower cases in ASCII.</summary>
    public static string? InOneCase(string text) =>
        Ascii.IsValid(text) && !(text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) ? text.ToLowerInvariant() : null;
}
