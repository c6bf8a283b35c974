using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What a wallet reads: the text of the QR code, and of the link that opens a wallet. BIP 21 for Bitcoin and the coins that took it
/// over, ERC-681 for Ethereum's own coin and tokens on any of its chains, Solana Pay; for every other network the bare address,
/// which all wallets understand.
/// </summary>
/// <param name="Text">A URI, or the address.</param>
/// <param name="OpensWallet">Whether it is a URI that carries the amount.</param>
public sealed partial record WalletUri(string Text, bool OpensWallet)
{
    /// <summary>
    /// The URI of a payment. Where the address is not written as its network writes addresses, or the standard has no place for the
    /// tag, it is the bare address: a wallet must never be filled with half of what it has to know.
    /// </summary>
    /// <param name="wallet">Chain and token; null when there is no standard for it.</param>
    /// <param name="address">Where the money goes.</param>
    /// <param name="due">How much, in units of the coin; rounded up to the coin's smallest unit.</param>
    /// <param name="tag">Memo or destination tag; null for none.</param>
    public static WalletUri Of(WalletCoin? wallet, string address, Money due, string? tag = null)
    {
        var uri = wallet is null || due.Amount <= 0 ? null : wallet.Scheme switch
        {
            WalletScheme.Bitcoin => Bip21("bitcoin", address, wallet, due, tag),
            WalletScheme.Litecoin => Bip21("litecoin", address, wallet, due, tag),
            WalletScheme.Dogecoin => Bip21("dogecoin", address, wallet, due, tag),
            WalletScheme.BitcoinCash => Bip21("bitcoincash", WithoutPrefix(address), wallet, due, tag),
            WalletScheme.Ethereum => Erc681(address, wallet, due, tag),
            WalletScheme.Solana => SolanaPay(address, wallet, due, tag),
            _ => null
        };
        return new WalletUri(uri ?? address, uri is not null);
    }

    /// <summary>bitcoin:{address}?amount={coins}; addresses are Base58, Bech32 or CashAddr: letters and digits.</summary>
    private static string? Bip21(string scheme, string address, WalletCoin wallet, Money due, string? tag) =>
        tag is null && LettersAndDigits().IsMatch(address) ? $"{scheme}:{address}?amount={InCoins(due, wallet)}" : null;

    /// <summary>ethereum:{address}@{chain}?value={wei}, or for a token ethereum:{contract}@{chain}/transfer?address={address}&amp;uint256={units}.</summary>
    private static string? Erc681(string address, WalletCoin wallet, Money due, string? tag)
    {
        if (tag is not null || !Hex().IsMatch(address) || wallet.Token is { } contract && !Hex().IsMatch(contract))
            return null;

        var chain = wallet.ChainId > 0 ? string.Create(CultureInfo.InvariantCulture, $"@{wallet.ChainId}") : string.Empty;
        return wallet.Token is null
            ? $"ethereum:{address}{chain}?value={InUnits(due, wallet)}"
            : $"ethereum:{wallet.Token}{chain}/transfer?address={address}&uint256={InUnits(due, wallet)}";
    }

    /// <summary>solana:{address}?amount={coins}, with the token's mint and the memo.</summary>
    private static string? SolanaPay(string address, WalletCoin wallet, Money due, string? tag)
    {
        if (!Base58().IsMatch(address) || wallet.Token is { } mint && !Base58().IsMatch(mint))
            return null;

        var token = wallet.Token is null ? string.Empty : $"&spl-token={wallet.Token}";
        var memo = tag is null ? string.Empty : $"&memo={Uri.EscapeDataString(tag)}";
        return $"solana:{address}?amount={InCoins(due, wallet)}{token}{memo}";
    }

    private static string InCoins(Money due, WalletCoin wallet) => Money.NumberOf(due.RoundUp(wallet.Decimals).Amount);

    /// <summary>The whole number of smallest units. The point is moved in the text: the number itself can be too large for a decimal.</summary>
    private static string InUnits(Money due, WalletCoin wallet) =>
        due.RoundUp(wallet.Decimals).Amount.ToString($"F{wallet.Decimals}", CultureInfo.InvariantCulture).Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');

    /// <summary>CashAddr addresses are often given with their scheme in front.</summary>
    private static string WithoutPrefix(string address) =>
        address.StartsWith("bitcoincash:", StringComparison.OrdinalIgnoreCase) ? address["bitcoincash:".Length..] : address;

    [GeneratedRegex(@"^[a-zA-Z0-9]{20,100}\z")]
    private static partial Regex LettersAndDigits();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{40}\z")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^[1-9A-HJ-NP-Za-km-z]{32,44}\z")]
    private static partial Regex Base58();
}
