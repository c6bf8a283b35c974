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
/// The fee that the store adds for gateways whose provider does not charge the shopper itself. A placed order keeps its fee; gateways
/// with a higher one are not offered for it, see <see cref="PaymentOptionService.ForOrderAsync"/>.
/// </summary>
public class PaymentFees(GatewayRegistry registry, GatewaySettingsStore settingsStore, IOrderProcessingService orderProcessingService,
    IOrderTotalCalculationService totals, DisplayedPrices prices, IStoreContext storeContext)
{
    /// <summary>Fee for a total before the fee, in the same currency: percentage plus fixed part, rounded up to the currency's decimals.</summary>
    public static Money Of(GatewaySettings settings, Money total) =>
        new Money(total.Amount * settings.Number(GatewaySettings.FeePercent) / 100m + settings.Number(GatewaySettings.FeeAmount), total.Currency)
            .RoundUp(CurrencyDecimals.Of(total.Currency));

    /// <summary>Fee of a cart for the choice stored by the platform, in the primary store currency; null before there is a choice.</summary>
    /// <param name="cart">The cart.</param>
    public async Task<decimal?> OfCartAsync(IList<ShoppingCartItem> cart) =>
        CheckoutFlow.ChoiceIn(await orderProcessingService.GetProcessPaymentRequestAsync()) is { } choice ? await OfAsync(choice.Split(':')[0], cart) : null;

    /// <summary>A gateway's fee for a cart before tax, in the primary store currency; 0 for a gateway without one.</summary>
    /// <param name="name">The gateway's system name.</param>
    /// <param name="cart">The cart.</param>
    public async Task<decimal> OfAsync(string name, IList<ShoppingCartItem> cart)
    {
        if (registry.Find(name)?.Descriptor is not { CanChargeFeeToShopper: false } gateway
            || (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal is not { } total)
            return 0m;

        var store = await storeContext.GetCurrentStoreAsync();
        return Of(await settingsStore.LoadAsync(gateway, store.Id), await prices.ShownAsync(total)).Amount;
    }
}

/// <summary>
/// Adds the platform's tax to a payment fee.
/// </summary>
public class PaymentFeeTax(ITaxService taxService, ICustomerService customerService)
{
    /// <summary>The fee including tax, in the fee's currency, unrounded.</summary>
    /// <param name="fee">The configured fee; the platform's tax settings say whether it includes tax.</param>
    /// <param name="customerId">The customer, who determines the tax rate.</param>
    public async Task<decimal> WithTaxAsync(decimal fee, int customerId) =>
        fee == 0m ? 0m : (await taxService.GetPaymentMethodAdditionalFeeAsync(fee, true, await customerService.GetCustomerByIdAsync(customerId))).price;
}
