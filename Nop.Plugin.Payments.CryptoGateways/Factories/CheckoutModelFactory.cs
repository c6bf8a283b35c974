using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the payment step and of the order's payment page.
/// </summary>
public class CheckoutModelFactory(CartOffers cartOffers, LastChoice lastChoice, OrderPayments orderPayments,
    PayPages payPages, ShopperTotals totals, OfferModelFactory offerModels)
{
    /// <param name="choice">What the shopper has just chosen; null when the form was not sent.</param>
    public async Task<PaymentInfoModel> PaymentInfoAsync(string? choice)
    {
        var offers = await cartOffers.ForCurrentCartAsync();
        return new PaymentInfoModel
        {
            Total = offers.Count > 0 ? await totals.OfCartAsync(offers[0].Price.Amount - offers[0].Fee) : null,
            Offers = await offerModels.ListAsync(offers, choice ?? await lastChoice.FindAsync())
        };
    }

    public async Task<OrderPaymentModel> OrderAsync(Order order)
    {
        var (latest, state, offers, rest, feeIsHigher) = await orderPayments.ReadAsync(order);
        return new OrderPaymentModel
        {
            OrderId = order.Id,
            OrderNumber = order.CustomOrderNumber,
            Total = await totals.OfOrderAsync(order),
            Rest = rest is { } money && offers.Count > 0 ? await totals.OfOrderAsync(order, money.Amount) : null,
            State = state,
            FeeIsHigher = feeIsHigher,
            PayPageUrl = await payPages.OpenPageOfAsync(latest),
            MinutesToWait = offers.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null,
            Offers = await offerModels.ListAsync(offers, latest?.Choice)
        };
    }
}
