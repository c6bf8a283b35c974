using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RateFeedTests
{
    private readonly ManualTime _time = new();
    private readonly Rows<CoinPrice> _prices = new(price => price.Coin);
    private readonly Mock<IRatesGateway> _gateway = new();
    private readonly Mock<ILogger> _log = new();

    private RateFeed _feed = null!;

    [SetUp]
    public void Start()
    {
        _gateway.Setup(gateway => gateway.Descriptor).Returns(new TalkativeGateway().Descriptor with
        {
            Coins = [new CoinDescriptor("BTC", "Bitcoin", 1m, Decimals: 8), new CoinDescriptor("USDT", "Tether", 1m, PeggedTo: "USD")],
            Fields = [new SettingField("Coins", SettingKind.Choices) { Default = "BTC,USDT" }],
            CoinsField = "Coins"
        });
        _gateway.Setup(gateway => gateway.BasisFor(It.IsAny<CoinDescriptor>(), It.IsAny<GatewaySettings>())).Returns(PriceBasis.Coin);
        Tells(65_000m);
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(new CryptoGatewaysSettings());
        settings.Setup(service => service.GetSettingByKeyAsync<string?>("cryptogateways.talkative.enabled", null, 0, true)).ReturnsAsync(GatewaySettings.FlagOn);
        _feed = new RateFeed(new GatewayRegistry([_gateway.Object]), new GatewayTraffic(_time),
            new GatewaySettingsStore(settings.Object, new SecretProtector(Mock.Of<IEncryptionService>())), new PriceTable(_prices.Repository, _time), settings.Object, _log.Object);
    }

    [Test]
    public async Task A_coin_that_needs_a_price_gets_the_gateways()
    {
        await RunAsync();

        Assert.That((_prices.Single.Coin, _prices.Single.Price, _prices.Single.Currency, _prices.Single.Source), Is.EqualTo(("BTC", 65_000m, "USD", "talkative")));
    }

    [Test]
    public async Task A_price_is_asked_for_again_when_it_is_five_minutes_old()
    {
        await RunAsync();
        Tells(66_000m);
        _time.Now += TimeSpan.FromMinutes(4);
        await RunAsync();
        Assert.That(_prices.Single.Price, Is.EqualTo(65_000m));

        _time.Now += TimeSpan.FromMinutes(1);
        await RunAsync();
        Assert.That(_prices.Single.Price, Is.EqualTo(66_000m));
    }

    [Test]
    public async Task The_owners_price_stays_until_it_is_too_old()
    {
        _prices.Insert(new CoinPrice { Coin = "BTC", Currency = "USD", Price = 60_000m, AsOfUtc = _time.Now, Source = CoinPrice.Owner });
        _time.Now += TimeSpan.FromHours(24);
        await RunAsync();
        Assert.That(_prices.Single.Price, Is.EqualTo(60_000m));

        _time.Now += TimeSpan.FromMinutes(1);
        await RunAsync();
        Assert.That(_prices.Single.Price, Is.EqualTo(65_000m));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(null)]
    public async Task What_is_no_price_changes_nothing(int? price)
    {
        Tells(price);

        await RunAsync();

        Assert.That(_prices.All, Is.Empty);
    }

    [Test]
    public async Task A_provider_that_does_not_answer_leaves_the_last_price_and_a_line_in_the_log()
    {
        _gateway.Setup(gateway => gateway.PriceAsync(It.IsAny<CoinDescriptor>(), It.IsAny<GatewaySettings>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new GatewayException(GatewayFault.Timeout, "no answer in time"));

        await RunAsync();

        Assert.That(_prices.All, Is.Empty);
        _log.Verify(log => log.WarningAsync("Talkative: prices not read, Timeout: no answer in time", null, null), Times.Once);
    }

    private Task RunAsync() => _feed.RunAsync(CancellationToken.None);

    private void Tells(decimal? price) => _gateway
        .Setup(gateway => gateway.PriceAsync(It.Is<CoinDescriptor>(coin => coin.Code == "BTC"), It.IsAny<GatewaySettings>(), It.IsAny<CancellationToken>())).ReturnsAsync(price);
}
