using System.Globalization;
using System.Numerics;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// The transaction that a browser wallet is asked to sign and send, as eth_sendTransaction of EIP-1193 wallets takes it.
/// </summary>
/// <param name="ChainId">EIP-155 chain id in hexadecimal, such as 0x1.</param>
/// <param name="To">The recipient, or the token's contract.</param>
/// <param name="Value">Wei in hexadecimal; 0x0 for a token.</param>
/// <param name="Data">The call of the token's transfer(address,uint256); null for the chain's own coin.</param>
public sealed record WalletTransaction(string ChainId, string To, string Value, string? Data)
{
    /// <summary>First four bytes of the Keccak-256 hash of "transfer(address,uint256)", see ERC-20.</summary>
    private const string TransferSelector = "0xa9059cbb";

    /// <summary>
    /// The transaction of a payment. There is none for other chains, an address that does not belong to the network, a payment with a tag,
    /// which a transfer cannot carry, and a token whose contract is not in <see cref="TokenContracts"/>.
    /// </summary>
    /// <param name="wallet">Chain and token; null when unknown.</param>
    /// <param name="address">Recipient.</param>
    /// <param name="due">Amount in units of the coin, rounded up to the smallest unit.</param>
    /// <param name="tag">Memo or destination tag; null for none.</param>
    public static WalletTransaction? Of(WalletCoin? wallet, string address, Money due, string? tag)
    {
        if (wallet is not { Scheme: WalletScheme.Ethereum, ChainId: > 0 } || tag is not null || due.Amount <= 0 || !wallet.Addresses.Accepts(address)
            || wallet.Token is { } token && !TokenContracts.IsKnown(wallet.ChainId, token))
            return null;

        var chain = $"0x{wallet.ChainId.ToString("x", CultureInfo.InvariantCulture)}";
        var units = BigInteger.Parse(WalletUri.InUnits(due, wallet), CultureInfo.InvariantCulture);
        return wallet.Token is null
            ? new WalletTransaction(chain, address, $"0x{HexOf(units)}", null)
            : new WalletTransaction(chain, wallet.Token, "0x0", $"{TransferSelector}{address[2..].ToLowerInvariant().PadLeft(64, '0')}{HexOf(units).PadLeft(64, '0')}");
    }

    /// <summary>Hexadecimal digits of a positive number without leading zeros.</summary>
    private static string HexOf(BigInteger units) => units.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
}
