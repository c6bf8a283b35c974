namespace Nop.Plugin.Payments.CryptoGateways.Addresses;

/// <summary>
/// How a network writes the addresses that can receive payments. Main networks only: no provider here documents test addresses, and
/// coins that are sent to one are lost.
/// </summary>
/// <param name="Network">Name of the network, for messages.</param>
/// <param name="Accepts">True when the text is an address of the network, its checksum included.</param>
public sealed record AddressFormat(string Network, Func<string, bool> Accepts)
{
    /// <summary>P2PKH, P2SH, and SegWit with the prefix bc (Bitcoin Core, chainparams; BIP 173, BIP 350).</summary>
    public static AddressFormat Bitcoin { get; } = new("Bitcoin", address => Base58.HasVersion(address, 0x00, 0x05) || SegWitAddress.IsValid(address, "bc"));

    /// <summary>
    /// P2PKH (L), P2SH (M), and SegWit with the prefix ltc (Litecoin Core, chainparams). The former P2SH version, 0x05, is refused: such
    /// an address cannot be told from one of Bitcoin.
    /// </summary>
    public static AddressFormat Litecoin { get; } = new("Litecoin", address => Base58.HasVersion(address, 0x30, 0x32) || SegWitAddress.IsValid(address, "ltc"));

    /// <summary>P2PKH (D) and P2SH (9 or A) (Dogecoin Core, chainparams).</summary>
    public static AddressFormat Dogecoin { get; } = new("Dogecoin", address => Base58.HasVersion(address, 0x1e, 0x16));

    /// <summary>CashAddr with or without its prefix, and the legacy form, which is the same as Bitcoin's.</summary>
    public static AddressFormat BitcoinCash { get; } = new("Bitcoin Cash", address => CashAddress.IsValid(address) || Base58.HasVersion(address, 0x00, 0x05));

    /// <summary>Also of every other chain that Ethereum's virtual machine runs on: their addresses are alike.</summary>
    public static AddressFormat Ethereum { get; } = new("Ethereum", EthereumAddress.IsValid);

    /// <summary>Base58Check with the version 0x41 (TRON developers' documentation, "Account address format").</summary>
    public static AddressFormat Tron { get; } = new("TRON", address => Base58.HasVersion(address, 0x41));

    /// <summary>A classic address: Base58Check in XRP's own alphabet with the version 0 (xrpl.org, "Base58 encodings").</summary>
    public static AddressFormat Xrp { get; } = new("XRP Ledger", address => Base58.DecodeCheck(address, Base58.XrpAlphabet) is [0, ..] and { Length: Base58.VersionedHash });

    /// <summary>The Base58 form of 32 bytes, without a checksum (Solana documentation, "Terminology": account address).</summary>
    public static AddressFormat Solana { get; } = new("Solana", address => Base58.Decode(address, Base58.BitcoinAlphabet) is { Length: 32 });

    /// <summary>An account of a network that is built on Stellar's, as Pi's is.</summary>
    public static AddressFormat Pi { get; } = new("Pi", StellarAddress.IsAccount);

    /// <summary>For a coin of which it is not known on which of several networks it is taken.</summary>
    public static AddressFormat AnyOf(params AddressFormat[] formats) =>
        new(string.Join(" or ", formats.Select(format => format.Network)), address => formats.Any(format => format.Accepts(address)));
}
