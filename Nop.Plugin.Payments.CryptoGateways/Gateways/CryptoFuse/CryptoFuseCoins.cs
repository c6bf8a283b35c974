using Nop.Plugin.Payments.CryptoGateways.Addresses;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The coins that CryptoFuse's pages name (WETH, which nobody pays with, left out). A minimum is documented for USDTTRC20 only, in a
/// sample; the same is taken for all. Wallets get a link where the token's contract is known for certain.
/// </summary>
internal static class CryptoFuseCoins
{
    private const decimal Minimum = 10m;

    private const int EthereumChain = 1;
    private const int BscChain = 56;

    public static IReadOnlyList<CoinDescriptor> All { get; } =
    [
        new("USDTTRC20", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "TRON (TRC20)", Icon = "usdt", Addresses = AddressFormat.Tron, BlockExplorer = BlockExplorer.Tron },
        new("USDTERC20", "Tether", Minimum, "USD", CoinDecimals.Usdt)
        {
            Symbol = "USDT",
            Network = "Ethereum (ERC20)",
            Icon = "usdt",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdt, EthereumChain, "0xdAC17F958D2ee523a2206206994597C13D831ec7")
        },
        new("USDTBSC", "Tether", Minimum, "USD", CoinDecimals.UsdtOnBsc)
        {
            Symbol = "USDT",
            Network = "BNB Smart Chain (BEP20)",
            Icon = "usdt",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.UsdtOnBsc, BscChain, "0x55d398326f99059fF775485246999027B3197955")
        },
        new("USDTPOLYGON", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "Polygon", Icon = "usdt", Addresses = AddressFormat.Ethereum, BlockExplorer = BlockExplorer.Polygon },
        new("USDTARB", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "Arbitrum One", Icon = "usdt", Addresses = AddressFormat.Ethereum, BlockExplorer = BlockExplorer.Arbitrum },
        new("USDCERC20", "USD Coin", Minimum, "USD", CoinDecimals.Usdc)
        {
            Symbol = "USDC",
            Network = "Ethereum (ERC20)",
            Icon = "usdc",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdc, EthereumChain, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
        },
        new("DAIERC20", "Dai", Minimum, "USD", CoinDecimals.Dai) { Symbol = "DAI", Network = "Ethereum (ERC20)", Icon = "dai", Addresses = AddressFormat.Ethereum, BlockExplorer = BlockExplorer.Ethereum },
        new("BTC", "Bitcoin", Minimum, Decimals: CoinDecimals.Btc) { Wallet = new WalletCoin(WalletScheme.Bitcoin, CoinDecimals.Btc) },
        new("ETH", "Ether", Minimum, Decimals: CoinDecimals.Eth) { Network = "Ethereum", Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Eth, EthereumChain) }
    ];
}
