using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The fee that the store adds for a gateway whose provider itself charges none to the shopper. An order that was placed keeps its
/// fee; gateways with a higher one are not offered for it, see <see cref="CheckoutOffers.ForOrderAsync"/>.
/// </summary>
public class GatewayFees(GatewayRegistry registry, GatewaySettingsStore settingsStore, IOrderProcessingService orderProcessingService,
    IOrderTotalCalculationService totals, StorePrices prices, IStoreContext storeContext)
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
