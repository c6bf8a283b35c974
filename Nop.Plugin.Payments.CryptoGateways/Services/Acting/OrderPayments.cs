using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// How an order's payment stands as a whole, and what can be done about it.
/// </summary>
public class OrderPayments(CheckoutOffers checkoutOffers, OrderReader orders, AttemptReader attempts, AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The newest attempt, what the shopper is told, the ways to pay, what is still owed after a part came (null when none did), and whether only a higher fee keeps it from being paid.</summary>
    public async Task<(CryptoPayment? Latest, PaymentState State, IReadOnlyList<Offer> Offers, Money? StillOwed, bool FeeIsHigher)> ReadAsync(Order order)
    {
        var all = await attempts.OfOrderAsync(order.Id);
        var latest = all.LastOrDefault();
        // An older attempt that holds the money says more than a newer one that does not.
        var decisive = all.LastOrDefault(attempt => PaymentStatusMoves.HoldsMoney(attempt.Status) && !OrderRest.IsPart(attempt)) ?? latest;
        var state = StateOf(PaymentFactsReader.StateOf(order), decisive);
        if (state == PaymentState.Waiting && !gateways.HasGoodAddress(latest!))
            state = PaymentState.ProviderFailed;
        if (state == PaymentState.Waiting && await gateways.VoiceOfAsync(latest!) is var voice && voice != ProviderVoice.Answers)
            state = voice == ProviderVoice.Silent ? PaymentState.ProviderSilent : PaymentState.CannotBeAsked;

        var rest = await orders.RestAsync(order, all);
        var canPay = state is not (PaymentState.Paid or PaymentState.Confirming or PaymentState.InReview or PaymentState.OrderCancelled);
        var offers = canPay ? await checkoutOffers.ForOrderAsync(order) : [];
        return (latest, state == PaymentState.Underpaid && offers.Count == 0 ? PaymentState.InReview : state, offers,
            rest == await orders.AmountAsync(order) ? null : rest, canPay && offers.Count == 0 && rest.Amount > 0 && await checkoutOffers.HasHigherFeesAsync(order));
    }

    /// <summary>How long it takes until the order may have another attempt; null when it may now.</summary>
    public async Task<TimeSpan?> PauseAsync(Order order) => AttemptLimit.PauseBefore(await attempts.OfOrderAsync(order.Id), time.GetUtcNow().UtcDateTime);

    /// <summary>What the shopper is told, from the order's state and its newest attempt.</summary>
    public static PaymentState StateOf(OrderState order, CryptoPayment? latest) => (order, latest?.Status) switch
    {
        (OrderState.Paid or OrderState.Returned, _) => PaymentState.Paid,
        (OrderState.Open, CryptoPaymentStatus.Underpaid) when OrderRest.IsPart(latest!) => PaymentState.Underpaid,
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
}
