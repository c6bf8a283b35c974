using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What the shopper's cart can be paid with.
/// </summary>
public class CartOffers(CheckoutOffers offers, IOrderTotalCalculationService totals, IShoppingCartService cartService, GatewayFees fees,
    IWorkContext workContext, IStoreContext storeContext)
{
    public async Task<IReadOnlyList<Offer>> ForCurrentCartAsync()
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var customer = await workContext.GetCurrentCustomerAsync();
        return await ForCartAsync(await cartService.GetShoppingCartAsync(customer, ShoppingCartType.ShoppingCart, store.Id));
    }

    /// <summary>
    /// The fee for a cart, in the primary store currency. Before the shopper has chosen it is the smallest: stores may skip the step in
    /// which a shopper chooses, and the order is then offered through the gateways with that fee.
    /// </summary>
    public async Task<decimal> FeeAsync(IList<ShoppingCartItem> cart) =>
        await fees.OfCartAsync(cart) ?? ((await ForCartAsync(cart)).MinBy(offer => offer.Fee) is { } cheapest ? await fees.OfAsync(cheapest.Gateway.SystemName, cart) : 0m);

    /// <summary>The offers for a cart; none for a cart whose total cannot be told yet (no shipping chosen) or is nothing.</summary>
    public async Task<IReadOnlyList<Offer>> ForCartAsync(IList<ShoppingCartItem> cart)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var total = (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal;
        return total > 0 ? await offers.ForCartAsync(total.Value, store.Id, (await workContext.GetCurrentCustomerAsync()).Id) : [];
    }
}
