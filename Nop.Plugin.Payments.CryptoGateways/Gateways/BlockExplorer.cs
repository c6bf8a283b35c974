using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Where a chain's addresses and transactions can be looked up. Only links lead there; nothing of it is loaded into a page.
/// </summary>
/// <param name="Address">Address of the page about an address, with {0} for it.</param>
/// <param name="Transaction">The same for a transaction.</param>
public sealed partial record BlockExplorer(string Address, string Transaction)
{
    public static BlockExplorer Bitcoin { get; } = Of("https://mempool.space");

    public static BlockExplorer Litecoin { get; } = Of("https://litecoinspace.org");

    public static BlockExplorer Dogecoin { get; } = Of("https://blockchair.com/dogecoin", "transaction");

    public static BlockExplorer BitcoinCash { get; } = Of("https://blockchair.com/bitcoin-cash", "transaction");

    public static BlockExplorer Ethereum { get; } = Of("https://etherscan.io");

    public static BlockExplorer BnbSmartChain { get; } = Of("https://bscscan.com");

    public static BlockExplorer Polygon { get; } = Of("https://polygonscan.com");

    public static BlockExplorer Arbitrum { get; } = Of("https://arbiscan.io");

    public static BlockExplorer Solana { get; } = new("https://solscan.io/account/{0}", "https://solscan.io/tx/{0}");

    public static BlockExplorer Tron { get; } = new("https://tronscan.org/#/address/{0}", "https://tronscan.org/#/transaction/{0}");

    /// <summary>That of the chain which wallets are told; null when it is not known.</summary>
    public static BlockExplorer? Of(WalletCoin? wallet) => wallet switch
    {
        { Scheme: WalletScheme.Bitcoin } => Bitcoin,
        { Scheme: WalletScheme.Litecoin } => Litecoin,
        { Scheme: WalletScheme.Dogecoin } => Dogecoin,
        { Scheme: WalletScheme.BitcoinCash } => BitcoinCash,
        { Scheme: WalletScheme.Solana } => Solana,
        { Scheme: WalletScheme.Ethereum, ChainId: 1 } => Ethereum,
        { Scheme: WalletScheme.Ethereum, ChainId: 56 } => BnbSmartChain,
        { Scheme: WalletScheme.Ethereum, ChainId: 137 } => Polygon,
        { Scheme: WalletScheme.Ethereum, ChainId: 42161 } => Arbitrum,
        _ => null
    };

    /// <summary>The page about an address; null for a text that is none, for what a provider wrote is not trusted.</summary>
    public string? ToAddress(string address) => Link(Address, address);

    /// <inheritdoc cref="ToAddress"/>
    public string? ToTransaction(string transactionId) => Link(Transaction, transactionId);

    private static BlockExplorer Of(string site, string transaction = "tx") => new($"{site}/address/{{0}}", $"{site}/{transaction}/{{0}}");

    private static string? Link(string page, string id) => OnChain().IsMatch(id) ? page.Replace("{0}", id, StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^[a-zA-Z0-9]{16,128}\z")]
    private static partial Regex OnChain();
}
