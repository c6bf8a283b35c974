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
