using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What a shopper is told.
/// </summary>
public sealed class CheckoutStateTests
{
    [TestCase(Creating, PaymentState.ProviderFailed)]
    [TestCase(AwaitingPayment, PaymentState.Waiting)]
    [TestCase(Confirming, PaymentState.Confirming)]
    [TestCase(Authorized, PaymentState.Confirming)]
    [TestCase(Paid, PaymentState.InReview)]
    [TestCase(Underpaid, PaymentState.InReview)]
    [TestCase(Overpaid, PaymentState.InReview)]
    [TestCase(PaidLate, PaymentState.InReview)]
    [TestCase(Expired, PaymentState.Expired)]
    [TestCase(Failed, PaymentState.Failed)]
    [TestCase(Canceled, PaymentState.Canceled)]
    [TestCase(Disputed, PaymentState.InReview)]
    [TestCase(Refunded, PaymentState.InReview)]
    [TestCase(PartiallyRefunded, PaymentState.InReview)]
    public void An_open_orders_shopper_is_told_how_the_newest_attempt_stands(CryptoPaymentStatus status, PaymentState expected) =>
        Assert.That(OrderPayments.StateOf(OrderState.Open, Attempt(status)), Is.EqualTo(expected));

    [TestCase("10", PaymentState.Underpaid)]
    [TestCase("12", PaymentState.InReview, Description = "all came, and the order costs more today")]
    [TestCase(null, PaymentState.InReview, Description = "nobody knows how much")]
    public void The_rest_of_an_order_can_be_paid_when_it_is_known_what_came(string? received, PaymentState expected)
    {
        var attempt = Attempt(Underpaid);
        (attempt.PriceAmount, attempt.PayAmount, attempt.ReceivedAmount) = (12m, 12m, received is null ? null : decimal.Parse(received, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(OrderPayments.StateOf(OrderState.Open, attempt), Is.EqualTo(expected));
        Assert.That(OrderPayments.StateOf(OrderState.Cancelled, attempt), Is.EqualTo(PaymentState.InReview), "money is here");
    }

    [Test]
    public void An_order_without_an_attempt_is_to_be_paid() =>
        Assert.That(OrderPayments.StateOf(OrderState.Open, null), Is.EqualTo(PaymentState.ToPay));

    [Test]
    public void An_attempt_that_the_provider_never_took_is_not_called_failed_by_it([Values(Creating, AwaitingPayment, Failed)] CryptoPaymentStatus status) =>
        Assert.That(OrderPayments.StateOf(OrderState.Open, new CryptoPayment { Status = status, ExternalId = "~ref" }), Is.EqualTo(PaymentState.ProviderFailed));

    [Test]
    public void A_paid_order_is_paid_whatever_its_attempts_say([Values(OrderState.Paid, OrderState.Returned)] OrderState order, [Values] CryptoPaymentStatus status) =>
        Assert.That(OrderPayments.StateOf(order, Attempt(status)), Is.EqualTo(PaymentState.Paid));

    [Test]
    public void A_shopper_is_never_asked_to_pay_where_money_is_or_the_order_is_gone([Values] OrderState order, [Values] CryptoPaymentStatus status)
    {
        var state = OrderPayments.StateOf(order, Attempt(status));

        if (order != OrderState.Open || PaymentStatusMoves.HoldsMoney(status))
            Assert.That(state, Is.AnyOf(PaymentState.Paid, PaymentState.Confirming, PaymentState.InReview, PaymentState.OrderCancelled));
    }

    [Test]
    public void A_cancelled_order_without_money_is_cancelled([Values(OrderState.Cancelled, OrderState.Deleted)] OrderState order) =>
        Assert.That(new[] { null, Attempt(AwaitingPayment), Attempt(Failed) }.Select(attempt => OrderPayments.StateOf(order, attempt)), Is.All.EqualTo(PaymentState.OrderCancelled));

    private static CryptoPayment Attempt(CryptoPaymentStatus status) => new() { Status = status, ExternalId = "id", CheckoutUrl = "https://pay.example.com" };
}
