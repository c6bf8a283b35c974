using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// What the shopper's cart can be paid with.
/// </summary>
public class CartPaymentOptions(PaymentOptionService options, IOrderTotalCalculationService totals, IShoppingCartService cartService, PaymentFees fees,
    IWorkContext workContext, IStoreContext storeContext)
{
    public async Task<IReadOnlyList<PaymentOption>> ForCurrentCartAsync()
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
        await fees.OfCartAsync(cart) ?? ((await ForCartAsync(cart)).MinBy(option => option.Fee) is { } cheapest ? await fees.OfAsync(cheapest.Gateway.SystemName, cart) : 0m);

    /// <summary>The offers for a cart; none for a cart whose total cannot be told yet (no shipping chosen) or is nothing.</summary>
    public async Task<IReadOnlyList<PaymentOption>> ForCartAsync(IList<ShoppingCartItem> cart)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var total = (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal;
        return total > 0 ? await options.ForCartAsync(total.Value, store.Id, (await workContext.GetCurrentCustomerAsync()).Id) : [];
    }
}

/// <summary>
/// What the shopper chose last: in this checkout, else for the newest order in this store. It stands in the platform's own rows, so
/// that nothing has to be kept for it, no cookie is set, and it goes when the customer's data go.
/// </summary>
public class LastChoice(IRepository<Order> orders, AttemptReader attempts, IOrderProcessingService orderProcessingService,
    IWorkContext workContext, IStoreContext storeContext)
{
    /// <summary>As <see cref="PaymentOption.Choice"/>; null when there is none.</summary>
    public async Task<string?> FindAsync()
    {
        if (CheckoutFlow.ChoiceIn(await orderProcessingService.GetProcessPaymentRequestAsync()) is { } choice)
            return choice;

        var customerId = (await workContext.GetCurrentCustomerAsync()).Id;
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var newest = (await orders.GetAllAsync(query => query
            .Where(order => order.CustomerId == customerId && order.StoreId == storeId && order.PaymentMethodSystemName == CryptoGatewaysDefaults.SystemName)
            .OrderByDescending(order => order.Id)
            .Take(1))).FirstOrDefault();
        return newest is null ? null
            : await attempts.LatestAsync(newest.Id) is { } attempt ? attempt.Choice : CheckoutFlow.ChoiceIn(newest);
    }
}
