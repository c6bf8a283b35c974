namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

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
