using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the shopper's pages.
/// </summary>
public class CheckoutModelFactory(CartOffers cartOffers, CheckoutOffers checkoutOffers, AttemptReader attempts,
    PaymentFactsReader facts, PayPages payPages, ShopperTotals totals, ILocalizationService localizationService)
{
    public async Task<PaymentInfoModel> PaymentInfoAsync(string? choice)
    {
        var offers = await cartOffers.ForCurrentCartAsync();
        return new PaymentInfoModel
        {
            Total = offers.Count > 0 ? await totals.OfCartAsync(offers[0].Price.Amount - offers[0].Fee) : null,
            Offers = await CardsAsync(offers, choice)
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
            PayPageUrl = await payPages.OpenPageOfAsync(latest),
            Offers = await CardsAsync(offers, latest is null ? null : $"{latest.Gateway}:{latest.Coin}")
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
        (OrderState.Authorized, _) or (_, CryptoPaymentStatus.Confirming or CryptoPaymentStatus.Authorized) => PaymentState.Confirming,
        (OrderState.Cancelled or OrderState.Deleted, _) => PaymentState.OrderCancelled,
        (_, null) => PaymentState.ToPay,
        (_, CryptoPaymentStatus.AwaitingPayment) => latest!.HasPage ? PaymentState.Waiting : PaymentState.ProviderFailed,
        (_, CryptoPaymentStatus.Canceled) => PaymentState.Canceled,
        (_, CryptoPaymentStatus.Expired) => PaymentState.Expired,
        (_, CryptoPaymentStatus.Failed) => latest!.KnownExternalId is null ? PaymentState.ProviderFailed : PaymentState.Failed,
        _ => PaymentState.ProviderFailed
    };

    /// <summary>The offers as cards; the remembered choice, else the first, is selected.</summary>
    private async Task<IReadOnlyList<OfferModel>> CardsAsync(IReadOnlyList<Offer> offers, string? choice)
    {
        var selected = offers.FirstOrDefault(offer => offer.Choice == choice) ?? (offers.Count > 0 ? offers[0] : null);
        var cards = new List<OfferModel>();
        foreach (var offer in offers)
        {
            var name = offer.Coin.IsMethod
                ? await TextAsync($"Gateways.{offer.Gateway.SystemName}.Coin.{offer.Coin.Code}")
                : offer.Coin.Name;
            cards.Add(new OfferModel(offer.Choice, offer.Coin.IsMethod ? null : offer.Coin.Code, name, offer.Gateway.Name, offer.Amount.ToString(), offer == selected)
            {
                Fee = offer.Fee > 0 ? await totals.OfCartAsync(offer.Fee) : null,
                Icon = offer.Coin.Icon
            });
        }
        return cards;
    }

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
