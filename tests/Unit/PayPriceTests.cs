using System.Globalization;
using Moq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Catalog;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What a coin amount is worth in the order's currency, and the rate.
/// </summary>
public sealed class PayPriceTests
{
    [TestCase("BTC", "12.5", "0.00019231", 1, "1 BTC = 64,999.22")]
    [TestCase("USDT", "12.5", "12.500001", 1, "1 USDT = 1.00")]
    [TestCase("DOGE", "12.5", "153.9", 1, "100 DOGE = 8.12")]
    [TestCase("BTC", "12.5", "0.00019231", 0.9, "1 BTC = 58,499.30")]
    public async Task The_rate_is_that_of_the_quote_in_the_currency_of_the_order(string coin, decimal price, decimal due, decimal currencyRate, string rate) =>
        Assert.That((await OfAsync(coin, price, due, currencyRate)).Rate, Is.EqualTo(rate));

    [Test]
    public async Task A_part_is_worth_its_part_of_the_price() =>
        Assert.That((await OfAsync("USDT", 12.5m, 12.5m, 2m, part: 2.5m)).Fiat, Is.EqualTo("5.00"));

    private static async Task<PayPrice> OfAsync(string coin, decimal price, decimal due, decimal currencyRate, decimal? part = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        var formatter = new Mock<IPriceFormatter>();
        formatter.Setup(service => service.FormatPriceAsync(It.IsAny<decimal>(), true, "EUR", false, 1))
            .ReturnsAsync((decimal amount, bool _, string _, bool _, int _) => amount.ToString("N2", CultureInfo.InvariantCulture));
        var payment = new CryptoPayment { Coin = coin, PriceAmount = price, PriceCurrency = "USD", PayAmount = price, PayCurrency = "USD", DueAmount = due };
        var summary = PaymentSummary.Of(PaymentSummaryTests.Facts(payment)) with { Symbol = coin };
        var order = new Order { CurrencyRate = currencyRate, CustomerCurrencyCode = "EUR", CustomerLanguageId = 1 };
        return (await new PayPriceFactory(new DisplayedTotals(null!, formatter.Object, null!)).OfAsync(payment, summary, order, new Money(part ?? due, coin)))!;
    }
}
