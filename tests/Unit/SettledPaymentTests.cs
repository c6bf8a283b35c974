using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What happens at the provider after a payment was settled is told to the owner once, and changes no order.
/// </summary>
public sealed class SettledPaymentTests
{
    private Shop _shop = null!;

    [SetUp]
    public async Task PayAsync()
    {
        _shop = new Shop();
        _shop.Gateway.Answer = () => Received(100m);
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Marks, _shop.Payments.Single.Status), Is.EqualTo((1, Paid)));
    }

    [Test]
    public async Task A_second_deposit_is_a_surplus()
    {
        await CheckTwiceAsync(Received(200m));
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.SurplusAmount, Told()), Is.EqualTo((Overpaid, (decimal?)100m, "Paid Overpaid")));

        await CheckTwiceAsync(Received(250m));
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.SurplusAmount, Told(), _shop.Marks), Is.EqualTo((Overpaid, (decimal?)150m, "Paid Overpaid", 1)), "the mock's text holds no amount");
        Assert.That(_shop.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Lowering_the_total_of_a_paid_order_makes_no_surplus()
    {
        _shop.Orders.Change(order => order.OrderTotal = 46m);
        await CheckTwiceAsync(Received(100m));

        Assert.That((_shop.Payments.Single.Status, Told()), Is.EqualTo((Paid, "Paid")));
    }

    [TestCase(Refunded, "Paid MoreArrived")]
    [TestCase(PaidLate, "Paid MoreArrived")]
    public async Task More_for_a_payment_that_is_over_calls_a_person(CryptoPaymentStatus status, string told)
    {
        _shop.Payments.Change(payment => payment.Status = status);
        await CheckTwiceAsync(Received(200m));

        Assert.That((_shop.Payments.Single.Status, Told(), _shop.Mails.Count), Is.EqualTo((status, told, 1)));
    }

    [Test]
    public async Task A_provider_that_takes_back_its_word_calls_a_person_and_is_believed_when_it_gives_it_again(
        [Values(ProviderStatus.Failed, ProviderStatus.Canceled, ProviderStatus.Expired)] ProviderStatus status)
    {
        await CheckTwiceAsync(Facts.Answer(status));
        Assert.That((_shop.Payments.Single.Status, Told(), _shop.Mails.Count, _shop.Orders.Single.PaymentStatus), Is.EqualTo((Disputed, "Paid Reversed", 1, PaymentStatus.Paid)));

        await CheckTwiceAsync(Received(100m));
        Assert.That((_shop.Payments.Single.Status, Told(), _shop.Marks), Is.EqualTo((Paid, "Paid Reversed", 1)));
        Assert.That(_shop.Alerts.All.All(alert => alert.ResolvedOnUtc is not null), Is.True);
    }

    [TestCase(40, 0, "Paid Refunded", Description = "at the provider only")]
    [TestCase(40, 36.80, "Paid", Description = "on the order too")]
    [TestCase(80, 36.80, "Paid Refunded", Description = "twice at the provider, once on the order")]
    [TestCase(100, 36.80, "Paid Refunded", Description = "the rest at the provider only")]
    [TestCase(100, 92, "Paid", Description = "all on the order too")]
    public async Task Refunds_are_compared_with_the_order(decimal atProvider, decimal onOrder, string told)
    {
        _shop.Orders.Change(order => (order.RefundedAmount, order.PaymentStatusId) =
            (onOrder, (int)(onOrder == 0 ? PaymentStatus.Paid : onOrder == 92 ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded)));
        await CheckTwiceAsync(Sent(atProvider));

        Assert.That((_shop.Payments.Single.Status, Told()), Is.EqualTo((atProvider == 100 ? Refunded : PartiallyRefunded, told)));
    }

    [TestCase("4.008", "4.000", OrderNoteKind.Refunded, Description = "fils: the smallest unit has three decimals")]
    [TestCase("4.000", "4.000", OrderNoteKind.None)]
    [TestCase("4.000", "4.001", OrderNoteKind.None, Description = "the order says more")]
    public void A_refund_is_compared_to_the_smallest_unit(string atProvider, string onOrder, OrderNoteKind note) =>
        Assert.That(PaymentDecision.Decide(Facts.Waiting with
        {
            Status = Paid,
            Quoted = new Money(10m, "KWD"),
            PriceAmount = 10m,
            OrderTotal = 10m,
            Order = OrderState.Returned,
            OrderRefunded = Number(onOrder),
            Provider = Facts.Answer(ProviderStatus.PartiallyRefunded) with { Amount = new Money(10m, "KWD"), Refunded = new Money(Number(atProvider), "KWD") }
        }).Note, Is.EqualTo(note));

    [Test]
    public async Task The_same_funds_counted_in_another_unit_are_not_more()
    {
        await CheckTwiceAsync(Facts.Answer(ProviderStatus.Completed) with { Received = new Money(500m, "PI"), Expected = new Money(500m, "PI") });

        Assert.That((_shop.Payments.Single.Status, Told()), Is.EqualTo((Paid, "Paid")));
    }

    [Test]
    public async Task A_refund_that_grows_at_the_provider_is_told_again()
    {
        _shop.Text = name => name;
        await CheckTwiceAsync(Sent(20m));
        var first = _shop.Mails.Count;
        await CheckTwiceAsync(Sent(60m));

        Assert.That((first, _shop.Payments.Single.RefundedAmount, _shop.Payments.Single.Status), Is.EqualTo((1, (decimal?)60m, PartiallyRefunded)));
        Assert.That(PaymentDecision.Decide(Facts.Waiting with
        {
            Status = PartiallyRefunded,
            Provider = Sent(60m),
            KnownRefunded = 20m,
            Order = OrderState.Returned,
            OrderRefunded = 18.40m
        }).Note, Is.EqualTo(OrderNoteKind.Refunded));
    }

    private async Task CheckTwiceAsync(ProviderPayment answer)
    {
        _shop.Gateway.Answer = () => answer;
        await _shop.SynchronizeAsync();
        await _shop.SynchronizeAsync();
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private string Told() => string.Join(' ', _shop.Notes.Select(note => note.Note.Split(' ')[0]));

    private static ProviderPayment Received(decimal amount) => Facts.Answer(ProviderStatus.Completed) with { Received = new Money(amount, "USDT") };

    private static ProviderPayment Sent(decimal amount) =>
        Facts.Answer(amount == 100m ? ProviderStatus.Refunded : ProviderStatus.PartiallyRefunded) with { Received = new Money(100m, "USDT"), Refunded = new Money(amount, "USDT") };
}
