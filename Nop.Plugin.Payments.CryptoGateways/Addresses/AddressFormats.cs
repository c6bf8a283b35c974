using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// Addresses of witness programs: Bech32 for version 0 (BIP 173), Bech32m from version 1 on (BIP 350).
/// </summary>
internal static class SegWitAddress
{
    private const int MaxLength = 90;
    private const int ChecksumLength = 6;
    private const uint Bech32 = 1;
    private const uint Bech32m = 0x2bc830a3;

    private static readonly uint[] _generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>
    /// True for witness programs in use: version 0 and Taproot. Later versions are well-formed, but anyone can spend their funds; BIP 350 says
    /// that recipients must not provide them.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">The human-readable part of the network.</param>
    public static bool IsValid(string address, string prefix) => Decode(address, prefix) is (0, _) or (1, { Length: 32 });

    /// <summary>Decodes version and program; null for an invalid address or another network.</summary>
    public static (int Version, byte[] Program)? Decode(string address, string prefix)
    {
        if (address.Length > MaxLength || Base32.ToSingleCase(address) is not { } text || !text.StartsWith(prefix + "1", StringComparison.Ordinal)
            || Base32.Decode(text[(prefix.Length + 1)..], Base32.Bech32Alphabet) is not { Length: > ChecksumLength } values)
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

/// <summary>
/// Addresses of Bitcoin Cash (its specification "Address format for Bitcoin Cash", CashAddr).
/// </summary>
internal static class CashAddress
{
    /// <summary>The prefix of the main network.</summary>
    private const string Prefix = "bitcoincash";

    private const int MaxLength = 128;
    private const int ChecksumLength = 8;

    private static readonly ulong[] _generator = [0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470];

    /// <summary>The length of the hash in bytes, by the size bits.</summary>
    private static readonly int[] _sizes = [20, 24, 28, 32, 40, 48, 56, 64];

    /// <summary>True for P2PKH (20 bytes) and P2SH (20 or 32 bytes), with or without the prefix.</summary>
    public static bool IsValid(string address) => Decode(address, Prefix) is (0, { Length: 20 }) or (1, { Length: 20 or 32 });

    /// <summary>Decodes type and hash; null for an invalid address or another network.</summary>
    public static (int Type, byte[] Hash)? Decode(string address, string prefix)
    {
        if (address.Length > MaxLength || Base32.ToSingleCase(address) is not { } text)
            return null;

        var payload = text.StartsWith(prefix + ":", StringComparison.Ordinal) ? text[(prefix.Length + 1)..] : text;
        return Base32.Decode(payload, Base32.Bech32Alphabet) is { Length: > ChecksumLength } values && Checksum(prefix, values) == 1
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

/// <summary>
/// Addresses of EVM chains. EIP-55 encodes a checksum in the case of their letters.
/// </summary>
internal static partial class EthereumAddress
{
    /// <summary>True for 20 bytes in hexadecimal: in a single case, or in mixed case with a valid checksum. The zero address has no owner.</summary>
    public static bool IsValid(string address) =>
        Form().IsMatch(address) && address[2..] is var digits && digits.Any(digit => digit != '0')
        && (Base32.ToSingleCase(digits) is not null || digits == WithChecksum(digits));

    /// <summary>A letter is upper case if the hash of the lower-case address has a digit of 8 or more at the same position.</summary>
    private static string WithChecksum(string digits)
    {
        var lower = digits.ToLowerInvariant();
        var hash = Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(lower)));
        return string.Concat(lower.Select((digit, index) => hash[index] >= '8' ? char.ToUpperInvariant(digit) : digit));
    }

    [GeneratedRegex(@"^0x[0-9a-fA-F]{40}\z")]
    private static partial Regex Form();
}

/// <summary>
/// Account addresses of Stellar and of the networks built on it (SEP-23, "Strkeys").
/// </summary>
internal static class StellarAddress
{
    /// <summary>The version of an Ed25519 public key; it makes the first letter a G.</summary>
    private const byte AccountVersion = 6 << 3;

    /// <summary>The characters of a version, 32 bytes and a two-byte checksum.</summary>
    private const int Length = 56;

    public static bool IsAccount(string address) =>
        address.Length == Length && Base32.Decode(address, Base32.Rfc4648Alphabet) is { } values
        && Base32.ToBytes(values) is [AccountVersion, ..] and var bytes
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(bytes.Length - 2)) == Crc16(bytes.AsSpan(0, bytes.Length - 2));

    /// <summary>CRC-16/XMODEM: x^16 + x^12 + x^5 + 1, initial value 0.</summary>
    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
        }
        return (ushort)crc;
    }
}

/// <summary>
/// The format of a network's payment addresses. Only main networks, apart from <see cref="BitcoinTest"/>: coins sent to an address of another
/// network are lost.
/// </summary>
/// <param name="Network">The name of the network, for messages.</param>
/// <param name="Accepts">Returns true for a valid address of the network, including its checksum.</param>
public sealed record AddressFormat(string Network, Func<string, bool> Accepts)
{
    /// <summary>P2PKH, P2SH, and SegWit with the prefix bc (Bitcoin Core, chainparams; BIP 173, BIP 350).</summary>
    public static AddressFormat Bitcoin { get; } = new("Bitcoin", address => Base58.HasVersion(address, 0x00, 0x05) || SegWitAddress.IsValid(address, "bc"));

    /// <summary>Bitcoin's testnet, signet and regtest (Bitcoin Core, chainparams), for owners who run a payment server on one of them.</summary>
    public static AddressFormat BitcoinTest { get; } = new("a Bitcoin test network",
        address => Base58.HasVersion(address, 0x6f, 0xc4) || SegWitAddress.IsValid(address, "tb") || SegWitAddress.IsValid(address, "bcrt"));

    /// <summary>
    /// P2PKH (L), P2SH (M), and SegWit with the prefix ltc (Litecoin Core, chainparams). The former P2SH version, 0x05, is rejected because such an
    /// address looks like one of Bitcoin.
    /// </summary>
    public static AddressFormat Litecoin { get; } = new("Litecoin", address => Base58.HasVersion(address, 0x30, 0x32) || SegWitAddress.IsValid(address, "ltc"));

    /// <summary>P2PKH (D) and P2SH (9 or A) (Dogecoin Core, chainparams).</summary>
    public static AddressFormat Dogecoin { get; } = new("Dogecoin", address => Base58.HasVersion(address, 0x1e, 0x16));

    /// <summary>CashAddr with or without its prefix, and the legacy format, which equals Bitcoin's.</summary>
    public static AddressFormat BitcoinCash { get; } = new("Bitcoin Cash", address => CashAddress.IsValid(address) || Base58.HasVersion(address, 0x00, 0x05));

    /// <summary>Valid for all EVM chains, whose addresses have the same format.</summary>
    public static AddressFormat Ethereum { get; } = new("Ethereum", EthereumAddress.IsValid);

    /// <summary>Base58Check with version 0x41 (TRON developer documentation, "Account address format").</summary>
    public static AddressFormat Tron { get; } = new("TRON", address => Base58.HasVersion(address, 0x41));

    /// <summary>A classic address: Base58Check in XRP's alphabet with version 0 (xrpl.org, "Base58 encodings").</summary>
    public static AddressFormat Xrp { get; } = new("XRP Ledger", address => Base58.DecodeCheck(address, Base58.XrpAlphabet) is [0, ..] and { Length: Base58.VersionedHashLength });

    /// <summary>32 bytes in Base58 without a checksum (Solana documentation, "Terminology": account address).</summary>
    public static AddressFormat Solana { get; } = new("Solana", address => Base58.Decode(address, Base58.BitcoinAlphabet) is { Length: 32 });

    /// <summary>An account on a network based on Stellar, such as Pi's.</summary>
    public static AddressFormat Pi { get; } = new("Pi", StellarAddress.IsAccount);

    /// <summary>For a coin whose network is one of several.</summary>
    public static AddressFormat AnyOf(params AddressFormat[] formats) =>
        new(string.Join(" or ", formats.Select(format => format.Network)), address => formats.Any(format => format.Accepts(address)));
}
