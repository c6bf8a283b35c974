using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
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

/// <summary>
/// Keccak-256 as Ethereum uses it. SHA3-256 (FIPS 202), which .NET has, pads with other bits and gives another hash.
/// </summary>
internal static class Keccak256
{
    /// <summary>Bytes that a round takes in: 1600 bits of state without twice the 256 of the hash.</summary>
    private const int Rate = 136;

    private const byte Padding = 0x01;

    /// <summary>Round constants of the step iota.</summary>
    private static readonly ulong[] _rounds =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008
    ];

    /// <summary>Where the step pi moves each lane, and by how many bits the step rho rotates it.</summary>
    private static readonly (int ProviderWindow, int Bits)[] _transitions =
    [
        (10, 1), (7, 3), (11, 6), (17, 10), (18, 15), (3, 21), (5, 28), (16, 36), (8, 45), (21, 55), (24, 2), (4, 14),
        (15, 27), (23, 41), (19, 56), (13, 8), (12, 25), (2, 43), (20, 62), (14, 18), (22, 39), (9, 61), (6, 20), (1, 44)
    ];

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var padded = new byte[(data.Length / Rate + 1) * Rate];
        data.CopyTo(padded);
        padded[data.Length] = Padding;
        padded[^1] |= 0x80;

        var lanes = new ulong[25];
        for (var start = 0; start < padded.Length; start += Rate)
        {
            for (var window = 0; window < Rate / 8; window++)
                lanes[window] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(start + window * 8));
            Permute(lanes);
        }

        var hash = new byte[32];
        for (var window = 0; window < hash.Length / 8; window++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(window * 8), lanes[window]);
        return hash;
    }

    /// <summary>Keccak-f[1600]: the steps theta, rho and pi, chi, and iota of each round.</summary>
    private static void Permute(ulong[] lanes)
    {
        Span<ulong> column = stackalloc ulong[5];
        foreach (var constant in _rounds)
        {
            for (var x = 0; x < 5; x++)
                column[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            for (var window = 0; window < 25; window++)
                lanes[window] ^= column[(window + 4) % 5] ^ BitOperations.RotateLeft(column[(window + 1) % 5], 1);

            var moved = lanes[1];
            foreach (var (window, bits) in _transitions)
                (lanes[window], moved) = (BitOperations.RotateLeft(moved, bits), lanes[window]);

            for (var row = 0; row < 25; row += 5)
            {
                lanes.AsSpan(row, 5).CopyTo(column);
                for (var x = 0; x < 5; x++)
                    lanes[row + x] = column[x] ^ ~column[(x + 1) % 5] & column[(x + 2) % 5];
            }
            lanes[0] ^= constant;
        }
    }
}
