using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Rounds amounts of the primary store currency as the platform displays them. Stored totals can have more decimals than displayed ones
/// (when ShoppingCartSettings.RoundPricesDuringCalculation is off); the displayed amount is requested, captured and refunded.
/// </summary>
public class DisplayedPrices(IPriceCalculationService priceCalculation, ICurrencyService currencyService, CurrencySettings currencySettings)
{
    /// <summary>An amount of the primary store currency as the platform displays it.</summary>
    /// <param name="amount">In the primary store currency, with any number of decimals.</param>
    public async Task<Money> ShownAsync(decimal amount)
    {
        var currency = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        // As in the platform's price formatter: first its rounding (two decimals, or cash rounding), then the displayed decimals.
        var rounded = await priceCalculation.RoundPriceAsync(amount, currency);
        return new Money(decimal.Round(rounded, CurrencyDecimals.Shown(currency), MidpointRounding.AwayFromZero), currency.CurrencyCode);
    }
}

/// <summary>
/// Formats totals as the storefront shows them.
/// </summary>
public class DisplayedTotals(ICurrencyService currencyService, IPriceFormatter priceFormatter, IWorkContext workContext)
{
    /// <summary>A cart's total in the shopper's working currency.</summary>
    /// <param name="total">In the primary store currency.</param>
    public async Task<string> OfCartAsync(decimal total) => await priceFormatter.FormatPriceAsync(
        await currencyService.ConvertFromPrimaryStoreCurrencyAsync(total, await workContext.GetWorkingCurrencyAsync()), true, false);

    /// <summary>An amount of any fiat currency, formatted as the platform formats that currency.</summary>
    public async Task<string> OfMoneyAsync(Money money) =>
        await priceFormatter.FormatPriceAsync(money.Amount, true, money.Currency, false, (await workContext.GetWorkingLanguageAsync()).Id);

    /// <summary>An order's total, in the currency, exchange rate and language of the order.</summary>
    public Task<string> OfOrderAsync(Order order) => OfOrderAsync(order, order.OrderTotal);

    /// <summary>The same for a part of the total.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">In the primary store currency.</param>
    public Task<string> OfOrderAsync(Order order, decimal amount) =>
        priceFormatter.FormatPriceAsync(amount * order.CurrencyRate, true, order.CustomerCurrencyCode, false, order.CustomerLanguageId);
}
