using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Prices from providers, for two stores.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CoinPriceUpdaterTests
{
    private readonly ManualTime _time = new();
    private readonly Rows<CoinPrice> _prices = new(price => price.Coin);
    private readonly Mock<ISettingService> _settings = new();
    private readonly Mock<ILogger> _log = new();
    private readonly CryptoGatewaysSettings _storeSettings = new();
    private readonly RatesGateway _first = new("first"), _second = new("second");

    [SetUp]
    public void Start()
    {
        _settings.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>())).ReturnsAsync(_storeSettings);
        Set(_first, "enabled", 1, GatewaySettings.FlagOn);
    }

    [Test]
    public async Task A_coin_that_needs_a_price_gets_the_gateways()
    {
        await RunAsync();

        Assert.That(_prices.All.Select(row => (row.Coin, row.Price, row.Currency, row.Source)),
            Is.EqualTo(new[] { ("BTC", 65_000m, "USD", "first"), ("ETH", 3_000m, "USD", "first") }), "USDT is taken at its peg");
    }

    [Test]
    public async Task A_price_is_asked_for_again_when_it_is_five_minutes_old()
    {
        await RunAsync();
        _first.Answers["BTC"] = _ => 66_000m;
        _time.Now += TimeSpan.FromMinutes(4);
        await RunAsync();
        Assert.That(Price("BTC"), Is.EqualTo(65_000m));

        _time.Now += TimeSpan.FromMinutes(1);
        await RunAsync();
        Assert.That(Price("BTC"), Is.EqualTo(66_000m));
    }

    [Test]
    public async Task A_provider_that_is_asked_each_minute_keeps_its_coins_on_offer()
    {
        var table = new CoinPriceService(_prices.Repository, _time);
        await RunAsync();
        for (var minute = 0; minute < 60; minute++)
        {
            Assert.That(_prices.All.Any(row => table.IsStale(row, _storeSettings)), Is.False, $"minute {minute}");
            _time.Now += TimeSpan.FromMinutes(1);
            await RunAsync();
        }
    }

    [Test]
    public async Task The_owners_price_stays_until_it_is_too_old()
    {
        _prices.Insert(new CoinPrice { Coin = "BTC", Currency = "USD", Price = 60_000m, AsOfUtc = _time.Now, Source = CoinPrice.Owner });
        _time.Now += TimeSpan.FromHours(24);
        await RunAsync();
        Assert.That(Price("BTC"), Is.EqualTo(60_000m));

        _time.Now += TimeSpan.FromMinutes(1);
        await RunAsync();
        Assert.That(Price("BTC"), Is.EqualTo(65_000m));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("10000000000")]
    [TestCase(null)]
    public async Task What_is_no_price_changes_nothing(string? price)
    {
        _first.Answers["BTC"] = _ => price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);

        await RunAsync();

        Assert.That(Price("BTC"), Is.Null);
    }

    [Test]
    public async Task A_store_with_keys_of_its_own_gets_prices_although_the_shared_settings_have_none()
    {
        Set(_first, "enabled", 1, null);
        Set(_first, "enabled", 2, GatewaySettings.FlagOn);
        Set(_first, "key", 2, "key2");

        await RunAsync();

        Assert.That((Price("BTC"), Price("ETH")), Is.EqualTo((65_000m, 3_000m)));
        Assert.That(_first.Asked, Is.EqualTo(new[] { "BTC key2", "ETH key2" }));
    }

    [Test]
    public async Task Stores_with_the_same_keys_ask_once_and_so_do_stores_with_others()
    {
        Set(_first, "enabled", 2, GatewaySettings.FlagOn);
        await RunAsync();
        Assert.That(_first.Asked, Is.EqualTo(new[] { "BTC key", "ETH key" }));

        _time.Now += TimeSpan.FromMinutes(5);
        Set(_first, "key", 2, "key2");
        await RunAsync();
        Assert.That(_first.Asked, Has.Count.EqualTo(4), "the price is the same for all stores");
    }

    [TestCase(GatewayFault.BadAnswer)]
    [TestCase(GatewayFault.Refused)]
    [TestCase(GatewayFault.ServerError)]
    public async Task A_coin_that_fails_keeps_the_others_from_nothing(GatewayFault fault)
    {
        Set(_first, "enabled", 2, GatewaySettings.FlagOn);
        _first.Answers["BTC"] = _ => throw new GatewayException(fault, "no such coin");

        await RunAsync();

        Assert.That((Price("BTC"), Price("ETH")), Is.EqualTo(((decimal?)null, 3_000m)));
        Assert.That(_first.Asked, Is.EqualTo(new[] { "BTC key", "ETH key" }), "the second store has the same keys");
        _log.Verify(log => log.WarningAsync($"first: the price of BTC was not read, {fault}: no such coin", null, null), Times.Once);
    }

    [TestCase(GatewayFault.Timeout)]
    [TestCase(GatewayFault.Unreachable)]
    [TestCase(GatewayFault.BadKey)]
    [TestCase(GatewayFault.TooManyRequests)]
    public async Task A_provider_that_fails_is_asked_once_and_keeps_the_others_from_nothing(GatewayFault fault)
    {
        Set(_first, "enabled", 2, GatewaySettings.FlagOn);
        Set(_second, "enabled", 2, GatewaySettings.FlagOn);
        _first.Answers["BTC"] = _ => throw new GatewayException(fault, "no answer");

        await RunAsync();

        Assert.That((_first.Asked, _second.Asked), Is.EqualTo((new[] { "BTC key" }, new[] { "BTC key", "ETH key" })));
        Assert.That(_prices.All.Select(row => row.Source), Is.All.EqualTo("second"));
    }

    [Test]
    public async Task Where_the_keys_of_one_store_fail_those_of_another_are_tried()
    {
        Set(_first, "enabled", 2, GatewaySettings.FlagOn);
        Set(_first, "key", 2, "key2");
        _first.Answers["BTC"] = key => key == "key2" ? 65_000m : throw new GatewayException(GatewayFault.BadKey, "revoked");

        await RunAsync();

        Assert.That(_first.Asked, Is.EqualTo(new[] { "BTC key", "BTC key2", "ETH key2" }));
        Assert.That((Price("BTC"), Price("ETH")), Is.EqualTo((65_000m, 3_000m)));
    }

    private decimal? Price(string coin) => _prices.All.SingleOrDefault(row => row.Coin == coin)?.Price;

    private Task RunAsync()
    {
        var stores = Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Store>>(new List<Store> { new() { Id = 1 }, new() { Id = 2 } }));
        var gateways = new EnabledGateways(new GatewayRegistry([_first, _second]), new GatewaySettingsStore(_settings.Object, new SecretProtector(Mock.Of<IEncryptionService>())));
        return new CoinPriceUpdater(gateways, new ProviderRateLimiter(_time), new CoinPriceService(_prices.Repository, _time), stores, _settings.Object, _log.Object).RunAsync(CancellationToken.None);
    }

    private void Set(RatesGateway gateway, string setting, int storeId, string? value) => _settings
        .Setup(service => service.GetSettingByKeyAsync<string?>($"cryptogateways.{gateway.Descriptor.SystemName}.{setting}", null, storeId, true)).ReturnsAsync(value);

    private sealed class RatesGateway(string name) : IRatesGateway
    {
        /// <summary>What a coin costs, by its code and the key that asks; an exception is thrown.</summary>
        public Dictionary<string, Func<string, decimal?>> Answers { get; } = new() { ["BTC"] = _ => 65_000m, ["ETH"] = _ => 3_000m };

        /// <summary>Coins and keys, in the order of the calls.</summary>
        public List<string> Asked { get; } = [];

        public GatewayDescriptor Descriptor { get; } = new()
        {
            SystemName = name,
            Name = name,
            Coins = [new("BTC", "Bitcoin", 1m, Decimals: 8), new("ETH", "Ether", 1m, Decimals: 18), new("USDT", "Tether", 1m, PeggedTo: "USD")],
            Fields = [new SettingField("Key", SettingKind.Text) { Default = "key", Required = true }, new SettingField("Coins", SettingKind.Choices) { Default = "BTC,ETH,USDT" }],
            RedirectHosts = [],
            BaseUrlField = "",
            CoinsField = "Coins"
        };

        public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.Coin;

        public bool? IsTest(GatewaySettings settings) => null;

        public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken)
        {
            Asked.Add($"{coin.Code} {settings.Text("Key")}");
            return Task.FromResult(Answers[coin.Code](settings.Text("Key")));
        }
    }
}
