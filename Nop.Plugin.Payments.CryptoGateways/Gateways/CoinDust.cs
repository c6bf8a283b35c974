namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

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
