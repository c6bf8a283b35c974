using System.Globalization;
using Moq;
using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Services.Directory;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A store's currencies with their rates, and its price table.
/// </summary>
public sealed class Market
{
    /// <summary>Units of each currency for one US dollar; a rate of 0 is one that the owner never entered.</summary>
    public static readonly Dictionary<string, decimal> Rates = new() { ["USD"] = 1m, ["EUR"] = 0.9m, ["JPY"] = 150m, ["KWD"] = 0.307m, ["XAG"] = 0.3m, ["XTS"] = 0m };

    public Market(Dictionary<string, decimal>? rates = null, string primary = "USD", ManualTime? time = null)
    {
        Time = time ?? new ManualTime();
        var currencies = (rates ?? Rates).Select((rate, index) => new Currency { Id = index + 1, CurrencyCode = rate.Key, Rate = rate.Value }).ToList();
        var service = new Mock<ICurrencyService>(MockBehavior.Strict);
        service.Setup(currency => currency.GetCurrencyByCodeAsync(It.IsAny<string>()))
            .ReturnsAsync((string code) => currencies.Find(currency => string.Equals(currency.CurrencyCode, code, StringComparison.OrdinalIgnoreCase))!);
        Prices = new CoinPriceService(Rows.Repository, Time);
        Converter = new AmountConverter(service.Object,
            new CurrencySettings { PrimaryExchangeRateCurrencyId = currencies.Find(currency => currency.CurrencyCode == primary)?.Id ?? -1 }, Prices);
    }

    public Rows<CoinPrice> Rows { get; } = new(price => (price.Coin, price.Currency));
    public ManualTime Time { get; }
    public CoinPriceService Prices { get; }
    public AmountConverter Converter { get; }

    public Task SetAsync(string coin, string dollars) => SetAsync(coin, decimal.Parse(dollars, CultureInfo.InvariantCulture));

    public Task SetAsync(string coin, decimal dollars) => Prices.SetAsync(coin, new Money(dollars, "USD"));
}
