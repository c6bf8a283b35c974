using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Totals as the shopper is shown them everywhere in the store.
/// </summary>
public class ShopperTotals(ICurrencyService currencyService, IPriceFormatter priceFormatter, IWorkContext workContext)
{
    /// <summary>A cart's total in the currency in which the shopper looks at the store.</summary>
    /// <param name="total">In the primary store currency.</param>
    public async Task<string> OfCartAsync(decimal total) => await priceFormatter.FormatPriceAsync(
        await currencyService.ConvertFromPrimaryStoreCurrencyAsync(total, await workContext.GetWorkingCurrencyAsync()), true, false);

    /// <summary>An order's total in the currency, at the rate and in the language in which it was placed.</summary>
    public Task<string> OfOrderAsync(Order order) => OfOrderAsync(order, order.OrderTotal);

    /// <summary>The same for a part of the total.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">In the primary store currency.</param>
    public Task<string> OfOrderAsync(Order order, decimal amount) =>
        priceFormatter.FormatPriceAsync(amount * order.CurrencyRate, true, order.CustomerCurrencyCode, false, order.CustomerLanguageId);
}
