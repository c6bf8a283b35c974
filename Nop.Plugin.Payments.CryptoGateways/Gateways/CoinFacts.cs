using Nop.Plugin.Payments.CryptoGateways.Addresses;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// How many decimals amounts have. Of coins these are the decimals of the chain's smallest unit (satoshi, wei, lamport, sun, drop),
/// as their own documents give them: en.bitcoin.it/wiki/Units and the forks of Bitcoin that kept them; ethereum.org ("ether");
/// docs.bnbchain.org; docs.rs/solana-native-token; developers.tron.network; xrpl.org/currency-formats.html. Of tokens they are the
/// decimals() of the issuer's contract: 6 on Ethereum, TRON, Solana, Polygon and Arbitrum, 18 on BNB Smart Chain and of DAI. Pi's chain is built on Stellar's,
/// whose amounts have 7 (developers.stellar.org).
/// </summary>
public static class CoinDecimals
{
    /// <summary>What providers document for amounts in dollars and in dollar-pegged coins; also for coins that nobody documents.</summary>
    public const int Money = 2;

    /// <summary>The most decimals of a quoted amount: a person may have to type it into a wallet.</summary>
    public const int MostQuoted = 8;

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
/// The smallest amounts that networks relay or wallets send, in units of the coin. Bitcoin, Litecoin and Bitcoin Cash: a P2PKH output
/// (182 bytes to create and spend) at the dust relay fee of the reference client's src/policy/policy.h: 3,000 satoshi a kilobyte, in
/// Litecoin Core 30,000. Dogecoin: the dust limit of Dogecoin Core's doc/fee-recommendation.md.
/// </summary>
public static class CoinDust
{
    public const decimal Btc = 0.00000546m;
    public const decimal Ltc = 0.0000546m;
    public const decimal Doge = 0.01m;
    public const decimal Bch = 0.00000546m;

    /// <summary>Networks with accounts have no such rule: amounts with more than six decimals are worth less than their fee.</summary>
    public const decimal Account = 0.000001m;

    /// <summary>The limit of a coin's network; that of networks with accounts when the network is not known.</summary>
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
/// What a wallet has to know about a coin to fill in a payment.
/// </summary>
/// <param name="Scheme">How addresses of its chain are written.</param>
/// <param name="Decimals">Decimals of the smallest unit.</param>
/// <param name="ChainId">EIP-155 chain id; 0 where there is none.</param>
/// <param name="Token">The token's contract or mint; null for the chain's own coin.</param>
public sealed record WalletCoin(WalletScheme Scheme, int Decimals, int ChainId = 0, string? Token = null)
{
    /// <summary>The form of the chain's addresses, a token's contract included.</summary>
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
/// The standards by which an address opens a wallet.
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
