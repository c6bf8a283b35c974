using System.Globalization;
using System.Numerics;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Payment URIs for a QR code, which any wallet may scan, and for a link, which opens wallets registered for its scheme. URIs follow BIP 21 for Bitcoin and the coins derived from it, ERC-681 for Ethereum and compatible chains, and
/// Solana Pay for Solana.
/// </summary>
/// <param name="QrText">A URI that starts with the recipient, or the recipient's address alone.</param>
/// <param name="LinkUri">A URI that carries recipient, amount and token; null when there is none.</param>
public sealed record WalletUri(string QrText, string? LinkUri)
{
    /// <summary>
    /// The URIs of a payment. There is none when the address does not belong to the network or the standard cannot carry the tag: an
    /// incomplete payment must not be filled in. A token's QR code holds the bare address: an ERC-681 URI starts with the token's
    /// contract, which a wallet without support takes for the recipient, and a wallet that ignores spl-token sends SOL.
    /// </summary>
    /// <param name="wallet">Chain and token; null when no URI standard exists for the coin.</param>
    /// <param name="address">Recipient.</param>
    /// <param name="due">Amount in units of the coin, rounded up to the smallest unit.</param>
    /// <param name="tag">Memo or destination tag; null for none.</param>
    public static WalletUri Of(WalletCoin? wallet, string address, Money due, string? tag = null)
    {
        if (wallet is null || due.Amount <= 0 || !wallet.Addresses.Accepts(address) || wallet.Token is { } token && !wallet.Addresses.Accepts(token))
            return new WalletUri(address, null);

        var uri = wallet.Scheme switch
        {
            WalletScheme.Bitcoin => Bip21("bitcoin", address, wallet, due, tag),
            WalletScheme.Litecoin => Bip21("litecoin", address, wallet, due, tag),
            WalletScheme.Dogecoin => Bip21("dogecoin", address, wallet, due, tag),
            WalletScheme.BitcoinCash => Bip21("bitcoincash", WithoutPrefix(address), wallet, due, tag),
            WalletScheme.Ethereum => Erc681(address, wallet, due, tag),
            _ => SolanaPay(address, wallet, due, tag)
        };
        return new WalletUri(uri is null || wallet.Token is not null ? address : uri, uri);
    }

    /// <summary>bitcoin:{address}?amount={coins}.</summary>
    private static string? Bip21(string scheme, string address, WalletCoin wallet, Money due, string? tag) =>
        tag is null ? $"{scheme}:{address}?amount={InCoins(due, wallet)}" : null;

    /// <summary>ethereum:{address}@{chain}?value={wei}, or for a token ethereum:{contract}@{chain}/transfer?address={address}&amp;uint256={units}.</summary>
    private static string? Erc681(string address, WalletCoin wallet, Money due, string? tag)
    {
        if (tag is not null)
            return null;

        var chain = wallet.ChainId > 0 ? string.Create(CultureInfo.InvariantCulture, $"@{wallet.ChainId}") : string.Empty;
        return wallet.Token is null
            ? $"ethereum:{address}{chain}?value={InUnits(due, wallet)}"
            : $"ethereum:{wallet.Token}{chain}/transfer?address={address}&uint256={InUnits(due, wallet)}";
    }

    /// <summary>solana:{address}?amount={coins}, with the token's mint and the memo.</summary>
    private static string SolanaPay(string address, WalletCoin wallet, Money due, string? tag)
    {
        var token = wallet.Token is null ? string.Empty : $"&spl-token={wallet.Token}";
        var memo = tag is null ? string.Empty : $"&memo={Uri.EscapeDataString(tag)}";
        return $"solana:{address}?amount={InCoins(due, wallet)}{token}{memo}";
    }

    private static string InCoins(Money due, WalletCoin wallet) => Money.NumberOf(due.RoundUp(wallet.Decimals).Amount);

    /// <summary>Amount in smallest units. The decimal point is moved in the text because the number can exceed a decimal.</summary>
    public static string InUnits(Money due, WalletCoin wallet) =>
        due.RoundUp(wallet.Decimals).Amount.ToString($"F{wallet.Decimals}", CultureInfo.InvariantCulture).Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');

    /// <summary>CashAddr addresses often include their scheme.</summary>
    private static string WithoutPrefix(string address) =>
        address.StartsWith("bitcoincash:", StringComparison.OrdinalIgnoreCase) ? address["bitcoincash:".Length..] : address;
}

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
