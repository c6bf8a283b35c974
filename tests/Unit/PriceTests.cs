using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Coin prices as the owner enters them.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PriceTests
{
    private readonly Market _market = new();
    private readonly Mock<ISettingService> _settingService = new();
    private readonly CryptoGatewaysSettings _settings = new();

    [TestCase("0.3021", "0.3021")]
    [TestCase("1234.5", "1234.5")]
    [TestCase("1", "1")]
    [TestCase("007", "7")]
    [TestCase("0.000000000000000001", "0.000000000000000001")]
    [TestCase("9999999999.999999999999999999", "9999999999.999999999999999999")]
    [SetCulture("de-DE")]
    public void A_price_is_read_with_a_point_whatever_the_culture(string text, string price) =>
        Assert.That(new Money(PriceText.Read(text)!.Value, "X").ToString(), Is.EqualTo(price + " X"));

    [TestCase("1,234")]
    [TestCase("0,3021")]
    [TestCase("1.234,5")]
    [TestCase("1,234.5")]
    [TestCase("1 234")]
    [TestCase("1'234")]
    [TestCase("1.2.3")]
    [TestCase("1e3")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("$1")]
    [TestCase("1.")]
    [TestCase(".5")]
    [TestCase("0")]
    [TestCase("0.000")]
    [TestCase("1\n")]
    [TestCase("١٢٣")]
    [TestCase("12345678901")]
    [TestCase("0.0000000000000000001")]
    [TestCase("")]
    [SetCulture("de-DE")]
    public void What_could_mean_something_else_is_refused(string text) => Assert.That(PriceText.Read(text), Is.Null);

    [Test]
    public async Task A_price_that_is_entered_again_is_as_of_then()
    {
        await _market.SetAsync("PI", "0.3");
        _market.Time.Now += TimeSpan.FromHours(30);
        await _market.SetAsync("PI", "0.25");

        var row = _market.Rows.Single;
        Assert.That((row.Coin, row.Currency, row.Price, row.AsOfUtc, row.Source), Is.EqualTo(("PI", "USD", 0.25m, _market.Time.Now, CoinPrice.Owner)));
    }

    [Test]
    public async Task Saving_takes_new_prices_and_leaves_the_others_as_old_as_they_are()
    {
        await _market.SetAsync("PI", "0.3");
        await _market.SetAsync("CSK", "2");
        var entered = _market.Time.Now;
        _market.Time.Now += TimeSpan.FromHours(1);

        await SaveAsync(("CSK", " 2.5 "), ("PI", ""), ("NOSUCH", "1"));

        Assert.That(_market.Rows.All.Select(row => (row.Coin, row.Price, row.AsOfUtc)), Is.EqualTo(new[] { ("PI", 0.3m, entered), ("CSK", 2.5m, _market.Time.Now) }));
    }

    [Test]
    public async Task The_coins_to_price_are_those_that_a_gateway_which_is_on_counts_in_units()
    {
        Assert.That(await ListAsync(on: false), Is.Empty);
        Assert.That((await ListAsync()).Select(price => price.Coin), Is.EqualTo(new[] { "PI" }));

        _settings.TakePeggedCoinsAtPeg = false;
        Assert.That((await ListAsync()).Select(price => price.Coin), Is.EqualTo(new[] { "PI", "USDT" }));
    }

    [Test]
    public async Task The_list_says_what_a_coin_costs_since_when_and_whether_that_is_too_old()
    {
        Assert.That(await ShownAsync(), Is.EqualTo(((string?)null, (string?)null, false)));

        await _market.SetAsync("PI", "0.3");
        Assert.That(await ShownAsync(), Is.EqualTo(("0.3 USD", "2026-02-06 10:30", false)));

        _market.Time.Now += TimeSpan.FromHours(25);
        Assert.That(await ShownAsync(), Is.EqualTo(("0.3 USD", "2026-02-06 10:30", true)));
    }

    private ConfigurationSaver Saver => new(new GatewayRegistry([new UnitGateway()]), null!, null!, _market.Prices, _settingService.Object);

    private async Task<(string? Price, string? AsOf, bool IsStale)> ShownAsync() => (await ListAsync()).Select(price => (price.Price, price.AsOf, price.IsStale)).Single();

    private Task<IList<CoinPriceModel>> ListAsync(bool on = true)
    {
        _settingService.Setup(service => service.GetSettingByKeyAsync<string?>("cryptogateways.units.enabled", null, 0, true)).ReturnsAsync(on ? "true" : null);
        var settingsStore = new GatewaySettingsStore(_settingService.Object, new SecretProtector(Mock.Of<IEncryptionService>()));
        return new ConfigurationModelFactory(new GatewayRegistry([new UnitGateway()]), settingsStore, _market.Prices, null!, Registered.Texts()).PrepareCoinPriceModelsAsync(0, _settings);
    }

    private Task SaveAsync(params (string Coin, string NewPrice)[] prices)
    {
        _settingService.Setup(service => service.LoadSettingAsync<CryptoGatewaysSettings>(0)).ReturnsAsync(_settings);
        return Saver.SaveAsync(Model(prices), 0);
    }

    private static ConfigurationModel Model(params (string Coin, string NewPrice)[] prices) => new()
    {
        WatchDays = 1,
        MaximumPriceAgeHours = 1,
        QuoteMinutes = 20,
        Prices = [.. prices.Select(price => new CoinPriceModel { Coin = price.Coin, NewPrice = price.NewPrice })]
    };

    /// <summary>A gateway that counts in units of the coin; CSK is not chosen.</summary>
    private sealed class UnitGateway : IPaymentGateway
    {
        public GatewayDescriptor Descriptor { get; } = new()
        {
            SystemName = "units",
            Name = "Units",
            Coins = [new("USDT", "Tether", 5m, PeggedTo: "USD"), new("PI", "Pi", 1m), new("CSK", "Coin", 1m)],
            Fields = [new SettingField("Coins", SettingKind.Choices) { Default = "PI,USDT" }],
            RedirectHosts = [],
            BaseUrlField = "",
            CoinsField = "Coins"
        };

        public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.Coin;

        public bool? IsTest(GatewaySettings settings) => true;

        public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
