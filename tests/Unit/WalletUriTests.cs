using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What wallets read, against the examples that the standards print.
/// </summary>
public sealed partial class WalletUriTests
{
    private const string UsdtOnEthereum = "0xdAC17F958D2ee523a2206206994597C13D831ec7";
    private const string UsdtOnBsc = "0x55d398326f99059fF775485246999027B3197955";
    private const string UsdcOnSolana = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
    private const string Bip21Address = "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH";
    private const string Erc681Address = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
    private const string SolanaAddress = "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN";

    private static readonly WalletCoin _btc = new(WalletScheme.Bitcoin, CoinDecimals.Btc);
    private static readonly WalletCoin _eth = new(WalletScheme.Ethereum, CoinDecimals.Eth, 1);
    private static readonly WalletCoin _sol = new(WalletScheme.Solana, CoinDecimals.Sol);

    /// <summary>The examples of BIP 21 and BIP 321, without the label, which says nothing about the payment, and with an address whose checksum is right.</summary>
    [TestCase("20.3", "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=20.3")]
    [TestCase("50", "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=50")]
    [TestCase("0.123", "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=0.123", Description = "a digit before the point")]
    [TestCase("0.00000001", "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=0.00000001", Description = "no exponent")]
    [TestCase("21000000.00", "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=21000000", Description = "nothing between thousands")]
    public void A_bitcoin_payment_is_written_as_BIP_21_does(string amount, string expected) =>
        Assert.That(WalletUri.Of(_btc, Bip21Address, Amount(amount)), Is.EqualTo(new WalletUri(expected, expected)));

    [TestCase(WalletScheme.Bitcoin, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=1.5")]
    [TestCase(WalletScheme.Litecoin, "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "litecoin:LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1?amount=1.5")]
    [TestCase(WalletScheme.Dogecoin, "DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD", "dogecoin:DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD?amount=1.5")]
    [TestCase(WalletScheme.BitcoinCash, "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=1.5")]
    [TestCase(WalletScheme.BitcoinCash, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=1.5")]
    public void Coins_that_came_of_bitcoin_have_a_scheme_of_their_own(WalletScheme scheme, string address, string expected) =>
        Assert.That(WalletUri.Of(new WalletCoin(scheme, 8), address, Amount("1.5")).LinkUri, Is.EqualTo(expected));

    /// <summary>ERC-681 prints value=2.014e18 and says that it means this whole number; with the chain, which it lets one name, and the address as EIP-55 writes it.</summary>
    [TestCase(1, "2.014", "ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@1?value=2014000000000000000")]
    [TestCase(0, "2.014", "ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359?value=2014000000000000000")]
    [TestCase(56, "0.000000000000000001", "ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@56?value=1")]
    [TestCase(1, "9999999999.123456789012345678", "ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@1?value=9999999999123456789012345678")]
    [TestCase(1, "79228162514264337593543950335", "ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@1?value=79228162514264337593543950335000000000000000000")]
    public void Ether_is_counted_in_wei(int chain, string amount, string expected) =>
        Assert.That(WalletUri.Of(_eth with { ChainId = chain }, Erc681Address, Amount(amount)).LinkUri, Is.EqualTo(expected));

    /// <summary>The token example of ERC-681.</summary>
    [Test]
    public void A_token_payment_is_a_transfer_by_its_contract() => Assert.That(
        WalletUri.Of(new WalletCoin(WalletScheme.Ethereum, 0, 0, "0x89205a3a3b2a69de6dbf7f01ed13b2108b2c43e7"), "0x8e23ee67d1332ad560396262c48ffbb01f93d052", Amount("1")).LinkUri,
        Is.EqualTo("ethereum:0x89205a3a3b2a69de6dbf7f01ed13b2108b2c43e7/transfer?address=0x8e23ee67d1332ad560396262c48ffbb01f93d052&uint256=1"));

    [TestCase(CoinDecimals.Usdt, 1, UsdtOnEthereum, "12500000")]
    [TestCase(CoinDecimals.UsdtOnBsc, 56, UsdtOnBsc, "12500000000000000000")]
    public void A_token_is_counted_in_its_own_smallest_unit_on_each_chain(int decimals, int chain, string contract, string units) => Assert.That(
        WalletUri.Of(new WalletCoin(WalletScheme.Ethereum, decimals, chain, contract), Erc681Address, Amount("12.5")).LinkUri,
        Is.EqualTo($"ethereum:{contract}@{chain}/transfer?address={Erc681Address}&uint256={units}"));

    /// <summary>The examples of the Solana Pay specification, without label and message.</summary>
    [TestCase("1", null, null, "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=1")]
    [TestCase("0.01", UsdcOnSolana, null, "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=0.01&spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")]
    [TestCase("1", null, "OrderId12345", "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=1&memo=OrderId12345")]
    [TestCase("1", null, "a & b=c#", "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=1&memo=a%20%26%20b%3Dc%23")]
    public void A_solana_payment_is_written_as_Solana_Pay_does(string amount, string? mint, string? memo, string expected) =>
        Assert.That(WalletUri.Of(_sol with { Token = mint, Decimals = mint is null ? 9 : 6 }, SolanaAddress, Amount(amount), memo).LinkUri, Is.EqualTo(expected));

    [TestCase("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", null)]
    [TestCase("rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", "12345")]
    public void Where_there_is_no_standard_it_is_the_bare_address(string address, string? tag) =>
        Assert.That(WalletUri.Of(null, address, Amount("1"), tag), Is.EqualTo(new WalletUri(address, null)));

    /// <summary>With a tag that the URI cannot carry, the wallet would send without it.</summary>
    [Test]
    public void A_tag_that_the_standard_has_no_place_for_is_not_left_out_of_a_URI([Values(WalletScheme.Bitcoin, WalletScheme.Ethereum)] WalletScheme scheme)
    {
        var address = scheme == WalletScheme.Bitcoin ? Bip21Address : Erc681Address;
        Assert.That(WalletUri.Of(new WalletCoin(scheme, 8), address, Amount("1"), "77"), Is.EqualTo(new WalletUri(address, null)));
    }

    /// <summary>Nothing that an address holds becomes a part of the URI's grammar.</summary>
    [TestCase(WalletScheme.Bitcoin, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=0&x=")]
    [TestCase(WalletScheme.Bitcoin, "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH")]
    [TestCase(WalletScheme.Bitcoin, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH\n")]
    [TestCase(WalletScheme.Bitcoin, "")]
    [TestCase(WalletScheme.BitcoinCash, "bitcoincash:bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a")]
    [TestCase(WalletScheme.Ethereum, "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [TestCase(WalletScheme.Ethereum, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359@5")]
    [TestCase(WalletScheme.Ethereum, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d35")]
    [TestCase(WalletScheme.Solana, "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2k0", Description = "0 is no digit of base 58")]
    [TestCase(WalletScheme.Solana, "https://example.com/transaction-request")]
    public void An_address_that_is_none_of_its_network_stays_as_it_is(WalletScheme scheme, string address) =>
        Assert.That(WalletUri.Of(new WalletCoin(scheme, 8), address, Amount("1")), Is.EqualTo(new WalletUri(address, null)));

    [Test]
    public void A_token_whose_contract_is_none_has_no_URI([Values(WalletScheme.Ethereum, WalletScheme.Solana)] WalletScheme scheme)
    {
        var address = scheme == WalletScheme.Ethereum ? Erc681Address : SolanaAddress;
        Assert.That(WalletUri.Of(new WalletCoin(scheme, 6, 1, "USDT"), address, Amount("1")).LinkUri, Is.Null);
    }

    /// <summary>Solana Pay lets wallets refuse more decimals than the coin has; less than is due would be short.</summary>
    [TestCase("0.1234567891", "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=0.12345679")]
    [TestCase("0.0000000001", "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=0.000000001")]
    public void What_the_coin_cannot_divide_is_rounded_up(string amount, string expected) =>
        Assert.That(WalletUri.Of(_sol, SolanaAddress, Amount(amount)).LinkUri, Is.EqualTo(expected));

    [TestCase("0")]
    [TestCase("-1")]
    public void Nothing_is_never_asked_for(string amount) => Assert.That(WalletUri.Of(_btc, Bip21Address, Amount(amount)).LinkUri, Is.Null);

    [Test, SetCulture("de-DE")]
    public void The_point_is_a_point_in_every_culture() => Assert.That(WalletUri.Of(_btc, Bip21Address, Amount("0.5")).LinkUri, Does.EndWith("?amount=0.5"));

    /// <summary>A wallet that does not know a URI's standard takes the first address in it for the recipient.</summary>
    [TestCaseSource(nameof(Coins))]
    public void The_first_address_in_a_QR_code_is_the_recipients(WalletCoin? wallet, string address)
    {
        var texts = WalletUri.Of(wallet, address, Amount("12.5"));
        Assert.That(AddressLike().Match(texts.QrText).Value, Is.EqualTo(address), texts.QrText);
        if (wallet?.Token is not null)
            Assert.That(texts.QrText, Is.EqualTo(address));
    }

    /// <summary>Every coin of every gateway, and every scheme with and without a token.</summary>
    private static IEnumerable<TestCaseData> Coins() =>
    [
        .. Registered.Gateways.SelectMany(gateway => gateway.Descriptor.Coins, (gateway, coin) =>
            new TestCaseData(coin.Wallet, AddressOn(coin.Wallet?.Scheme)).SetArgDisplayNames(gateway.Descriptor.SystemName, coin.Code)),
        .. Enum.GetValues<WalletScheme>().SelectMany(scheme => new[] { null, TokenOn(scheme) }, (scheme, token) =>
            new TestCaseData(new WalletCoin(scheme, 8, 1, token), AddressOn(scheme)).SetArgDisplayNames($"{scheme}", token ?? "no token"))
    ];

    private static string AddressOn(WalletScheme? scheme) => scheme switch
    {
        WalletScheme.Litecoin => "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
        WalletScheme.Dogecoin => "DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD",
        WalletScheme.BitcoinCash => "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        WalletScheme.Ethereum => Erc681Address,
        WalletScheme.Solana => SolanaAddress,
        _ => Bip21Address
    };

    private static string? TokenOn(WalletScheme scheme) => scheme switch
    {
        WalletScheme.Ethereum => UsdtOnEthereum,
        WalletScheme.Solana => UsdcOnSolana,
        _ => null
    };

    [GeneratedRegex("0x[0-9a-fA-F]{40}|[a-zA-Z0-9]{25,}")]
    private static partial Regex AddressLike();

    private static Money Amount(string amount) => new(decimal.Parse(amount, CultureInfo.InvariantCulture), "COIN");
}
