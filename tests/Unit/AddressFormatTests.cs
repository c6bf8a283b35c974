using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Which addresses a network has, against the vectors that its own documents print.
/// </summary>
public sealed class AddressFormatTests
{
    private static readonly AddressFormat[] _all =
    [
        AddressFormat.Bitcoin, AddressFormat.Litecoin, AddressFormat.Dogecoin, AddressFormat.BitcoinCash, AddressFormat.Ethereum, AddressFormat.Tron, AddressFormat.Xrp,
        AddressFormat.Solana, AddressFormat.Pi
    ];

    /// <summary>
    /// Addresses in use, from each network's own documents and software: Bitcoin Core's key_io_valid.json, BIP 173 and BIP 350, EIP-55,
    /// CashAddr, SEP-23, the XRP Ledger's genesis account, the contracts of Tether on TRON and of USDC on Solana;
    /// for Litecoin and Dogecoin the key of BIP 173's example under their versions and prefix.
    /// </summary>
    private static readonly (string Network, string Address)[] _valid =
    [
        ("Bitcoin", "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo"),
        ("Bitcoin", "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm"),
        ("Bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ("Bitcoin", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
        ("Bitcoin", "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv"),
        ("Bitcoin", "bc1qyucykdlhp62tezs0hagqury402qwhk589q80tqs5myh3rxq34nwqhkdhv7"),
        ("Bitcoin", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
        ("Litecoin", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"),
        ("Litecoin", "MJaRnao1s62a2zAKSkmG582KbLKianqb7v"),
        ("Litecoin", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"),
        ("Litecoin", "ltc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpj6zg2"),
        ("Dogecoin", "DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD"),
        ("Dogecoin", "A37YDYSwz3438rFtm1SLVcQHyD7JeueC9H"),
        ("Bitcoin Cash", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
        ("Bitcoin Cash", "qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"),
        ("Bitcoin Cash", "BITCOINCASH:PPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVN0H829PQ"),
        ("Bitcoin Cash", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"),
        ("Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ("Ethereum", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),
        ("Ethereum", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
        ("Ethereum", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),
        ("Ethereum", "0x52908400098527886E0F7030069857D2E4169EE7"),
        ("Ethereum", "0xde709f2102306220921060314715629080e2fb77"),
        ("TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
        ("XRP Ledger", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"),
        ("XRP Ledger", "rrrrrrrrrrrrrrrrrrrrrhoLvTp"),
        ("Solana", "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN"),
        ("Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"),
        ("Pi", "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ")
    ];

    [TestCaseSource(nameof(_valid))]
    public void A_network_has_its_own_addresses((string Network, string Address) valid) =>
        Assert.That(_all.Single(format => format.Network == valid.Network).Accepts(valid.Address), Is.True);

    /// <summary>Bitcoin Cash took Bitcoin's legacy form over: only there an address is good on two networks.</summary>
    [TestCaseSource(nameof(_valid))]
    public void An_address_of_one_network_is_none_of_another((string Network, string Address) valid)
    {
        var isLegacy = valid.Address[0] is '1' or '3';
        Assert.That(from format in _all where format.Accepts(valid.Address) select format.Network,
            Is.EquivalentTo(isLegacy ? new[] { "Bitcoin", "Bitcoin Cash" } : [valid.Network]));
    }

    /// <summary>Every single wrong character is found, wherever it stands: the checksums are read whole.</summary>
    [TestCaseSource(nameof(_valid))]
    public void An_address_with_one_wrong_character_is_none_of_any_network((string Network, string Address) valid)
    {
        // Solana's addresses have no checksum, and one case of Ethereum's says nothing.
        Assume.That(valid.Network != "Solana" && (valid.Network != "Ethereum" || valid.Address[2..].Any(char.IsUpper) && valid.Address[2..].Any(char.IsLower)));
        for (var place = 0; place < valid.Address.Length; place++)
        {
            var other = valid.Address[place] == '7' ? '9' : '7';
            var wrong = valid.Address.Remove(place, 1).Insert(place, other.ToString());
            Assert.That(_all.Where(format => format.Accepts(wrong)), Is.Empty, wrong);
        }
    }

    /// <summary>Solana's have no checksum: one that is cut may still be 32 bytes.</summary>
    [TestCaseSource(nameof(_valid))]
    public void An_address_with_anything_before_or_behind_it_is_none((string Network, string Address) valid)
    {
        var bare = valid.Address.Replace("bitcoincash:", string.Empty, StringComparison.OrdinalIgnoreCase);
        foreach (var more in new[] { bare + "\n", " " + bare, bare + "?amount=1", bare + "1", "1" + bare, bare[..^1], bare[1..], "bitcoin:" + bare, bare + "\0", "" })
            Assert.That(_all.Where(format => format != AddressFormat.Solana && format.Accepts(more)), Is.Empty, more);
    }

    /// <summary>Test networks (Bitcoin Core's key_io_valid.json, CashAddr), private keys, muxed and secret Stellar keys, X-addresses, and what else looks like an address.</summary>
    [TestCase("mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ", Description = "testnet")]
    [TestCase("2NC2hEhe28ULKAJkW5MjZ3jtTMJdvXmByvK", Description = "testnet")]
    [TestCase("tb1qcrh3yqn4nlleplcez2yndq2ry8h9ncg3qh7n54", Description = "testnet")]
    [TestCase("bcrt1qdavt4j2sd7dlhqsavtnfxvzppw6k7qy97tmnu9", Description = "regtest")]
    [TestCase("bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t", Description = "testnet")]
    [TestCase("5JuW2AMDYu4xVwRG9DZW18VbzQrGcd5RCgb99sS6ehJsNQXu5b9", Description = "private key")]
    [TestCase("L5nJeqKmpHp4P7F8ZYyjwc5a7P4d8EabuGAzfGJk7yC1BJyzNaEd", Description = "private key")]
    [TestCase("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ", Description = "muxed")]
    [TestCase("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", Description = "X-address")]
    [TestCase("0x0000000000000000000000000000000000000000", Description = "nobody's")]
    [TestCase("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Description = "checksum")]
    [TestCase("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Description = "prefix")]
    [TestCase("0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Description = "prefix")]
    [TestCase("1111111111111111111111111111111", Description = "31 zero bytes")]
    [TestCase("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7\u212Av8f3t4", Description = "a Kelvin sign, whose lower case is k")]
    [TestCase("BC1SW50QGDZ25J", Description = "a witness version of which nobody can own a program")]
    [TestCase("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", Description = "version 1 is Taproot's 32 bytes only")]
    [TestCase("address")]
    public void What_only_looks_like_an_address_is_none(string text) => Assert.That(_all.Where(format => format.Accepts(text)), Is.Empty);

    /// <summary>BIP 350, "Test vectors for v0-v16 native segregated witness addresses", for both of its networks.</summary>
    [TestCase("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc", 0, "751e76e8199196d454941c45d1b3a323f1433bd6")]
    [TestCase("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "tb", 0, "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [TestCase("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bc", 1, "751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6")]
    [TestCase("BC1SW50QGDZ25J", "bc", 16, "751e")]
    [TestCase("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "bc", 2, "751e76e8199196d454941c45d1b3a323")]
    [TestCase("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", "tb", 0, "000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [TestCase("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", "tb", 1, "000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [TestCase("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc", 1, "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void A_witness_program_is_read_from_its_address(string address, string prefix, int version, string program)
    {
        var decoded = SegWitAddress.Decode(address, prefix);
        Assert.That((decoded?.Version, Convert.ToHexStringLower(decoded?.Program ?? [])), Is.EqualTo(((int?)version, program)));
    }

    /// <summary>BIP 173 and BIP 350, the lists of invalid segwit addresses, and the addresses of BIP 173 that BIP 350 made invalid.</summary>
    [TestCase("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty")]
    [TestCase("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [TestCase("BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2")]
    [TestCase("bc1rw5uspcuh")]
    [TestCase("bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90")]
    [TestCase("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P")]
    [TestCase("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7")]
    [TestCase("bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du")]
    [TestCase("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv")]
    [TestCase("bc1gmk9yu")]
    [TestCase("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx")]
    [TestCase("BC1SW50QA3JX3S")]
    [TestCase("bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj")]
    [TestCase("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut")]
    [TestCase("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd")]
    [TestCase("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf")]
    [TestCase("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL")]
    [TestCase("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh")]
    [TestCase("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47")]
    [TestCase("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4")]
    [TestCase("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R")]
    [TestCase("bc1pw5dgrnzv")]
    [TestCase("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav")]
    [TestCase("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq")]
    [TestCase("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf")]
    [TestCase("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j")]
    public void What_the_standards_call_invalid_is_no_witness_program(string address) =>
        Assert.That((SegWitAddress.Decode(address, "bc"), SegWitAddress.Decode(address, "tb")), Is.EqualTo(((ValueTuple<int, byte[]>?)null, (ValueTuple<int, byte[]>?)null)));

    /// <summary>CashAddr's specification, "Larger test vectors".</summary>
    [TestCase("bitcoincash:qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2", "bitcoincash", 0, "f5bf48b397dae70be82b3cca4793f8eb2b6cdac9")]
    [TestCase("bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t", "bchtest", 1, "f5bf48b397dae70be82b3cca4793f8eb2b6cdac9")]
    [TestCase("pref:pr6m7j9njldwwzlg9v7v53unlr4jkmx6ey65nvtks5", "pref", 1, "f5bf48b397dae70be82b3cca4793f8eb2b6cdac9")]
    [TestCase("bitcoincash:q9adhakpwzztepkpwp5z0dq62m6u5v5xtyj7j3h2ws4mr9g0", "bitcoincash", 0, "7adbf6c17084bc86c1706827b41a56f5ca32865925e946ea")]
    [TestCase("bitcoincash:qgagf7w02x4wnz3mkwnchut2vxphjzccwxgjvvjmlsxqwkcw59jxxuz", "bitcoincash", 0, "3a84f9cf51aae98a3bb3a78bf16a6183790b18719126325bfc0c075b")]
    [TestCase("bitcoincash:qvch8mmxy0rtfrlarg7ucrxxfzds5pamg73h7370aa87d80gyhqxq5nlegake", "bitcoincash", 0, "3173ef6623c6b48ffd1a3dcc0cc6489b0a07bb47a37f47cfef4fe69de825c060")]
    [TestCase("bitcoincash:qnq8zwpj8cq05n7pytfmskuk9r4gzzel8qtsvwz79zdskftrzxtar994cgutavfklv39gr3uvz", "bitcoincash", 0, "c07138323e00fa4fc122d3b85b9628ea810b3f381706385e289b0b25631197d194b5c238beb136fb")]
    [TestCase("bitcoincash:qpzry9x8gf2tvdw0s3jn54khce6mua7lcw20ayyn", "bitcoincash", null, "", Description = "a right checksum, and no payload")]
    [TestCase("bchreg:555555555555555555555555555555555555555555555udxmlmrz", "bchreg", null, "", Description = "the same")]
    public void A_hash_is_read_from_its_CashAddr(string address, string prefix, int? type, string hash)
    {
        var decoded = CashAddress.Decode(address, prefix);
        Assert.That((decoded?.Type, Convert.ToHexStringLower(decoded?.Hash ?? [])), Is.EqualTo((type, hash)));
    }

    /// <summary>Bitcoin Core's base58_encode_decode.json.</summary>
    [TestCase("", "")]
    [TestCase("2g", "61")]
    [TestCase("a3gV", "626262")]
    [TestCase("aPEr", "636363")]
    [TestCase("2cFupjhnEsSn59qHXstmK2ffpLv2", "73696d706c792061206c6f6e6720737472696e67")]
    [TestCase("1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L", "00eb15231dfceb60925886b67d065299925915aeb172c06647")]
    [TestCase("ABnLTmg", "516b6fcd0f")]
    [TestCase("3SEo3LWLoPntC", "bf4f89001e670274dd")]
    [TestCase("3EFU7m", "572e4794")]
    [TestCase("EJDM8drfXA6uyA", "ecac89cad93923c02321")]
    [TestCase("Rt5zm", "10c8511e")]
    [TestCase("1111111111", "00000000000000000000")]
    [TestCase("0", null)]
    [TestCase("l", null)]
    public void Base58_is_read(string text, string? bytes) =>
        Assert.That(Base58.Decode(text, Base58.BitcoinAlphabet) is { } decoded ? Convert.ToHexStringLower(decoded) : null, Is.EqualTo(bytes));

    /// <summary>The vectors of the Keccak team for the empty message and of Ethereum's documents; SHA3-256 gives other hashes. The long one takes two blocks.</summary>
    [TestCase("", 1, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [TestCase("abc", 1, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [TestCase("a", 136, "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e")]
    public void Keccak_256_is_not_SHA3_256(string text, int times, string hash) =>
        Assert.That(Convert.ToHexStringLower(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))))), Is.EqualTo(hash));

    /// <summary>SEP-23, "Invalid test cases", as far as they begin like an account.</summary>
    [TestCase("GAAAAAAAACGC6")]
    [TestCase("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZA")]
    [TestCase("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUACUSI")]
    [TestCase("G47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVP2I")]
    [TestCase("ga7qynf7sowq3glr2bgmzehxavirza4kvwltjjfc7mgxua74p7ujvsgz")]
    public void What_SEP_23_calls_invalid_is_no_account(string address) => Assert.That(AddressFormat.Pi.Accepts(address), Is.False);

    /// <summary>Every coin that a gateway can show an address for says which addresses those are; ways to pay that are no coin have none.</summary>
    [Test]
    public void Every_coin_that_the_store_s_page_can_show_declares_its_addresses() => Assert.That(
        from gateway in Registered.Gateways
        where gateway.Descriptor.SupportsStorePage
        from coin in gateway.Descriptor.Coins
        where coin.Addresses is null != coin.IsMethod
        select $"{gateway.Descriptor.SystemName} {coin.Code}", Is.Empty);

    /// <summary>A contract is itself an address of its chain; it is no recipient.</summary>
    [TestCaseSource(nameof(Tokens))]
    public void A_token_s_contract_is_an_address_of_its_network_and_never_the_recipient(CoinDescriptor coin) => Assert.That(
        (coin.Addresses!.Accepts(coin.Wallet!.Token!), coin.AddressFault(coin.Wallet.Token!.ToLowerInvariant())), Is.EqualTo((true, $"the token contract of {coin.Code} as the address")));

    private static IEnumerable<CoinDescriptor> Tokens => Registered.Gateways.SelectMany(gateway => gateway.Descriptor.Coins).Where(coin => coin.Wallet?.Token is not null);
}
