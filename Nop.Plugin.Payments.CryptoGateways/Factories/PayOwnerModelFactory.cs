using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// What the pay page shows to the order's owner beside what everybody sees.
/// </summary>
public class PayOwnerModelFactory(OwnOrders ownOrders, CheckoutOffers checkoutOffers, OfferModelFactory offerModels, ShopperTotals totals)
{
    /// <summary>Null for everybody but the order's owner.</summary>
    public async Task<PayOwnerModel?> ForAsync(CryptoPayment payment, PayState state)
    {
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return null;

        var canStart = PayPageModel.CanStartAgainFrom(state);
        var offers = canStart || state is PayState.Waiting or PayState.Underpaid && !payment.TakesRest ? await checkoutOffers.ForOrderAsync(order) : [];
        return new PayOwnerModel(order.Id, order.CustomOrderNumber, await totals.OfOrderAsync(order))
        {
            Choice = state != PayState.Waiting && offers.Any(offer => offer.Choice == payment.Choice) ? payment.Choice : null,
            Others = await offerModels.ListAsync([.. offers.Where(offer => offer.Choice != payment.Choice)], null)
        };
    }
}
