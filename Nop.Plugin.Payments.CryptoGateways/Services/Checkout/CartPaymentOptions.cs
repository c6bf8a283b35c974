using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Payment options and payment fee of the current customer's cart.
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
    /// Payment fee of a cart, in the primary store currency. Before the shopper chooses, it is the lowest one: a store may skip the
    /// payment step, and the order can then be paid through the gateways with that fee.
    /// </summary>
    public async Task<decimal> FeeAsync(IList<ShoppingCartItem> cart) =>
        await fees.OfCartAsync(cart) ?? ((await ForCartAsync(cart)).MinBy(option => option.Fee) is { } cheapest ? await fees.OfAsync(cheapest.Gateway.SystemName, cart) : 0m);

    /// <summary>Options of a cart; none while its total is unknown (no shipping option chosen) or zero.</summary>
    public async Task<IReadOnlyList<PaymentOption>> ForCartAsync(IList<ShoppingCartItem> cart)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var total = (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal;
        return total > 0 ? await options.ForCartAsync(total.Value, store.Id, (await workContext.GetCurrentCustomerAsync()).Id) : [];
    }
}

/// <summary>
/// Finds the shopper's last choice: in this checkout, otherwise for the customer's newest order in this store. It is read from the
/// platform's own data, so it needs no cookie and is deleted with the customer's data.
/// </summary>
public class LastChoice(IRepository<Order> orders, AttemptStore attempts, IOrderProcessingService orderProcessingService,
    IWorkContext workContext, IStoreContext storeContext)
{
    /// <summary>A <see cref="PaymentOption.Choice"/>; null when there is none.</summary>
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
