using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What is told about a payment, whoever reads it.
/// </summary>
public sealed class PaymentSummaryTests
{
    private static readonly DateTime _now = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    private static readonly CoinDescriptor _bitcoin = new("BTC", "Bitcoin", 5m, Decimals: CoinDecimals.Btc);

    [TestCase(Creating, PaymentState.ProviderFailed)]
    [TestCase(AwaitingPayment, PaymentState.AwaitingPayment)]
    [TestCase(Confirming, PaymentState.Confirming)]
    [TestCase(Authorized, PaymentState.Authorized)]
    [TestCase(Paid, PaymentState.InReview, Description = "the order was opened again")]
    [TestCase(Underpaid, PaymentState.Underpaid)]
    [TestCase(Overpaid, PaymentState.InReview)]
    [TestCase(PaidLate, PaymentState.PaidLate)]
    [TestCase(Expired, PaymentState.Expired)]
    [TestCase(Failed, PaymentState.Failed)]
    [TestCase(Canceled, PaymentState.Canceled)]
    [TestCase(Disputed, PaymentState.InReview)]
    [TestCase(Refunded, PaymentState.Refunded)]
    [TestCase(PartiallyRefunded, PaymentState.PartiallyRefunded)]
    public void Of_an_open_order_s_attempt_it_is_told_how_it_stands(CryptoPaymentStatus status, PaymentState expected) =>
        Assert.That(Of(Facts(Attempt(status))).State, Is.EqualTo(expected));

    [TestCase(AwaitingPayment, PaymentState.OrderPaid)]
    [TestCase(Expired, PaymentState.OrderPaid)]
    [TestCase(Underpaid, PaymentState.OrderPaid, Description = "the owner settled it by hand")]
    [TestCase(PaidLate, PaymentState.OrderPaid, Description = "the owner settled it by hand")]
    [TestCase(Paid, PaymentState.Paid)]
    [TestCase(Overpaid, PaymentState.Overpaid)]
    [TestCase(Refunded, PaymentState.Refunded)]
    public void Of_a_paid_order_s_attempt_it_is_told_who_paid_the_order(CryptoPaymentStatus status, PaymentState expected) =>
        Assert.That(Of(Facts(Attempt(status)) with { Order = OrderState.Paid }).State, Is.EqualTo(expected));

    [TestCase(Canceled, PaymentState.OrderReturned, Description = "the reservation was voided")]
    [TestCase(Expired, PaymentState.OrderReturned)]
    [TestCase(Paid, PaymentState.Paid, Description = "the money arrived, whatever was refunded outside the provider")]
    [TestCase(Refunded, PaymentState.Refunded)]
    public void Nothing_is_called_arrived_because_the_order_was_refunded_or_voided(CryptoPaymentStatus status, PaymentState expected) =>
        Assert.That(Of(Facts(Attempt(status)) with { Order = OrderState.Returned }).State, Is.EqualTo(expected));

    /// <summary>Owners delete old orders; their payments do not all need a person then.</summary>
    [TestCase(Paid, PaymentState.Paid)]
    [TestCase(Overpaid, PaymentState.Overpaid)]
    [TestCase(PaidLate, PaymentState.PaidLate)]
    public void A_payment_stays_paid_when_its_order_is_deleted(CryptoPaymentStatus status, PaymentState expected) =>
        Assert.That(Of(Facts(Attempt(status)) with { Order = OrderState.Deleted }).State, Is.EqualTo(expected));

    [Test]
    public void Money_that_came_a_second_time_is_for_a_person()
    {
        Assert.That(Of(Facts(Attempt(PaidLate), Attempt(Paid, 2)) with { Order = OrderState.Paid }).State, Is.EqualTo(PaymentState.InReview), "another attempt had paid");

        var late = Attempt(PaidLate);
        late.PaidOnUtc = _now;
        Assert.That(Of(Facts(late) with { Order = OrderState.Paid, OrderPaidOnUtc = _now.AddMinutes(-1) }).State, Is.EqualTo(PaymentState.InReview), "the order was paid already");
        Assert.That(Of(Facts(late) with { Order = OrderState.Paid, OrderPaidOnUtc = _now.AddMinutes(1) }).State, Is.EqualTo(PaymentState.OrderPaid), "the owner accepted it");
    }

    [Test]
    public void A_dispute_about_money_that_had_paid_the_order_is_not_hidden_by_the_paid_order()
    {
        var payment = Attempt(Disputed);
        Assert.That(Of(Facts(payment) with { Order = OrderState.Paid }).State, Is.EqualTo(PaymentState.OrderPaid), "the owner settled it by hand");
        payment.PaidOnUtc = _now;
        Assert.That(Of(Facts(payment) with { Order = OrderState.Paid }).State, Is.EqualTo(PaymentState.InReview));
    }

    /// <summary>The rules that must hold for every combination.</summary>
    [Test]
    public void Money_is_requested_only_where_it_is_wanted_and_never_called_complete_while_the_address_takes_the_rest(
        [Values] CryptoPaymentStatus status, [Values] bool hasPart, [Values] bool acceptsBalance)
    {
        var payment = Attempt(status);
        payment.AcceptsBalance = acceptsBalance;
        if (hasPart)
            payment.ReceivedAmount = 0.0005m;
        foreach (var order in Enum.GetValues<OrderState>())
        {
            foreach (var newer in Enum.GetValues<CryptoPaymentStatus>())
                Assert.That(Of(Facts(payment, Attempt(newer, 2)) with { Order = order }).State, Is.Not.EqualTo(PaymentState.AwaitingPayment), $"{order}: a newer attempt, {newer}, has a page");

            var alone = Of(Facts(payment) with { Order = order });
            Assert.That(alone.State == PaymentState.AwaitingPayment, Is.EqualTo(order == OrderState.Open && status == AwaitingPayment), $"{order}");
            Assert.That(alone.AcceptsPayment, Is.EqualTo(order == OrderState.Open && (status == AwaitingPayment || status == Confirming && hasPart && acceptsBalance)), $"{order}");
            Assert.That(alone.ToSend is not null, Is.EqualTo(alone.AcceptsPayment), $"{order}");
            Assert.That(alone.Balance is not null, Is.EqualTo(alone.State == PaymentState.Underpaid), $"{order}: the rest can be paid somehow");
            if (hasPart && alone.State is PaymentState.Detected or PaymentState.Confirming)
                Assert.That(alone.StateText, Does.EndWith(".Short"), $"{order}: a part was seen, and more is due");
        }
    }

    [Test]
    public void A_newer_attempt_that_never_got_a_page_leaves_the_older_one_open()
    {
        var newer = Attempt(Failed, 2);
        newer.Address = null;
        Assert.That(Of(Facts(Attempt(AwaitingPayment), newer)).State, Is.EqualTo(PaymentState.AwaitingPayment));
    }

    [Test]
    public void An_older_attempt_that_holds_money_closes_the_newer_one() =>
        Assert.That(Of(Facts(Attempt(AwaitingPayment, 2), Attempt(Confirming))).State, Is.EqualTo(PaymentState.Superseded));

    [TestCase(91)]
    [TestCase(93)]
    public void An_order_whose_total_changed_is_not_paid_by_the_old_quote(int total) =>
        Assert.That(Of(Facts(Attempt(AwaitingPayment)) with { AmountDue = total }).State, Is.EqualTo(PaymentState.Superseded));

    [TestCase(1, PaymentState.AwaitingPayment)]
    [TestCase(0, PaymentState.Expired)]
    [TestCase(-1, PaymentState.Expired)]
    public void The_time_to_pay_ends_whether_the_provider_has_said_so_or_not(int secondsLeft, PaymentState expected)
    {
        var payment = Attempt(AwaitingPayment);
        payment.ExpiresOnUtc = _now.AddSeconds(secondsLeft);
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(expected));
    }

    /// <summary>Also of a provider that names no end at all.</summary>
    [TestCase(1, PaymentState.AwaitingPayment, true, false)]
    [TestCase(0, PaymentState.QuoteExpired, false, true)]
    [TestCase(-600, PaymentState.QuoteExpired, false, true)]
    public void A_quote_that_has_expired_is_no_longer_shown_and_another_can_be_started(int secondsLeft, PaymentState expected, bool hasAmount, bool canStart)
    {
        var payment = Attempt(AwaitingPayment);
        (payment.QuoteExpiresOnUtc, payment.ExpiresOnUtc, payment.NextCheckOnUtc) = (_now.AddSeconds(secondsLeft), null, _now);
        var summary = Of(Facts(payment));

        Assert.That((summary.State, summary.ToSend is not null, summary.CanStartAnother, summary.IsQuoteOver), Is.EqualTo((expected, hasAmount, canStart, !hasAmount)));
        Assert.That((summary.AcceptsPayment, summary.IsWatched), Is.EqualTo((true, true)), "coins that come after it still count");
    }

    [Test]
    public void An_attempt_whose_address_never_came_or_is_bad_has_nothing_to_pay_to()
    {
        var payment = Attempt(AwaitingPayment);
        Assert.That(Of(Facts(payment) with { HasGoodAddress = false }).State, Is.EqualTo(PaymentState.ProviderFailed));
        payment.Address = null;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PaymentState.ProviderFailed));

        payment.CheckoutUrl = "https://pay.example.com";
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PaymentState.AwaitingPayment), "the provider's page is left");
    }

    [Test]
    public void An_attempt_that_the_provider_never_took_is_not_called_failed_by_it()
    {
        var payment = Attempt(Failed);
        payment.ExternalId = "~ref";
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PaymentState.ProviderFailed));
    }

    /// <summary>CoinPay24 priced the invoice in dollars and counts coins.</summary>
    [Test]
    public void Of_a_half_paid_invoice_that_is_counted_in_coins_the_coins_are_told()
    {
        var payment = Attempt(Confirming);
        (payment.PayAmount, payment.PayCurrency, payment.PriceAmount, payment.PriceCurrency) = (12.5m, "USD", 12.5m, "USD");
        (payment.DueAmount, payment.ExpectedAmount, payment.ReceivedCurrency, payment.ReceivedAmount, payment.AcceptsBalance) = (0.00019231m, 0.00019231m, "BTC", 0.000096155m, true);
        var summary = Of(Facts(payment) with { AmountDue = 12.5m });

        Assert.That((summary.State, summary.Balance), Is.EqualTo((PaymentState.Underpaid, (BalancePaymentMethod?)BalancePaymentMethod.SameAddress)));
        Assert.That((summary.Expected, summary.Received, summary.Remaining, summary.ToSend), Is.EqualTo((Coins(0.00019231m), Coins(0.000096155m), Coins(0.00009616m), Coins(0.00009616m))));
    }

    /// <summary>60 of 92 euros came: 32/92 of the coins are missing, and not a unit less.</summary>
    [Test]
    public void Of_an_invoice_that_is_counted_in_money_the_rest_is_as_great_a_part_of_the_coins_rounded_up()
    {
        var payment = Attempt(Underpaid);
        (payment.PayAmount, payment.PayCurrency, payment.ReceivedAmount) = (92m, "EUR", 60m);
        var summary = Of(Facts(payment));
        Assert.That((summary.Received, summary.Expected, summary.Remaining), Is.EqualTo((Euros(60m), Euros(92m), Coins(0.00052175m))));

        payment.DueAmount = null;
        Assert.That(Of(Facts(payment)).Remaining, Is.EqualTo(Euros(32m)), "no wallet was told coins");
    }

    /// <summary>The provider added a network fee to the missing quarter.</summary>
    [Test]
    public void The_rest_is_what_the_provider_states()
    {
        var payment = Attempt(Confirming);
        (payment.PayAmount, payment.PayCurrency, payment.ReceivedAmount, payment.AcceptsBalance, payment.BalanceAmount) = (92m, "EUR", 69m, true, 0.00047501m);
        var summary = Of(Facts(payment));
        Assert.That((summary.Remaining, summary.ToSend), Is.EqualTo((Coins(0.00047501m), Coins(0.00047501m))));

        Assert.That(Of(Facts(payment) with { AmountDue = 80m }).Remaining, Is.EqualTo(Coins(0.00017936m)), "the order's total was lowered");
    }

    /// <summary>A provider may ask for more decimals than a gateway declares; databases fill amounts up with zeros. A third of 0.004 is missing.</summary>
    [TestCase("12.5", "10.25", "12.500001000000000000", 2, "2.250001")]
    [TestCase("3", "2", "0.004", 18, "0.00133334", Description = "eight decimals are enough to type")]
    [TestCase("3", "2", "0.004000000000000001", 18, "0.001333333333333334", Description = "the provider asked for more")]
    public void The_rest_can_be_typed(string asked, string received, string due, int decimals, string remaining)
    {
        var payment = Attempt(Underpaid);
        (payment.PayAmount, payment.ReceivedAmount, payment.DueAmount) = (Number(asked), Number(received), Number(due));
        Assert.That(Of(Facts(payment) with { CoinInfo = _bitcoin with { Decimals = decimals } }).Remaining, Is.EqualTo(Coins(Number(remaining))));
    }

    [Test]
    public void Of_an_order_whose_total_was_lowered_no_more_is_missing_than_it_owes()
    {
        var payment = Attempt(Confirming);
        (payment.PayAmount, payment.DueAmount, payment.ReceivedAmount, payment.AcceptsBalance) = (92m, 92m, 40m, true);
        Assert.That(Of(Facts(payment) with { AmountDue = 46m }).Remaining, Is.EqualTo(Coins(6m)));
        Assert.That(Of(Facts(payment) with { AmountDue = 40m }).State, Is.EqualTo(PaymentState.InReview), "it owes nothing more");
    }

    /// <summary>All of the coins came, and after the quote: they were worth 60 of 92 euros.</summary>
    [Test]
    public void Late_coins_count_by_their_value_and_the_difference_can_be_paid()
    {
        var payment = Attempt(Underpaid);
        (payment.ReceivedAmount, payment.LateAmount, payment.LateValue) = (payment.PayAmount, payment.PayAmount, 60m);
        var summary = Of(Facts(payment));
        Assert.That((summary.State, summary.Balance, summary.Received, summary.Remaining), Is.EqualTo((PaymentState.Underpaid, (BalancePaymentMethod?)BalancePaymentMethod.NewPayment, Coins(0.00150003m), Euros(32m))));

        payment.LateValue = null;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PaymentState.InReview), "nobody knows what they were worth");
    }

    [TestCase(Underpaid)]
    [TestCase(Confirming)]
    public void A_rest_that_no_wallet_sends_is_not_requested(CryptoPaymentStatus status)
    {
        var payment = Attempt(status);
        (payment.ReceivedAmount, payment.AcceptsBalance) = (payment.PayAmount - 0.00000545m, status == Confirming);

        var summary = Of(Facts(payment) with { CoinInfo = _bitcoin with { Dust = 0.00000546m } });
        Assert.That((summary.State, summary.NeedsAttention, summary.AcceptsPayment), Is.EqualTo((PaymentState.InReview, true, false)));
        Assert.That(Of(Facts(payment) with { CoinInfo = _bitcoin with { Dust = 0.00000545m } }).State, Is.EqualTo(PaymentState.Underpaid));
    }

    [TestCase(null, PaymentState.Detected)]
    [TestCase(0, PaymentState.Detected)]
    [TestCase(1, PaymentState.Confirming)]
    public void Money_is_seen_until_the_first_confirmation(int? seen, PaymentState expected)
    {
        var payment = Attempt(Confirming);
        payment.ConfirmationsSeen = seen;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(expected));
    }

    /// <summary>The same address, until its time is over; the quote's end alone does not close it.</summary>
    [TestCase(60, "address", 60, BalancePaymentMethod.SameAddress, false)]
    [TestCase(60, "address", -60, BalancePaymentMethod.SameAddress, true)]
    [TestCase(60, null, 60, BalancePaymentMethod.SamePage, false)]
    [TestCase(0, "address", 60, BalancePaymentMethod.Later, false)]
    public void A_part_that_came_leaves_the_address_open_for_the_rest(int secondsLeft, string? address, int quoteSeconds, BalancePaymentMethod balance, bool isQuoteOver)
    {
        var payment = Attempt(Confirming);
        (payment.ReceivedAmount, payment.AcceptsBalance, payment.ExpiresOnUtc, payment.Address, payment.CheckoutUrl) = (0.001m, true, _now.AddSeconds(secondsLeft), address, "https://pay.example.com");
        payment.QuoteExpiresOnUtc = _now.AddSeconds(quoteSeconds);
        var summary = Of(Facts(payment));

        Assert.That((summary.State, summary.Balance, summary.Remaining, summary.IsQuoteOver), Is.EqualTo((PaymentState.Underpaid, (BalancePaymentMethod?)balance, Coins(0.00050003m), isQuoteOver)));
        Assert.That((summary.AcceptsPayment, summary.ToSend), Is.EqualTo((balance != BalancePaymentMethod.Later, balance == BalancePaymentMethod.SameAddress ? Coins(0.00050003m) : null)));
    }

    [Test]
    public void An_attempt_for_the_rest_waits_for_its_money_beside_the_part_and_what_asked_for_all_does_not()
    {
        var part = Attempt(Underpaid);
        var balance = Attempt(AwaitingPayment, 2);
        balance.PriceAmount = 30.67m;
        var all = Attempt(AwaitingPayment, 2);

        Assert.That(Of(Facts(balance, part) with { AmountDue = 30.67m }).State, Is.EqualTo(PaymentState.AwaitingPayment));
        Assert.That(Of(Facts(all, part) with { AmountDue = 30.67m }).State, Is.EqualTo(PaymentState.Superseded));
        Assert.That(Of(Facts(part, balance)).State, Is.EqualTo(PaymentState.Underpaid));
        balance.Status = Confirming;
        Assert.That(Of(Facts(part, balance)).State, Is.EqualTo(PaymentState.Superseded), "the rest is on its way");
    }

    [Test]
    public void Shoppers_read_the_letters_that_they_know()
    {
        var payment = Attempt(Underpaid);
        payment.Coin = payment.PayCurrency = "USDTTRC20";
        var summary = Of(Facts(payment) with { CoinInfo = new CoinDescriptor("USDTTRC20", "Tether", 5m, "USD") { Symbol = "USDT" } });
        Assert.That(new[] { summary.Expected, summary.Received!.Value, summary.Remaining!.Value }.Select(money => summary.Named(money).Currency), Is.All.EqualTo("USDT"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void An_underpaid_attempt_of_which_nothing_is_known_to_be_missing_is_for_a_person(bool allCame)
    {
        var payment = Attempt(Underpaid);
        payment.ReceivedAmount = allCame ? payment.PayAmount : null;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PaymentState.InReview));
    }

    /// <summary>A page must not say that the store goes on looking for money when nobody does.</summary>
    [TestCase(true, ProviderAvailability.Answers, "State.Expired")]
    [TestCase(true, ProviderAvailability.NotResponding, "State.Expired")]
    [TestCase(true, ProviderAvailability.NotQueryable, "State.Expired.NotWatched")]
    [TestCase(false, ProviderAvailability.Answers, "State.Expired.NotWatched")]
    public void An_expired_payment_is_called_watched_only_while_it_is(bool hasNextCheck, ProviderAvailability availability, string text)
    {
        var payment = Attempt(Expired);
        payment.NextCheckOnUtc = hasNextCheck ? _now : null;
        Assert.That(Of(Facts(payment) with { Provider = availability }).StateText, Is.EqualTo($"Plugins.Payments.CryptoGateways.{text}"));
    }

    [Test]
    public void Confirmations_ends_and_the_provider_s_voice_are_told_where_they_matter_only([Values] CryptoPaymentStatus status, [Values] OrderState order)
    {
        var payment = Attempt(status);
        (payment.ExpiresOnUtc, payment.QuoteExpiresOnUtc) = (_now.AddMinutes(10), _now.AddMinutes(5));
        var summary = Of(Facts(payment) with { Order = order, Provider = ProviderAvailability.NotResponding });

        Assert.That(summary.ConfirmationsSeen is not null, Is.EqualTo(summary.State == PaymentState.Confirming));
        Assert.That(summary.ConfirmationsNeeded is not null, Is.EqualTo(summary.State == PaymentState.Confirming));
        Assert.That((summary.AcceptsPaymentUntilUtc is not null, summary.QuoteExpiresOnUtc is not null), Is.EqualTo((summary.AcceptsPayment, summary.AcceptsPayment)));
        Assert.That(summary.Provider, Is.EqualTo(summary.AcceptsPayment || summary.State == PaymentState.Confirming ? ProviderAvailability.NotResponding : ProviderAvailability.Answers));
    }

    private static PaymentSummary Of(PaymentSummaryFacts facts) => PaymentSummary.Of(facts);

    private static Money? Coins(decimal amount) => new Money(amount, "BTC");

    private static Money? Euros(decimal amount) => new Money(amount, "EUR");

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    internal static PaymentSummaryFacts Facts(CryptoPayment payment, params CryptoPayment[] others) => new()
    {
        Payment = payment, Order = OrderState.Open, AmountDue = 92m, Attempts = [payment, .. others], CoinInfo = _bitcoin, Now = _now
    };

    internal static CryptoPayment Attempt(CryptoPaymentStatus status, int number = 1) => new()
    {
        Id = number,
        Attempt = number,
        Status = status,
        ExternalId = "id",
        Address = "address",
        Coin = "BTC",
        PayCurrency = "BTC",
        PayAmount = 0.00150003m,
        DueAmount = 0.00150003m,
        ReceivedAmount = StatusTransitions.IsSettled(status) ? 0.001m : null,
        PriceAmount = 92m,
        PriceCurrency = "EUR",
        ConfirmationsSeen = 1,
        ConfirmationsNeeded = 3,
        CreatedOnUtc = _now
    };
}
