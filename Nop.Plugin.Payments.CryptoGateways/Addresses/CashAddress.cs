namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Addresses of Bitcoin Cash (its specification "Address format for Bitcoin Cash", CashAddr).
/// </summary>
internal static class CashAddress
{
    /// <summary>The main network's.</summary>
    private const string Prefix = "bitcoincash";

    private const int Longest = 128;
    private const int ChecksumLength = 8;

    private static readonly ulong[] _generator = [0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470];

    /// <summary>Bytes of the hash by the size bits.</summary>
    private static readonly int[] _sizes = [20, 24, 28, 32, 40, 48, 56, 64];

    /// <summary>True for P2PKH (20 bytes) and P2SH (20 or 32 bytes), with or without the prefix.</summary>
    public static bool IsValid(string address) => Decode(address, Prefix) is (0, { Length: 20 }) or (1, { Length: 20 or 32 });

    /// <summary>Type and hash; null when the address is not one of the network.</summary>
    public static (int Type, byte[] Hash)? Decode(string address, string prefix)
    {
        if (address.Length > Longest || Base32.InOneCase(address) is not { } text)
            return null;

        var payload = text.StartsWith(prefix + ":", StringComparison.Ordinal) ? text[(prefix.Length + 1)..] : text;
        return Base32.Read(payload, Base32.Bech32Alphabet) is { Length: > ChecksumLength } values && Checksum(prefix, values) == 1
            && Base32.ToBytes(values.AsSpan(0, values.Length - ChecksumLength)) is [var version and < 0x80, .. var hash] && hash.Length == _sizes[version & 7]
                ? (version >> 3, hash) : null;
    }

    private static ulong Checksum(string prefix, IEnumerable<int> values)
    {
        var checksum = 1ul;
        foreach (var value in prefix.Select(character => character & 31).Append(0).Concat(values))
        {
            var top = checksum >> 35;
            checksum = (checksum & 0x07ffffffff) << 5 ^ (ulong)value;
            for (var bit = 0; bit < _generator.Length; bit++)
                checksum ^= (top >> bit & 1) == 1 ? _generator[bit] : 0;
        }
        return checksum;
    }
}
