using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Encodings with five bits per character.
/// </summary>
internal static class Base32
{
    /// <summary>The alphabet of Bech32 and CashAddr.</summary>
    public const string Bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// <summary>The alphabet of RFC 4648.</summary>
    public const string Rfc4648Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The values of the characters; null if one is not in the alphabet.</summary>
    public static int[]? Decode(string text, string alphabet)
    {
        var values = text.Select(character => alphabet.IndexOf(character, StringComparison.Ordinal)).ToArray();
        return values.Contains(-1) ? null : values;
    }

    /// <summary>Converts five-bit values to bytes; null if the remaining bits form a whole character or are not zero.</summary>
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

    /// <summary>The text in lower case; null if it mixes cases or is not ASCII, because some non-ASCII letters have ASCII lower-case forms.</summary>
    public static string? ToSingleCase(string text) =>
        Ascii.IsValid(text) && !(text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) ? text.ToLowerInvariant() : null;
}

/// <summary>
/// Base58, and Base58Check with the first four bytes of a double SHA-256 as its checksum (Bitcoin Core, src/base58.cpp).
/// </summary>
internal static class Base58
{
    public const string BitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public const string XrpAlphabet = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    /// <summary>The bytes of a version and a 160-bit hash.</summary>
    public const int VersionedHashLength = 21;

    private const int ChecksumLength = 4;

    /// <summary>Longer than any address. Decoding takes quadratic time.</summary>
    private const int MaxLength = 128;

    /// <summary>True for a 160-bit hash with one of these versions, in Bitcoin's alphabet.</summary>
    public static bool HasVersion(string text, params ReadOnlySpan<byte> versions) =>
        DecodeCheck(text, BitcoinAlphabet) is { Length: VersionedHashLength } bytes && versions.Contains(bytes[0]);

    /// <summary>Decodes version and payload without the checksum; null for a wrong checksum or invalid Base58.</summary>
    public static byte[]? DecodeCheck(string text, string alphabet)
    {
        if (Decode(text, alphabet) is not { Length: > ChecksumLength } bytes)
            return null;

        var payload = bytes[..^ChecksumLength];
        return SHA256.HashData(SHA256.HashData(payload)).AsSpan(0, ChecksumLength).SequenceEqual(bytes.AsSpan(payload.Length)) ? payload : null;
    }

    /// <summary>Decodes the bytes; null if a character is not in the alphabet. Each leading zero byte is the alphabet's first character.</summary>
    public static byte[]? Decode(string text, string alphabet)
    {
        if (text.Length > MaxLength)
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
/// Keccak-256 as used by Ethereum. .NET has only SHA3-256 (FIPS 202), which differs in its padding.
/// </summary>
internal static class Keccak256
{
    /// <summary>The bytes absorbed per block: a state of 1600 bits minus twice the 256 bits of the hash.</summary>
    private const int Rate = 136;

    private const byte Padding = 0x01;

    /// <summary>The round constants of step iota.</summary>
    private static readonly ulong[] _rounds =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008
    ];

    /// <summary>The lane to which step pi moves the current one, and by how many bits step rho rotates it.</summary>
    private static readonly (int Lane, int Bits)[] _rotations =
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
            for (var lane = 0; lane < Rate / 8; lane++)
                lanes[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(start + lane * 8));
            Permute(lanes);
        }

        var hash = new byte[32];
        for (var lane = 0; lane < hash.Length / 8; lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(lane * 8), lanes[lane]);
        return hash;
    }

    /// <summary>Keccak-f[1600]: in each round the steps theta, rho, pi, chi and iota.</summary>
    private static void Permute(ulong[] lanes)
    {
        Span<ulong> column = stackalloc ulong[5];
        foreach (var constant in _rounds)
        {
            for (var x = 0; x < 5; x++)
                column[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            for (var lane = 0; lane < 25; lane++)
                lanes[lane] ^= column[(lane + 4) % 5] ^ BitOperations.RotateLeft(column[(lane + 1) % 5], 1);

            var moved = lanes[1];
            foreach (var (lane, bits) in _rotations)
                (lanes[lane], moved) = (BitOperations.RotateLeft(moved, bits), lanes[lane]);

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
