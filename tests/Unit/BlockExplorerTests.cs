using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

public sealed class BlockExplorerTests
{
    private static IEnumerable<CoinDescriptor> Coins => Registered.Gateways.SelectMany(gateway => gateway.Descriptor.Coins).Where(coin => coin.BlockExplorer is not null);

    [Test]
    public void Coins_whose_chain_is_known_have_one() => Assert.That(Coins.Count(), Is.GreaterThan(10));

    [TestCaseSource(nameof(Coins))]
    public void It_is_reached_by_https(CoinDescriptor coin)
    {
        foreach (var url in new[] { coin.BlockExplorer!.ToAddress("bc1qar0srrr7xfkvy5l643lydnw9re59gtzz"), coin.BlockExplorer.ToTransaction(new string('a', 64)) })
            Assert.That(new Uri(url!), Has.Property(nameof(Uri.Scheme)).EqualTo("https").And.Property(nameof(Uri.UserInfo)).Empty);
    }

    [TestCase("javascript:alert(1)//aaaaaaaaaaaa")]
    [TestCase("../../../../elsewhere")]
    [TestCase("short")]
    [TestCase("a b c d e f g h i j k l m n o p")]
    public void What_is_no_id_gets_no_link(string text) =>
        Assert.That((BlockExplorer.Bitcoin.ToAddress(text), BlockExplorer.Bitcoin.ToTransaction(text)), Is.EqualTo(((string?)null, (string?)null)));
}
