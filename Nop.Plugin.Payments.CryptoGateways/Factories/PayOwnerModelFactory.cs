using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// What the pay page shows to the order's owner beside what everybody sees.
/// </summary>
public class PayOwnerModelFactory(OwnOrders ownOrders, CheckoutOffers checkoutOffers, OrderPayments orderPayments, OfferModelFactory offerModels, ShopperTotals totals)
{
    /// <summary>Null for everybody but the order's owner.</summary>
    public async Task<PayOwnerModel?> ForAsync(CryptoPayment payment, PaymentSummary summary)
    {
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return null;

        var isWaiting = summary.State == PaymentState.AwaitingPayment;
        var offers = summary.CanStartAnother || isWaiting ? await checkoutOffers.ForOrderAsync(order) : [];
        return new PayOwnerModel(order.Id, order.CustomOrderNumber, await totals.OfOrderAsync(order))
        {
            Choice = !isWaiting && offers.Any(offer => offer.Choice == payment.Choice) ? payment.Choice : null,
            Others = await offerModels.ListAsync([.. offers.Where(offer => offer.Choice != payment.Choice)], null),
            MinutesToWait = summary.CanStartAnother && offers.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null
        };
    }
}
