using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Rounds amounts of the primary store currency the way the platform displays them. Totals can have more decimals than are displayed
/// (ShoppingCartSettings.RoundPricesDuringCalculation is off); the displayed amount is the one that is requested, captured and refunded.
/// </summary>
public class StorePrices(IPriceCalculationService priceCalculation, ICurrencyService currencyService, CurrencySettings currencySettings)
{
    /// <summary>An amount of the primary store currency as the platform displays it.</summary>
    /// <param name="amount">In the primary store currency, with any number of decimals.</param>
    public async Task<Money> ShownAsync(decimal amount)
    {
        var currency = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        // The platform's price formatter does both: it rounds to two decimals (or to the smallest coin), then formats.
        var rounded = await priceCalculation.RoundPriceAsync(amount, currency);
        return new Money(decimal.Round(rounded, CurrencyDecimals.Shown(currency), MidpointRounding.AwayFromZero), currency.CurrencyCode);
    }
}
