using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Orders;
using Nop.Services.Tax;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// The fee that the store adds for a gateway whose provider itself charges none to the shopper. An order that was placed keeps its
/// fee; gateways with a higher one are not offered for it, see <see cref="PaymentOptionService.ForOrderAsync"/>.
/// </summary>
public class PaymentFees(GatewayRegistry registry, GatewaySettingsStore settingsStore, IOrderProcessingService orderProcessingService,
    IOrderTotalCalculationService totals, DisplayedPrices prices, IStoreContext storeContext)
{
    /// <summary>The fee for a total without it, in the same currency: per cent and fixed part together, rounded up.</summary>
    public static Money Of(GatewaySettings settings, Money total) =>
        new Money(total.Amount * settings.Number(GatewaySettings.FeePercent) / 100m + settings.Number(GatewaySettings.FeeAmount), total.Currency)
            .RoundUp(CurrencyDecimals.Of(total.Currency));

    /// <summary>The fee for a cart, by the choice that the platform has stored; null before there is one.</summary>
    /// <param name="cart">The cart.</param>
    public async Task<decimal?> OfCartAsync(IList<ShoppingCartItem> cart) =>
        CheckoutFlow.ChoiceIn(await orderProcessingService.GetProcessPaymentRequestAsync()) is { } choice ? await OfAsync(choice.Split(':')[0], cart) : null;

    /// <summary>A gateway's fee for a cart, as the owner stated it; 0 for a gateway that has none.</summary>
    /// <param name="name">The gateway's system name.</param>
    /// <param name="cart">The cart.</param>
    public async Task<decimal> OfAsync(string name, IList<ShoppingCartItem> cart)
    {
        if (registry.Find(name)?.Descriptor is not { ChargesFee: false } gateway
            || (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal is not { } total)
            return 0m;

        var store = await storeContext.GetCurrentStoreAsync();
        return Of(await settingsStore.LoadAsync(gateway, store.Id), await prices.ShownAsync(total)).Amount;
    }
}

/// <summary>
/// Adds to a payment fee the tax that the platform adds to it.
/// </summary>
public class PaymentFeeTax(ITaxService taxService, ICustomerService customerService)
{
    /// <summary>What a customer pays for a fee, in the fee's currency, with any number of decimals.</summary>
    /// <param name="fee">As the store's owner states fees: with or without tax, as the platform's tax settings say.</param>
    /// <param name="customerId">Who pays it.</param>
    public async Task<decimal> WithTaxAsync(decimal fee, int customerId) =>
        fee == 0m ? 0m : (await taxService.GetPaymentMethodAdditionalFeeAsync(fee, true, await customerService.GetCustomerByIdAsync(customerId))).price;
}
