namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Token contracts on chains compatible with Ethereum. Wallets are asked to transfer tokens only of these contracts. Each address is
/// published by the token's issuer and carries the checksum of EIP-55.
/// </summary>
public static class TokenContracts
{
    /// <summary>EIP-155 chain id of Ethereum.</summary>
    public const int EthereumChain = 1;

    /// <summary>EIP-155 chain id of BNB Smart Chain.</summary>
    public const int BscChain = 56;

    /// <summary>EIP-155 chain id of Polygon.</summary>
    public const int PolygonChain = 137;

    /// <summary>EIP-155 chain id of Arbitrum One.</summary>
    public const int ArbitrumChain = 42161;

    /// <summary>Source: tether.to/supported-protocols.</summary>
    public const string UsdtOnEthereum = "0xdAC17F958D2ee523a2206206994597C13D831ec7";

    /// <summary>Source: developers.circle.com, "USDC contract addresses".</summary>
    public const string UsdcOnEthereum = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";

    /// <summary>Binance-Peg BSC-USD. Source: bscscan.com, verified contract of the BNB Chain token hub.</summary>
    public const string UsdtOnBsc = "0x55d398326f99059fF775485246999027B3197955";

    /// <summary>USDT, since 2025 USDT0 under the same address. Source: docs.usdt0.to, "Deployments".</summary>
    public const string UsdtOnPolygon = "0xc2132D05D31c914a87C6611C10748AEb04B58e8F";

    /// <summary>USDT, since 2025 USDT0 under the same address. Source: docs.usdt0.to, "Deployments".</summary>
    public const string UsdtOnArbitrum = "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9";

    /// <summary>Source: docs.makerdao.com, MCD_DAI of the mainnet changelog.</summary>
    public const string DaiOnEthereum = "0x6B175474E89094C44Da98b954EedeAC495271d0F";

    private static readonly HashSet<(int Chain, string Contract)> _known =
    [
        (EthereumChain, UsdtOnEthereum), (EthereumChain, UsdcOnEthereum), (BscChain, UsdtOnBsc),
        (PolygonChain, UsdtOnPolygon), (ArbitrumChain, UsdtOnArbitrum), (EthereumChain, DaiOnEthereum)
    ];

    /// <summary>True for a contract of this table, in the same spelling.</summary>
    /// <param name="chainId">EIP-155 chain id.</param>
    /// <param name="contract">Address with checksum.</param>
    public static bool IsKnown(int chainId, string contract) => _known.Contains((chainId, contract));
}
