using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using static CryptoGateways.Tests.Unit.Amounts;

namespace CryptoGateways.Tests.Unit;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AmountConverterTests
{
    private static readonly CoinDescriptor _pegged = new("USDT", "Tether", 5m, PeggedTo: "USD");
    private static readonly CoinDescriptor _floating = new("PI", "Pi", 5m, Decimals: 7) { Dust = 0m };
    private static readonly CoinDescriptor _peggedToEuro = new("EURC", "Euro Coin", 5m, PeggedTo: "EUR");

    private readonly Market _market = new();
    private readonly CryptoGatewaysSettings _settings = new();

    [TestCase("10", "USD", "10")]
    [TestCase("10.0000", "USD", "10")]
    [TestCase("10.001", "USD", "10.01")]
    [TestCase("10", "usd", "10")]
    [TestCase("10", "EUR", "11.12")]
    [TestCase("9", "EUR", "10")]
    [TestCase("2", "XAG", "6.67", Description = "2 / 0.3")]
    [TestCase("1234", "JPY", "8.23")]
    [TestCase("750", "JPY", "5")]
    [TestCase("12.345", "KWD", "40.22")]
    public async Task A_pegged_coin_costs_what_its_currency_costs_rounded_up_to_the_cent(string price, string currency, string coins) =>
        Assert.That(await QuoteAsync(price, currency, _pegged), Is.EqualTo(new Quote(new Money(Decimal(coins), "USDT"))));

    [Test]
    public async Task The_unit_that_the_owner_stated_makes_no_difference_for_a_dollar_coin([Values(PriceBasis.Undecided, PriceBasis.UsDollar, PriceBasis.Coin)] PriceBasis basis) =>
        Assert.That((await QuoteAsync("9", "EUR", _pegged, basis)).Amount, Is.EqualTo(new Money(10m, "USDT")));

    [Test]
    public async Task A_floating_coin_priced_in_dollars_costs_dollars() =>
        Assert.That((await QuoteAsync("10", "EUR", _floating, PriceBasis.UsDollar)).Amount, Is.EqualTo(new Money(11.12m, "PI")));

    [TestCase("10", "USD", "0.3021", "33.101622")]
    [TestCase("100", "USD", "0.07", "1428.5714286")]
    [TestCase("9", "EUR", "0.3", "33.3333334")]
    [TestCase("1000", "JPY", "0.25", "26.6666667")]
    [TestCase("12.345", "KWD", "0.2", "201.058632", Description = "12.345 / 0.307 = 40.2117263843..., that / 0.2 = 201.0586319...")]
    [TestCase("10", "USD", "100000", "0.0001", Description = "exactly; a huge price")]
    [TestCase("10", "USD", "9999999999.999999999999999999", "0.0000001", Description = "at least one unit")]
    [TestCase("5", "USD", "0.000001", "5000000", Description = "exactly; a tiny price")]
    [TestCase("6", "XAG", "2.5", "8", Description = "exactly, although neither 6 / 0.3 nor 20 / 2.5 need be")]
    public async Task A_floating_coin_counted_in_units_is_divided_by_its_price_and_rounded_up_to_its_decimals(string price, string currency, string coinPrice, string coins)
    {
        await _market.SetAsync("PI", coinPrice);

        Assert.That(await QuoteAsync(price, currency, _floating, PriceBasis.Coin), Is.EqualTo(new Quote(new Money(Decimal(coins), "PI"))));
    }

    /// <summary>In decimal arithmetic 26 / 0.3 * 0.9 is 78.000000000000000000000000003.</summary>
    [Test]
    public async Task What_is_exact_stays_exact_where_decimals_would_be_off() =>
        Assert.That((await QuoteAsync("26", "XAG", _peggedToEuro, PriceBasis.Coin)).Amount, Is.EqualTo(new Money(78m, "EURC")));

    [TestCase("10.004", "EUR", "10.01")]
    [TestCase("10.00", "EUR", "10")]
    [TestCase("999.2", "JPY", "1000")]
    [TestCase("1.2341", "KWD", "1.235")]
    public async Task A_gateway_that_counts_in_the_stores_currency_is_asked_for_the_price_itself(string price, string currency, string amount) =>
        Assert.That((await QuoteAsync(price, currency, _floating, PriceBasis.StoreCurrency)).Amount, Is.EqualTo(new Money(Decimal(amount), currency)));

    [TestCase(PriceBasis.Undecided, UnavailableReason.AmountUnitUnknown)]
    [TestCase(PriceBasis.Coin, UnavailableReason.NoPrice)]
    public async Task A_floating_coin_without_a_price_is_not_offered(PriceBasis basis, UnavailableReason reason) =>
        Assert.That(await QuoteAsync("10", "USD", _floating, basis), Is.EqualTo(new Quote(reason)));

    [TestCase(900, null)]
    [TestCase(901, UnavailableReason.StalePrice)]
    public async Task A_price_that_a_provider_told_is_used_for_a_quarter_of_an_hour_whatever_the_owner_allows(int seconds, UnavailableReason? reason)
    {
        await _market.Prices.SetAsync("PI", new Money(0.3m, "USD"), "provider");
        _settings.MaximumPriceAgeHours = 24;
        _market.Time.Now += TimeSpan.FromSeconds(seconds);

        Assert.That((await QuoteAsync("10", "USD", _floating, PriceBasis.Coin)).UnavailableReason, Is.EqualTo(reason));
        Assert.That(await _market.Converter.MarketValueAsync("PI", "USD", _settings), Is.EqualTo(reason is null ? 0.3m : (decimal?)null));
    }

    [TestCase(24, 0, null)]
    [TestCase(24, 1, UnavailableReason.StalePrice)]
    [TestCase(1, 0, null)]
    [TestCase(1, 1, UnavailableReason.StalePrice)]
    public async Task A_coin_is_offered_until_its_price_is_older_than_the_store_allows(int hours, int secondsLater, UnavailableReason? reason)
    {
        await _market.SetAsync("PI", "0.3");
        _settings.MaximumPriceAgeHours = hours;
        _market.Time.Now += TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(secondsLater);

        Assert.That((await QuoteAsync("10", "USD", _floating, PriceBasis.Coin)).UnavailableReason, Is.EqualTo(reason));
    }

    /// <summary>Bitcoin's network relays no output of less than 546 satoshi, at 100,000 dollars a coin 0.546 dollars.</summary>
    [TestCase(PriceBasis.Coin)]
    [TestCase(PriceBasis.UsDollar)]
    [TestCase(PriceBasis.StoreCurrency)]
    public async Task An_amount_that_the_network_does_not_relay_is_not_offered_in_any_unit(PriceBasis basis)
    {
        var coin = new CoinDescriptor("BTC", "Bitcoin", 0m, Decimals: CoinDecimals.Btc) { Wallet = new WalletCoin(WalletScheme.Bitcoin, CoinDecimals.Btc) };
        await _market.SetAsync("BTC", "100000");

        Assert.That((await QuoteAsync("0.54", "USD", coin, basis)).UnavailableReason, Is.EqualTo(UnavailableReason.BelowDust));
        Assert.That((await QuoteAsync("0.55", "USD", coin, basis)).UnavailableReason, Is.Null);
    }

    [TestCase(WalletScheme.Bitcoin, 0.00000546)]
    [TestCase(WalletScheme.Litecoin, 0.0000546)]
    [TestCase(WalletScheme.Dogecoin, 0.01)]
    [TestCase(WalletScheme.BitcoinCash, 0.00000546)]
    [TestCase(WalletScheme.Ethereum, 0.000001)]
    [TestCase(WalletScheme.Solana, 0.000001)]
    public void A_coin_has_the_limit_of_its_network(WalletScheme scheme, decimal dust) =>
        Assert.That(new CoinDescriptor("X", "Coin", 0m) { Wallet = new WalletCoin(scheme, 8) }.Dust, Is.EqualTo(dust));

    [Test]
    public void What_is_not_one_coin_has_no_limit() => Assert.That(new CoinDescriptor("ANY", "Any", 0m) { IsMethod = true }.Dust, Is.Zero);

    [TestCase("12.5", "3207.13", "0.00389757", Description = "0.003897565736343...")]
    [TestCase("0.01", "1000000", "0.00000001")]
    [TestCase("12.5", "3125", "0.004")]
    public async Task A_coin_with_eighteen_decimals_is_quoted_with_eight_rounded_up(string price, string coinPrice, string coins)
    {
        await _market.SetAsync("ETH", coinPrice);

        Assert.That((await QuoteAsync(price, "USD", new("ETH", "Ether", 0m, Decimals: CoinDecimals.Eth) { Dust = 0m }, PriceBasis.Coin)).Amount, Is.EqualTo(new Money(Decimal(coins), "ETH")));
    }

    [Test]
    public async Task A_price_that_does_not_fit_the_columns_is_not_quoted_in_any_unit([Values] PriceBasis basis, [Values("10000000000", "9999999999.999", "100000000000000")] string price)
    {
        await _market.SetAsync("PI", "65000");

        Assert.That(await QuoteAsync(price, "USD", _floating, basis), Is.EqualTo(new Quote(UnavailableReason.AmountTooLarge)));
        Assert.That(await QuoteAsync(price, "USD", _pegged, basis), Is.EqualTo(new Quote(UnavailableReason.AmountTooLarge)));
    }

    [TestCase("USD", "9999999999.99")]
    [TestCase("KWD", "9999999999.999")]
    [TestCase("JPY", "9999999999")]
    public async Task The_largest_price_that_fits_is_quoted(string currency, string price) =>
        Assert.That((await QuoteAsync(price, currency, _floating, PriceBasis.StoreCurrency)).Amount, Is.EqualTo(new Money(Decimal(price), currency)));

    [Test]
    public async Task A_coin_whose_number_would_not_fit_the_payment_is_not_offered()
    {
        await _market.SetAsync("PI", "0.000000000000000001");

        Assert.That(await QuoteAsync("10", "USD", _floating, PriceBasis.Coin), Is.EqualTo(new Quote(UnavailableReason.AmountTooLarge)));
    }

    [Test]
    public async Task A_pegged_coin_that_is_not_taken_at_its_peg_needs_a_price()
    {
        _settings.TakePeggedCoinsAtPeg = false;
        Assert.That((await QuoteAsync("10", "USD", _pegged, PriceBasis.Coin)).UnavailableReason, Is.EqualTo(UnavailableReason.NoPrice));
        Assert.That((await QuoteAsync("10", "USD", _pegged)).UnavailableReason, Is.EqualTo(UnavailableReason.AmountUnitUnknown));
        Assert.That((await QuoteAsync("10", "USD", _pegged, PriceBasis.UsDollar)).Amount, Is.EqualTo(new Money(10m, "USDT")));

        await _market.SetAsync("USDT", "0.9987");
        Assert.That((await QuoteAsync("10", "USD", _pegged, PriceBasis.Coin)).Amount, Is.EqualTo(new Money(10.02m, "USDT")));
    }

    [TestCase("USD", "9")]
    [TestCase("EUR", "10")]
    public async Task A_coin_of_another_currency_is_counted_in_that_one(string currency, string coins) =>
        Assert.That((await QuoteAsync("10", currency, _peggedToEuro, PriceBasis.Coin)).Amount, Is.EqualTo(new Money(Decimal(coins), "EURC")));

    [Test]
    public async Task A_coin_of_another_currency_than_the_dollar_is_not_offered_while_the_unit_is_open() =>
        Assert.That(await QuoteAsync("10", "EUR", _peggedToEuro), Is.EqualTo(new Quote(UnavailableReason.AmountUnitUnknown)));

    [TestCase("XTS", Description = "the rate is 0")]
    [TestCase("CHF", Description = "the store does not know the currency")]
    public async Task Without_a_rate_nothing_is_offered(string currency) =>
        Assert.That(await QuoteAsync("1000", currency, _pegged), Is.EqualTo(new Quote(UnavailableReason.NoExchangeRate)));

    [Test]
    public async Task A_store_without_dollars_offers_nothing_that_is_counted_in_dollars()
    {
        var market = new Market(new() { ["EUR"] = 1m });
        await market.SetAsync("PI", "0.3");

        Assert.That(await QuoteAsync("10", "EUR", _pegged, market: market), Is.EqualTo(new Quote(UnavailableReason.NoExchangeRate)));
        Assert.That(await QuoteAsync("10", "EUR", _floating, PriceBasis.Coin, market), Is.EqualTo(new Quote(UnavailableReason.NoExchangeRate)));
    }

    [Test]
    public async Task Dollars_without_a_rate_are_no_dollars() =>
        Assert.That(await QuoteAsync("10", "EUR", _pegged, market: new Market(new() { ["EUR"] = 1m, ["USD"] = 0m }, primary: "EUR")),
            Is.EqualTo(new Quote(UnavailableReason.NoExchangeRate)));

    /// <summary>The platform stores four decimals of a rate: one dollar is 0.0000617 of a million rupiah, or 0.0001.</summary>
    [TestCase("0.0001", false, Description = "61 %% off: 1,000,000 rupiah would be 100 dollars instead of 61")]
    [TestCase("0.0012", false, Description = "two digits")]
    [TestCase("0.0099", false)]
    [TestCase("0.0100", true, Description = "three digits")]
    [TestCase("0.0617", true)]
    [TestCase("0.5000", true)]
    public async Task A_rate_with_fewer_than_three_significant_digits_is_not_used(string dollarRate, bool isUsed)
    {
        var market = new Market(new() { ["IDR"] = 1m, ["USD"] = Decimal(dollarRate) }, primary: "IDR");
        await market.SetAsync("PI", "0.3");
        var reason = isUsed ? null : new Quote(UnavailableReason.ImpreciseExchangeRate, "USD");

        foreach (var (coin, basis) in new[] { (_pegged, PriceBasis.UsDollar), (_pegged, PriceBasis.Coin), (_floating, PriceBasis.Coin), (_floating, PriceBasis.UsDollar) })
        {
            var quote = await QuoteAsync("1000000", "IDR", coin, basis, market);
            Assert.That((quote.UnavailableReason, quote.Currency), Is.EqualTo((reason?.UnavailableReason, reason?.Currency)), $"{coin.Code} by {basis}");
        }
        Assert.That((await QuoteAsync("1000000", "IDR", _floating, PriceBasis.StoreCurrency, market)).Amount, Is.EqualTo(new Money(1_000_000m, "IDR")), "no rate is needed");
        Assert.That(await market.Converter.MarketValueAsync("PI", "IDR", _settings), isUsed ? Is.Not.Null : Is.Null, "a late coin is not valued by it either");
    }

    [Test]
    public async Task The_currency_of_the_store_is_named_where_its_own_rate_is_too_coarse() =>
        Assert.That(await QuoteAsync("1000", "XAU", _pegged, market: new Market(new() { ["USD"] = 1m, ["XAU"] = 0.0004m })),
            Is.EqualTo(new Quote(UnavailableReason.ImpreciseExchangeRate, "XAU")));

    [Test]
    public async Task A_store_in_dollars_needs_no_rates() =>
        Assert.That((await QuoteAsync("10", "USD", _pegged, market: new Market([]))).Amount, Is.EqualTo(new Money(10m, "USDT")));

    /// <summary>The platform takes the rate of that currency as 1 whatever stands there.</summary>
    [Test]
    public async Task The_primary_exchange_rate_currency_has_the_rate_one() =>
        Assert.That((await QuoteAsync("10", "EUR", _pegged, market: new Market(new() { ["EUR"] = 5m, ["USD"] = 1.25m }, primary: "EUR"))).Amount,
            Is.EqualTo(new Money(12.5m, "USDT")));

    [TestCase("5", "USD", true)]
    [TestCase("4.9999", "USD", false)]
    [TestCase("0", "USD", false)]
    [TestCase("-10", "USD", false)]
    [TestCase("4.5", "EUR", true)]
    [TestCase("4.49", "EUR", false)]
    public async Task The_minimum_counts_in_dollars(string price, string currency, bool offered)
    {
        await _market.SetAsync("PI", "0.3");

        Assert.That((await QuoteAsync(price, currency, _pegged)).UnavailableReason, Is.EqualTo(offered ? null : UnavailableReason.BelowMinimum));
        Assert.That((await QuoteAsync(price, currency, _floating, PriceBasis.Coin)).UnavailableReason, Is.EqualTo(offered ? null : UnavailableReason.BelowMinimum));
    }

    [TestCase("5", true)]
    [TestCase("4.99", false)]
    public async Task The_minimum_of_a_coin_of_another_currency_counts_in_dollars_too(string price, bool offered) =>
        Assert.That((await QuoteAsync(price, "USD", _peggedToEuro, PriceBasis.Coin)).UnavailableReason, Is.EqualTo(offered ? null : UnavailableReason.BelowMinimum));

    /// <summary>For any price of the coin and any whole number of its smallest unit.</summary>
    [Test]
    public void What_costs_a_whole_number_of_units_is_quoted_as_that_number() =>
        Prop.ForAll((from units in Short(7) from coinPrice in Short(9) select (units, coinPrice)).ToArbitrary(), async pair =>
        {
            var (units, coinPrice) = pair;
            await _market.SetAsync("PI", coinPrice);

            var quote = await _market.Converter.QuoteAsync(new Money(units * coinPrice, "USD"), _floating with { Minimum = 0m }, PriceBasis.Coin, _settings);
            Assert.That(quote.Amount, Is.EqualTo(units * coinPrice >= Money.TooLarge ? null : new Money(units, "PI")));
        }).QuickCheckThrowOnFailure();

    /// <summary>For any total and any price of the coin, in currencies with none, two and three decimals.</summary>
    [Test]
    public void A_quote_is_never_worth_less_than_the_price_and_one_unit_less_is([Values("JPY", "EUR", "USD", "KWD", "XAG")] string currency) =>
        Prop.ForAll((from price in Short(4) from coinPrice in Short(9) select (price, coinPrice)).ToArbitrary(), async pair =>
        {
            var (price, coinPrice) = pair;
            await _market.SetAsync("PI", coinPrice);

            var quote = await _market.Converter.QuoteAsync(new Money(price, currency), _floating with { Minimum = 0m }, PriceBasis.Coin, _settings);
            if (quote.UnavailableReason != UnavailableReason.AmountTooLarge)
                AssertLeast(quote.Amount!.Value.Amount, 7, price, Market.Rates[currency], coinPrice);
        }).QuickCheckThrowOnFailure();

    /// <summary>A person may have to type it.</summary>
    [Test]
    public void A_quote_in_coins_has_at_most_eight_decimals_and_is_the_least_that_covers_the_price() =>
        Prop.ForAll((from price in Short(4) from coinPrice in Short(9) from decimals in Gen.Choose(0, 18) select (price, coinPrice, decimals)).ToArbitrary(), async given =>
        {
            await _market.SetAsync("PI", given.coinPrice);

            var quote = await _market.Converter.QuoteAsync(new Money(given.price, "XAG"), _floating with { Minimum = 0m, Decimals = given.decimals }, PriceBasis.Coin, _settings);
            if (quote.UnavailableReason != UnavailableReason.AmountTooLarge)
                AssertLeast(quote.Amount!.Value.Amount, Math.Min(given.decimals, 8), given.price, Market.Rates["XAG"], given.coinPrice);
        }).QuickCheckThrowOnFailure();

    private Task<Quote> QuoteAsync(string price, string currency, CoinDescriptor coin, PriceBasis basis = PriceBasis.Undecided, Market? market = null) =>
        (market ?? _market).Converter.QuoteAsync(new Money(Decimal(price), currency), coin, basis, _settings);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
