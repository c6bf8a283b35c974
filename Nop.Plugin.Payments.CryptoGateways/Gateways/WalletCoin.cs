using Nop.Plugin.Payments.CryptoGateways.Addresses;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

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
