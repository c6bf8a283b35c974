using System.Globalization;
using Moq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Services.Configuration;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A provider that asks for far more or far fewer coins than the price is worth gives a bad answer.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AmountPlausibilityTests
{
    private static readonly CoinDescriptor _bitcoin = new("BTC", "Bitcoin", 0m, Decimals: 8);
    private static readonly CoinDescriptor _tether = new("USDT", "Tether", 0m, PeggedTo: "USD");

    private readonly Market _market = new();
    private readonly CryptoGatewaysSettings _settings = new();

    private AmountPlausibility Amounts => new(_market.Converter,
        Mock.Of<ISettingService>(service => service.LoadSettingAsync<CryptoGatewaysSettings>(It.IsAny<int>()) == Task.FromResult(_settings)));

    /// <summary>12.50 dollars at 65,000 dollars a bitcoin are 0.00019230769… BTC.</summary>
    [TestCase("0.00019231", true)]
    [TestCase("0.0000962", true)]
    [TestCase("0.0000961", false)]
    [TestCase("0.0003846", true)]
    [TestCase("0.0003847", false)]
    [TestCase("19532", false, Description = "0,00019532 with its decimal point lost")]
    [TestCase("0.00000019", false)]
    [TestCase("0", false)]
    [TestCase("9999999999.999999999999999999", false)]
    public async Task A_floating_coin_is_asked_for_within_a_half_and_the_double_of_its_price(string asked, bool isPlausible)
    {
        await _market.SetAsync("BTC", "65000");

        Assert.That(await IsPlausibleAsync(asked, _bitcoin), Is.EqualTo(isPlausible));
    }

    [TestCase("12.5", true)]
    [TestCase("10", true)]
    [TestCase("9.99", false)]
    [TestCase("18.75", true)]
    [TestCase("18.76", false)]
    [TestCase("1250", false)]
    public async Task A_coin_at_its_peg_is_compared_more_closely(string asked, bool isPlausible) =>
        Assert.That(await IsPlausibleAsync(asked, _tether), Is.EqualTo(isPlausible));

    /// <summary>12.50 euros are 13.89 dollars.</summary>
    [TestCase("13.89", true)]
    [TestCase("11.1", false)]
    public async Task The_price_is_compared_in_the_currency_of_the_store(string asked, bool isPlausible) =>
        Assert.That(await IsPlausibleAsync(asked, _tether, "EUR"), Is.EqualTo(isPlausible));

    [Test]
    public async Task Without_a_fresh_price_nothing_is_compared()
    {
        Assert.That(await IsPlausibleAsync("19532", _bitcoin), Is.True, "no price");

        await _market.SetAsync("BTC", "65000");
        _market.Time.Now += TimeSpan.FromHours(_settings.MaximumPriceAgeHours + 1);
        Assert.That(await IsPlausibleAsync("19532", _bitcoin), Is.True, "a price that is too old");

        _settings.TakePeggedCoinsAtPeg = false;
        Assert.That(await IsPlausibleAsync("1250", _tether), Is.True, "a peg that the owner does not believe");
    }

    [TestCase("0.00019231", "", true)]
    [TestCase("0.019231", "", false)]
    [TestCase("0.019231", "quoted", true, Description = "compared exactly elsewhere")]
    [TestCase("0.019231", "told", true)]
    [TestCase("0.019231", "told another", true, Description = "it contradicts, and the payment is held")]
    [TestCase("0.019231", "known", true, Description = "looking twice changes nothing, whatever the price does")]
    [TestCase("0.019231", "old", true, Description = "a price of today says nothing about then")]
    public async Task What_is_first_asked_for_on_the_providers_page_is_compared_too(string asked, string how, bool isPlausible)
    {
        await _market.SetAsync("BTC", "65000");
        var amount = decimal.Parse(asked, CultureInfo.InvariantCulture);
        var payment = Payment("USD");
        payment.CreatedOnUtc = _market.Time.Now - (how == "old" ? TimeSpan.FromDays(2) : TimeSpan.FromMinutes(5));
        (payment.DueAmount, payment.ExpectedAmount) = (how == "told" ? amount : how == "told another" ? 0.00019231m : null, how == "known" ? amount : null);
        if (how == "quoted")
            (payment.PayAmount, payment.PayCurrency) = (amount, "BTC");
        var answer = Facts.Answer(ProviderStatus.Waiting) with { Expected = new Money(amount, "BTC") };
        var gateway = new TalkativeGateway().Descriptor;

        Assert.That(await ThrowsNothingAsync(() => Amounts.CheckAsync(answer, gateway, payment, _market.Time.Now)), Is.EqualTo(isPlausible));
        Assert.That(await ThrowsNothingAsync(() => Amounts.CheckAsync(answer with { Expected = null, PayTo = new PayTo("a", new Money(amount, "BTC")) }, gateway, payment, _market.Time.Now)), Is.EqualTo(isPlausible));
    }

    [Test]
    public async Task A_payment_whose_amount_is_absurd_is_not_paid_and_not_found_out_by_accident()
    {
        var shop = new Shop();
        await shop.Market.SetAsync("BTC", "65000");
        shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed) with { Received = new Money(0.00000001m, "BTC"), Expected = new Money(0.00000001m, "BTC") };

        await shop.SynchronizeAsync();

        Assert.That((shop.Marks, shop.Payments.Single.Status, shop.Payments.Single.FailedChecks), Is.EqualTo((0, CryptoPaymentStatus.AwaitingPayment, 1)));
    }

    private Task<bool> IsPlausibleAsync(string asked, CoinDescriptor coin, string currency = "USD") =>
        ThrowsNothingAsync(() => Amounts.CheckAsync(new Money(decimal.Parse(asked, CultureInfo.InvariantCulture), coin.Code), coin, Payment(currency)));

    private static async Task<bool> ThrowsNothingAsync(Func<Task> check)
    {
        try
        {
            await check();
            return true;
        }
        catch (GatewayException exception)
        {
            Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
            return false;
        }
    }

    private static CryptoPayment Payment(string currency) => new() { PriceAmount = 12.5m, PriceCurrency = currency, Coin = "BTC", PayAmount = 12.5m, PayCurrency = currency };
}
