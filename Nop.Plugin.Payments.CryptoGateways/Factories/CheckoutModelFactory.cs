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
        var view = await orderPayments.ReadAsync(order);
        var (payment, summary, offers, rest) = view;
        return new OrderPaymentModel
        {
            OrderId = order.Id,
            OrderNumber = order.CustomOrderNumber,
            Total = await totals.OfOrderAsync(order),
            Rest = rest is { } money && offers.Count > 0 ? await totals.OfOrderAsync(order, money.Amount) : null,
            State = view.State,
            Payment = summary,
            FeeIsHigher = view.FeeIsHigher,
            PayPageUrl = IsUnderWay(payment, summary) ? await payPages.OwnPageOfAsync(payment!) : null,
            MinutesToWait = offers.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null,
            Offers = await offerModels.ListAsync(offers, payment?.Choice)
        };
    }

    /// <summary>The own page leads on: it shows where to pay, or follows the confirmations. A payment that is only to be made on the provider's page is chosen again instead.</summary>
    private static bool IsUnderWay(CryptoPayment? payment, PaymentSummary? summary) => summary switch
    {
        { Rest: RestWay.SameAddress or RestWay.SamePage or RestWay.Later } => true,
        { State: PaymentState.AwaitingPayment or PaymentState.QuoteExpired or PaymentState.Seen or PaymentState.Confirming } => payment!.Address is not null,
        _ => false
    };
}
