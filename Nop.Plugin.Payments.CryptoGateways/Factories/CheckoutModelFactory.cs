using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the shopper's pages.
/// </summary>
public class CheckoutModelFactory(CartOffers cartOffers, CheckoutOffers checkoutOffers, AttemptReader attempts,
    PaymentFactsReader facts, ShopperTotals totals)
{
    public async Task<PaymentInfoModel> PaymentInfoAsync(string? choice)
    {
        var offers = await cartOffers.ForCurrentCartAsync();
        return new PaymentInfoModel
        {
            Total = offers.Count > 0 ? await totals.OfCartAsync(offers[0].Price.Amount) : null,
            Offers = Cards(offers, choice)
        };
    }

    public async Task<OrderPaymentModel> OrderAsync(Order order)
    {
        var latest = await attempts.LatestAsync(order.Id);
        var state = StateOf(PaymentFactsReader.StateOf(order), latest);
        var canPay = state is not (PaymentState.Paid or PaymentState.Confirming or PaymentState.InReview or PaymentState.OrderCancelled);
        var offers = canPay ? await checkoutOffers.ForOrderAsync(order) : [];
        return new OrderPaymentModel
        {
            OrderId = order.Id,
            OrderNumber = order.CustomOrderNumber,
            Total = await totals.OfOrderAsync(order),
            State = state,
            Offers = Cards(offers, latest is null ? null : $"{latest.Gateway}:{latest.PayCurrency}")
        };
    }

    /// <summary>How the order's payment stands, for somebody who may not see the order.</summary>
    public async Task<PaymentState> StateAsync(int orderId) =>
        StateOf(PaymentFactsReader.StateOf(await facts.OrderAsync(orderId)), await attempts.LatestAsync(orderId));

    /// <summary>What the shopper is told, from the order's state and its newest attempt.</summary>
    public static PaymentState StateOf(OrderState order, CryptoPayment? latest) => (order, latest?.Status) switch
    {
        (OrderState.Paid or OrderState.Returned, _) => PaymentState.Paid,
        (_, CryptoPaymentStatus.Paid or CryptoPaymentStatus.Underpaid or CryptoPaymentStatus.Overpaid or CryptoPaymentStatus.PaidLate
            or CryptoPaymentStatus.Disputed or CryptoPaymentStatus.Refunded or CryptoPaymentStatus.PartiallyRefunded) => PaymentState.InReview,
        (_, CryptoPaymentStatus.Confirming or CryptoPaymentStatus.Authorized) => PaymentState.Confirming,
        (OrderState.Cancelled or OrderState.Deleted, _) => PaymentState.OrderCancelled,
        (_, null) => PaymentState.ToPay,
        (_, CryptoPaymentStatus.AwaitingPayment) => latest!.CheckoutUrl is null ? PaymentState.ProviderFailed : PaymentState.Waiting,
        (_, CryptoPaymentStatus.Canceled) => PaymentState.Canceled,
        (_, CryptoPaymentStatus.Expired) => PaymentState.Expired,
        (_, CryptoPaymentStatus.Failed) => latest!.KnownExternalId is null ? PaymentState.ProviderFailed : PaymentState.Failed,
        _ => PaymentState.ProviderFailed
    };

    /// <summary>The offers as cards; the remembered choice, else the first, is selected.</summary>
    private static IReadOnlyList<OfferModel> Cards(IReadOnlyList<Offer> offers, string? choice)
    {
        var selected = offers.FirstOrDefault(offer => offer.Choice == choice) ?? (offers.Count > 0 ? offers[0] : null);
        return [.. offers.Select(offer => new OfferModel(offer.Choice, offer.Coin.Code, offer.Coin.Name, offer.Gateway.Name, offer.Amount.ToString(), offer == selected))];
    }
}
