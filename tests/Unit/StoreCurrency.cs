using System.Globalization;
using CryptoGateways.Tests.Unit.Interleavings;
using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The currency of a store's prices, and how the platform rounds and displays amounts of it.
/// </summary>
public sealed class StoreCurrency
{
    private readonly Currency _currency;

    public StoreCurrency(string code = "EUR", string locale = "en-IE", RoundingType rounding = RoundingType.Rounding001, string? format = null)
    {
        _currency = new Currency { CurrencyCode = code, DisplayLocale = locale, RoundingType = rounding, CustomFormatting = format };
        Prices = new DisplayedPrices(
            Fake.Of<IPriceCalculationService>(("RoundPriceAsync", args => Task.FromResult(Rounded((decimal)args[0]!)))),
            Fake.Of<ICurrencyService>(("GetCurrencyByIdAsync", _ => Task.FromResult(_currency))), new CurrencySettings());
    }

    public DisplayedPrices Prices { get; }

    /// <summary>The number that a shopper reads.</summary>
    public decimal Displayed(decimal amount)
    {
        var culture = CultureInfo.GetCultureInfo(_currency.DisplayLocale);
        return decimal.Parse(Rounded(amount).ToString(_currency.CustomFormatting ?? "C", culture), NumberStyles.Currency, culture);
    }

    /// <summary>To cents, half to even; then to the smallest coin of a currency that is rounded to cash amounts.</summary>
    private decimal Rounded(decimal amount)
    {
        var cents = decimal.Round(amount, 2);
        return _currency.RoundingType switch
        {
            RoundingType.Rounding001 => cents,
            RoundingType.Rounding005Up => 0.05m * decimal.Ceiling(cents / 0.05m),
            RoundingType.Rounding1 => decimal.Floor(cents + 0.5m),
            _ => throw new NotSupportedException($"{_currency.RoundingType}")
        };
    }
}
