namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Addresses of witness programs: Bech32 for version 0 (BIP 173), Bech32m from version 1 on (BIP 350).
/// </summary>
internal static class SegWitAddress
{
    private const int Longest = 90;
    private const int ChecksumLength = 6;
    private const uint Bech32 = 1;
    private const uint Bech32m = 0x2bc830a3;

    private static readonly uint[] _generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>
    /// True for programs that somebody can own today: version 0, and Taproot. Later versions are well formed and belong to whoever
    /// takes them first; BIP 350 says that no recipient should ever provide them.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">The network's human-readable part.</param>
    public static bool IsValid(string address, string prefix) => Decode(address, prefix) is (0, _) or (1, { Length: 32 });

    /// <summary>Version and program; null when the address is not one of the network.</summary>
    public static (int Version, byte[] Program)? Decode(string address, string prefix)
    {
        if (address.Length > Longest || Base32.InOneCase(address) is not { } text || !text.StartsWith(prefix + "1", StringComparison.Ordinal)
            || Base32.Read(text[(prefix.Length + 1)..], Base32.Bech32Alphabet) is not { Length: > ChecksumLength } values)
            return null;

        var version = values[0];
        return version <= 16 && Checksum(prefix, values) == (version == 0 ? Bech32 : Bech32m)
            && Base32.ToBytes(values.AsSpan(1, values.Length - 1 - ChecksumLength)) is { Length: >= 2 and <= 40 } program
            && (version > 0 || program.Length is 20 or 32)
                ? (version, program) : null;
    }

    private static uint Checksum(string prefix, IEnumerable<int> values)
    {
        var checksum = 1u;
        foreach (var value in prefix.Select(character => character >> 5).Append(0).Concat(prefix.Select(character => character & 31)).Concat(values))
        {
            var top = checksum >> 25;
            checksum = (checksum & 0x1ffffff) << 5 ^ (uint)value;
            for (var bit = 0; bit < _generator.Length; bit++)
                checksum ^= (top >> bit & 1) == 1 ? _generator[bit] : 0;
        }
        return checksum;
    }
}
