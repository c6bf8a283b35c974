using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What a wallet in the browser is asked to send. The amounts in hexadecimal were computed with Python.
/// </summary>
public sealed class WalletTransactionTests
{
    private const string Recipient = "0x8e23ee67d1332ad560396262c48ffbb01f93d052";
    private static readonly string _paddedRecipient = Recipient[2..].PadLeft(64, '0');

    private static readonly WalletCoin _ether = new(WalletScheme.Ethereum, 18, 1);
    private static readonly WalletCoin _tether = new(WalletScheme.Ethereum, 6, TokenContracts.EthereumChain, TokenContracts.UsdtOnEthereum);
    private static readonly WalletCoin _tetherOnBsc = new(WalletScheme.Ethereum, 18, TokenContracts.BscChain, TokenContracts.UsdtOnBsc);

    [TestCase("0.005", "0x11c37937e08000")]
    [TestCase("1", "0xde0b6b3a7640000")]
    [TestCase("0.000000000000000001", "0x1")]
    [TestCase("1.100000000000000001", "0xf43fc2c04ee0001")]
    [TestCase("123456789.123456789012345678", "0x661efdf2e3b19f7564f34e")]
    [TestCase("0.0000000000000000001", "0x1", Description = "rounded up to the smallest unit")]
    public void Ether_is_sent_to_the_last_wei(decimal due, string wei) =>
        Assert.That(WalletTransaction.Of(_ether, Recipient, new Money(due, "ETH"), null), Is.EqualTo(new WalletTransaction("0x1", Recipient, wei, null)));

    [Test]
    public void A_token_is_transferred_by_its_contract_in_its_smallest_unit()
    {
        Assert.That(WalletTransaction.Of(_tether, Recipient, new Money(12.500001m, "USDT"), null),
            Is.EqualTo(new WalletTransaction("0x1", TokenContracts.UsdtOnEthereum, "0x0", $"0xa9059cbb{_paddedRecipient}{"bebc21".PadLeft(64, '0')}")));
        Assert.That(WalletTransaction.Of(_tetherOnBsc, Recipient, new Money(12.5m, "USDT"), null),
            Is.EqualTo(new WalletTransaction("0x38", TokenContracts.UsdtOnBsc, "0x0", $"0xa9059cbb{_paddedRecipient}{"ad78ebc5ac620000".PadLeft(64, '0')}")));
    }

    private static IEnumerable<TestCaseData> None() =>
    [
        new TestCaseData(null, Recipient, null).SetArgDisplayNames("unknown coin"),
        new TestCaseData(new WalletCoin(WalletScheme.Bitcoin, 8), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", null).SetArgDisplayNames("another chain"),
        new TestCaseData(_ether with { ChainId = 0 }, Recipient, null).SetArgDisplayNames("unknown chain"),
        new TestCaseData(_ether, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", null).SetArgDisplayNames("address of another network"),
        new TestCaseData(_ether, Recipient, "7").SetArgDisplayNames("a tag"),
        new TestCaseData(_tether with { Token = Recipient }, Recipient, null).SetArgDisplayNames("unknown contract"),
        new TestCaseData(_tether with { ChainId = TokenContracts.BscChain }, Recipient, null).SetArgDisplayNames("contract of another chain")
    ];

    [TestCaseSource(nameof(None))]
    public void There_is_none_when_anything_is_uncertain(WalletCoin? wallet, string address, string? tag) =>
        Assert.That(WalletTransaction.Of(wallet, address, new Money(1m, "ETH"), tag), Is.Null);

    [TestCase(TokenContracts.UsdtOnEthereum)]
    [TestCase(TokenContracts.UsdcOnEthereum)]
    [TestCase(TokenContracts.UsdtOnBsc)]
    [TestCase(TokenContracts.UsdtOnPolygon)]
    [TestCase(TokenContracts.UsdtOnArbitrum)]
    [TestCase(TokenContracts.DaiOnEthereum)]
    public void A_contract_carries_its_checksum(string contract) =>
        Assert.That((AddressFormat.Ethereum.Accepts(contract), contract.Any(char.IsAsciiLetterUpper), AddressFormat.Ethereum.Accepts(Swap(contract))), Is.EqualTo((true, true, false)));

    /// <summary>One letter in the other case.</summary>
    private static string Swap(string contract)
    {
        var at = contract.Select((c, i) => (c, i)).Last(letter => char.IsAsciiLetter(letter.c)).i;
        return contract[..at] + (char)(contract[at] ^ 0x20) + contract[(at + 1)..];
    }
}
