using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The fee that the store adds for a gateway whose provider itself charges none to the shopper. An order that was placed keeps its
/// fee, also when it is paid through another gateway later.
/// </summary>
public class GatewayFees(GatewayRegistry registry, GatewaySettingsStore settingsStore, IOrderProcessingService orderProcessingService,
    IOrderTotalCalculationService totals, StorePrices prices, IStoreContext storeContext)
{
    /// <summary>The fee for a total without it, in the same currency: per cent and fixed part together, rounded up.</summary>
    public static Money Of(GatewaySettings settings, Money total) =>
        new Money(total.Amount * settings.Number(GatewaySettings.FeePercent) / 100m + settings.Number(GatewaySettings.FeeAmount), total.Currency)
            .RoundUp(CurrencyDecimals.Of(total.Currency));

    /// <summary>The fee for a cart, by the choice that the platform has stored; 0 before there is one.</summary>
    /// <param name="cart">The cart.</param>
    public async Task<decimal> OfCartAsync(IList<ShoppingCartItem> cart)
    {
        var request = await orderProcessingService.GetProcessPaymentRequestAsync();
        if (CheckoutFlow.ChoiceIn(request)?.Split(':')[0] is not { } name || registry.Find(name)?.Descriptor is not { ChargesFee: false } gateway
            || (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal is not { } total)
            return 0m;

        var store = await storeContext.GetCurrentStoreAsync();
        return Of(await settingsStore.LoadAsync(gateway, store.Id), await prices.ShownAsync(total)).Amount;
    }
}
