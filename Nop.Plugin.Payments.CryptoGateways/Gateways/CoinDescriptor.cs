using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Addresses;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A coin as a gateway accepts it.
/// </summary>
/// <param name="Code">The provider's code.</param>
/// <param name="Name">The common name.</param>
/// <param name="Minimum">The minimum payment in US dollars.</param>
/// <param name="PeggedTo">The ISO 4217 code of the currency to which the coin is pegged; null if its price floats.</param>
/// <param name="Decimals">Decimals of the coin's smallest unit.</param>
public sealed record CoinDescriptor(string Code, string Name, decimal Minimum, string? PeggedTo = null, int Decimals = CoinDecimals.Money)
{
    /// <summary>Decimals of a quoted amount in units of the coin.</summary>
    public int QuotedDecimals => Math.Min(Decimals, CoinDecimals.MaxQuoted);

    /// <summary>
    /// The smallest amount that the network and wallets accept, in units of the coin. Smaller amounts are neither offered nor requested. Defaults
    /// to that of the wallet's chain, see <see cref="CoinDust"/>; 0 if this is not a single coin.
    /// </summary>
    public decimal Dust { get => IsMethod ? 0m : _dust ?? CoinDust.Of(Wallet); init => _dust = value; }

    private readonly decimal? _dust;

    /// <summary>The common name of the network to send on; null if the coin has only its own network, or is not a single coin.</summary>
    public string? Network { get; init; }

    /// <summary>The chain and token for wallet links; null if there are none.</summary>
    public WalletCoin? Wallet { get; init; }

    /// <summary>The symbol displayed after an amount, such as USDT on any network.</summary>
    public string Symbol { get; init; } = Code;

    /// <summary>The block explorer; null if the chain is unknown. Defaults to that of the wallet's chain.</summary>
    public BlockExplorer? BlockExplorer { get => _explorer ?? BlockExplorer.Of(Wallet); init => _explorer = value; }

    private readonly BlockExplorer? _explorer;

    /// <summary>
    /// The format of the coin's addresses; null if the network is unknown, in which case the store's payment page shows no address. Defaults to
    /// that of the wallet's chain.
    /// </summary>
    public AddressFormat? Addresses { get => _addresses ?? Wallet?.Addresses; init => _addresses = value; }

    private readonly AddressFormat? _addresses;

    /// <summary>Why the coin must not be sent to an address, as the end of a sentence; null if the address is valid.</summary>
    public string? AddressFault(string address) => Addresses switch
    {
        null => $"an address for {Code}, whose network is unknown",
        { } format when !format.Accepts(address) => $"an address for {Code} that is not valid on {format.Network}",
        _ when string.Equals(address, Wallet?.Token, StringComparison.OrdinalIgnoreCase) => $"the token contract of {Code} as the address",
        _ => null
    };

    /// <summary>The name of the image in Content/coins.</summary>
    public string Icon { get; init; } = Code.ToLowerInvariant();

    /// <summary>
    /// True for a payment option that is not a single coin, such as cards or any coin on the provider's page. Its name is the text
    /// Plugins.Payments.CryptoGateways.Gateways.{gateway}.Coin.{code}.
    /// </summary>
    public bool IsMethod { get; init; }
}

/// <summary>
/// Decimals of amounts. For coins, the decimals of the chain's smallest unit (satoshi, wei, lamport, sun, drop), as documented by
/// en.bitcoin.it/wiki/Units and the forks that kept them; ethereum.org ("ether"); docs.bnbchain.org; docs.rs/solana-native-token;
/// developers.tron.network; xrpl.org/currency-formats.html. For tokens, decimals() of the issuer's contract: 6 on Ethereum, TRON, Solana,
/// Polygon and Arbitrum, 18 on BNB Smart Chain and for DAI. Pi's chain is based on Stellar, whose amounts have 7
/// (developers.stellar.org).
/// </summary>
public static class CoinDecimals
{
    /// <summary>Documented by providers for amounts in dollars and dollar-pegged coins; also used for undocumented coins.</summary>
    public const int Money = 2;

    /// <summary>The maximum decimals of a quoted amount, because a shopper may have to type it into a wallet.</summary>
    public const int MaxQuoted = 8;

    public const int Btc = 8;
    public const int Ltc = 8;
    public const int Doge = 8;
    public const int Bch = 8;
    public const int Eth = 18;
    public const int Bnb = 18;
    public const int Sol = 9;
    public const int Trx = 6;
    public const int Xrp = 6;
    public const int Pi = 7;
    public const int Usdt = 6;
    public const int UsdtOnBsc = 18;
    public const int Usdc = 6;
    public const int UsdcOnBsc = 18;
    public const int Dai = 18;
}

/// <summary>
/// The smallest amounts that networks relay or wallets send, in units of the coin. Bitcoin, Litecoin and Bitcoin Cash: a P2PKH output (182 bytes
/// to create and spend) at the dust relay fee of the reference client's src/policy/policy.h: 3,000 satoshi per kilobyte, 30,000 in Litecoin
/// Core. Dogecoin: the dust limit in Dogecoin Core's doc/fee-recommendation.md.
/// </summary>
public static class CoinDust
{
    public const decimal Btc = 0.00000546m;
    public const decimal Ltc = 0.0000546m;
    public const decimal Doge = 0.01m;
    public const decimal Bch = 0.00000546m;

    /// <summary>Account-based networks have no dust limit, but amounts with more than six decimals are worth less than their network fee.</summary>
    public const decimal Account = 0.000001m;

    /// <summary>The limit of a coin's network; that of account-based networks if it is unknown.</summary>
    public static decimal Of(WalletCoin? wallet) => wallet?.Scheme switch
    {
        WalletScheme.Bitcoin => Btc,
        WalletScheme.Litecoin => Ltc,
        WalletScheme.Dogecoin => Doge,
        WalletScheme.BitcoinCash => Bch,
        _ => Account
    };
}

/// <summary>
/// What a wallet link needs to know about a coin.
/// </summary>
/// <param name="Scheme">The URI scheme of the chain.</param>
/// <param name="Decimals">Decimals of the smallest unit.</param>
/// <param name="ChainId">The EIP-155 chain id; 0 if there is none.</param>
/// <param name="Token">The token's contract or mint; null for the chain's native coin.</param>
public sealed record WalletCoin(WalletScheme Scheme, int Decimals, int ChainId = 0, string? Token = null)
{
    /// <summary>The format of the chain's addresses, including a token's contract.</summary>
    public AddressFormat Addresses => Scheme switch
    {
        WalletScheme.Bitcoin => AddressFormat.Bitcoin,
        WalletScheme.Litecoin => AddressFormat.Litecoin,
        WalletScheme.Dogecoin => AddressFormat.Dogecoin,
        WalletScheme.BitcoinCash => AddressFormat.BitcoinCash,
        WalletScheme.Ethereum => AddressFormat.Ethereum,
        _ => AddressFormat.Solana
    };
}

/// <summary>
/// The standards of payment links that open a wallet.
/// </summary>
public enum WalletScheme
{
    /// <summary>BIP 21.</summary>
    Bitcoin,
    Litecoin,
    Dogecoin,
    BitcoinCash,

    /// <summary>EIP-681.</summary>
    Ethereum,

    /// <summary>Solana Pay.</summary>
    Solana
}

/// <summary>
/// A website that shows a chain's addresses and transactions. Pages only link to it and load nothing from it.
/// </summary>
/// <param name="Address">The URL of an address page, with {0} for the address.</param>
/// <param name="Transaction">The URL of a transaction page, with {0} for the transaction id.</param>
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

    /// <summary>The explorer of a wallet's chain; null if the chain is unknown.</summary>
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

    /// <summary>The page of an address; null for malformed text, because the provider's text is untrusted.</summary>
    public string? ToAddress(string address) => Link(Address, address);

    /// <summary>The page of a transaction; null for malformed text.</summary>
    public string? ToTransaction(string transactionId) => Link(Transaction, transactionId);

    private static BlockExplorer Of(string site, string transaction = "tx") => new($"{site}/address/{{0}}", $"{site}/{transaction}/{{0}}");

    private static string? Link(string page, string id) => IdOnChain().IsMatch(id) ? page.Replace("{0}", id, StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^[a-zA-Z0-9]{16,128}\z")]
    private static partial Regex IdOnChain();
}
