using System.Text.Json;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What the store's own pay page shows.
/// </summary>
public sealed class PayPageStateTests
{
    private static readonly DateTime _now = new(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);

    [TestCase(Creating, PayState.ProviderFailed)]
    [TestCase(AwaitingPayment, PayState.Waiting)]
    [TestCase(Confirming, PayState.Confirming)]
    [TestCase(Authorized, PayState.Confirming)]
    [TestCase(Paid, PayState.InReview, Description = "the order was opened again")]
    [TestCase(Underpaid, PayState.Underpaid)]
    [TestCase(Overpaid, PayState.InReview)]
    [TestCase(PaidLate, PayState.Late)]
    [TestCase(Expired, PayState.Expired)]
    [TestCase(Failed, PayState.Failed)]
    [TestCase(Canceled, PayState.Canceled)]
    [TestCase(Disputed, PayState.InReview)]
    [TestCase(Refunded, PayState.Refunded)]
    [TestCase(PartiallyRefunded, PayState.Refunded)]
    public void The_page_of_an_open_orders_attempt_shows_how_it_stands(CryptoPaymentStatus status, PayState expected) =>
        Assert.That(Of(Facts(Attempt(status))).State, Is.EqualTo(expected));

    [TestCase(AwaitingPayment, PayState.Paid)]
    [TestCase(Expired, PayState.Paid)]
    [TestCase(Underpaid, PayState.Paid, Description = "the owner settled it by hand")]
    [TestCase(PaidLate, PayState.Paid, Description = "the owner settled it by hand")]
    [TestCase(Paid, PayState.Paid)]
    [TestCase(Overpaid, PayState.Overpaid)]
    [TestCase(Refunded, PayState.Refunded)]
    public void The_page_of_a_paid_orders_attempt_says_so(CryptoPaymentStatus status, PayState expected) =>
        Assert.That(Of(Facts(Attempt(status)) with { Order = OrderState.Paid }).State, Is.EqualTo(expected));

    [Test]
    public void Money_that_came_a_second_time_is_for_a_person_to_look_at() => Assert.That(
        Of(Facts(Attempt(PaidLate), Attempt(Paid, 2)) with { Order = OrderState.Paid }).State, Is.EqualTo(PayState.InReview));

    /// <summary>The one rule that must hold for every combination: an address is shown only where money is wanted at it.</summary>
    [Test]
    public void Nobody_is_told_to_pay_unless_the_order_is_open_and_nothing_has_come(
        [Values] OrderState order, [Values] CryptoPaymentStatus status, [Values] CryptoPaymentStatus newer)
    {
        var facts = Facts(Attempt(status), Attempt(newer, 2)) with { Order = order };

        Assert.That(Of(facts).State, Is.Not.EqualTo(PayState.Waiting), "a newer attempt has a page");
        var alone = Of(facts with { Attempts = [facts.Payment] }).State;
        Assert.That(alone == PayState.Waiting, Is.EqualTo(order == OrderState.Open && status == AwaitingPayment));
    }

    [Test]
    public void A_newer_attempt_that_never_got_a_page_leaves_the_older_one_open()
    {
        var newer = Attempt(Failed, 2);
        newer.Address = null;
        Assert.That(Of(Facts(Attempt(AwaitingPayment), newer)).State, Is.EqualTo(PayState.Waiting));
    }

    [Test]
    public void An_older_attempt_that_holds_money_closes_the_newer_one() =>
        Assert.That(Of(Facts(Attempt(AwaitingPayment, 2), Attempt(Confirming, 1))).State, Is.EqualTo(PayState.Outdated));

    [TestCase(91)]
    [TestCase(93)]
    public void An_order_whose_total_changed_is_not_paid_by_the_old_quote(int total) =>
        Assert.That(Of(Facts(Attempt(AwaitingPayment)) with { Owed = total }).State, Is.EqualTo(PayState.Outdated));

    [TestCase(1, PayState.Waiting)]
    [TestCase(0, PayState.Expired)]
    [TestCase(-1, PayState.Expired)]
    public void A_quote_ends_at_its_time_whether_the_provider_has_said_so_or_not(int secondsLeft, PayState expected)
    {
        var payment = Attempt(AwaitingPayment);
        payment.ExpiresOnUtc = _now.AddSeconds(secondsLeft);
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(expected));
    }

    [Test]
    public void An_attempt_whose_address_never_came_has_nothing_to_pay_to()
    {
        var payment = Attempt(AwaitingPayment);
        payment.Address = null;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PayState.ProviderFailed));

        payment.CheckoutUrl = "https://pay.example.com";
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PayState.Waiting), "the provider's page is left");
    }

    [Test]
    public void An_attempt_that_the_provider_never_took_is_not_called_failed_by_it()
    {
        var payment = Attempt(Failed);
        payment.ExternalId = "~ref";
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PayState.ProviderFailed));
    }

    [Test]
    public void Of_an_underpaid_quote_in_coins_the_rest_is_what_is_missing()
    {
        var state = Of(Facts(Attempt(Underpaid)));
        Assert.That((state.Received, state.AskedFor, state.Missing), Is.EqualTo((Coins(0.001m), Coins(0.00150003m), Coins(0.00050003m))));
    }

    /// <summary>60 of 92 euros came: 32/92 of the coins are missing, and not a unit less.</summary>
    [Test]
    public void Of_an_underpaid_quote_in_money_the_rest_is_as_great_a_part_of_the_coins_rounded_up()
    {
        var payment = Attempt(Underpaid);
        (payment.PayAmount, payment.PayCurrency, payment.ReceivedAmount) = (92m, "EUR", 60m);
        var state = Of(Facts(payment));

        Assert.That((state.Received, state.AskedFor, state.Missing), Is.EqualTo((Coins(0.00097828m), Coins(0.00150003m), Coins(0.00052175m))));
        payment.Status = Overpaid;
        payment.ReceivedAmount = 100m;
        Assert.That(Of(Facts(payment) with { Order = OrderState.Paid }).Received, Is.EqualTo(Coins(0.00163046m)), "rounded down");
        payment.DueAmount = null;
        Assert.That(Of(Facts(payment) with { Order = OrderState.Paid }).Received, Is.EqualTo(new Money(100m, "EUR")), "no wallet was told coins");
    }

    /// <summary>A provider may ask for more decimals than a gateway declares; databases fill amounts up with zeros.</summary>
    [Test]
    public void The_rest_has_the_decimals_that_the_wallet_was_told()
    {
        var payment = Attempt(Underpaid);
        (payment.PayAmount, payment.DueAmount, payment.ReceivedAmount) = (12.5m, 12.500001000000000000m, 10.25m);
        Assert.That(Of(Facts(payment) with { Decimals = 2 }).Missing, Is.EqualTo(Coins(2.250001m)));
    }

    [TestCase(Underpaid)]
    [TestCase(Confirming)]
    public void A_rest_that_no_wallet_sends_is_not_requested(CryptoPaymentStatus status)
    {
        var payment = Attempt(status);
        (payment.ReceivedAmount, payment.TakesRest) = (payment.PayAmount - 0.00000545m, status == Confirming);

        var state = Of(Facts(payment) with { Dust = 0.00000546m });
        Assert.That((state.State, state.Missing, state.TakesRest), Is.EqualTo((PayState.InReview, (Money?)null, false)));
        Assert.That(Of(Facts(payment) with { Dust = 0.00000545m }).State, Is.EqualTo(PayState.Underpaid));
    }

    /// <summary>A third of 0.004 is still due.</summary>
    [TestCase("0.004", "0.00133334", Description = "eight decimals are enough to type")]
    [TestCase("0.004000000000000001", "0.001333333333333334", Description = "the provider asked for more")]
    public void What_is_missing_of_a_coin_with_eighteen_decimals_can_be_typed(string due, string missing)
    {
        var payment = Attempt(Underpaid);
        (payment.PayAmount, payment.PayCurrency, payment.ReceivedAmount, payment.DueAmount) = (3m, "EUR", 2m, decimal.Parse(due, System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(Of(Facts(payment) with { Decimals = 18 }).Missing, Is.EqualTo(Coins(decimal.Parse(missing, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [TestCase(null, PayState.Seen)]
    [TestCase(0, PayState.Seen)]
    [TestCase(1, PayState.Confirming)]
    public void Money_is_seen_until_the_first_confirmation(int? seen, PayState expected)
    {
        var payment = Attempt(Confirming);
        (payment.ConfirmationsSeen, payment.ReceivedAmount) = (seen, null);
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(expected));
    }

    /// <summary>The same address, until its time is over and while the order is open.</summary>
    [TestCase(60, OrderState.Open, true)]
    [TestCase(0, OrderState.Open, false)]
    [TestCase(60, OrderState.Cancelled, false)]
    public void A_part_that_came_leaves_the_address_open_for_the_rest(int secondsLeft, OrderState order, bool takesRest)
    {
        var payment = Attempt(Confirming);
        (payment.ReceivedAmount, payment.TakesRest, payment.ExpiresOnUtc) = (0.001m, true, _now.AddSeconds(secondsLeft));
        var state = Of(Facts(payment) with { Order = order });

        Assert.That((state.State, state.TakesRest, state.Missing), Is.EqualTo((PayState.Underpaid, takesRest, Coins(0.00050003m))));
        Assert.That((state.ExpiresOnUtc is not null, state.PollSeconds), Is.EqualTo((takesRest, takesRest ? 3 : 30)));
    }

    [Test]
    public void An_attempt_for_the_rest_waits_for_its_money_beside_the_part_and_what_asked_for_all_does_not()
    {
        var part = Attempt(Underpaid);
        var rest = Attempt(AwaitingPayment, 2);
        rest.PriceAmount = 30.67m;
        var all = Attempt(AwaitingPayment, 2);

        Assert.That(Of(Facts(rest, part) with { Owed = 30.67m }).State, Is.EqualTo(PayState.Waiting));
        Assert.That(Of(Facts(all, part) with { Owed = 30.67m }).State, Is.EqualTo(PayState.Outdated));
        Assert.That(Of(Facts(part, rest)).State, Is.EqualTo(PayState.Underpaid));
        rest.Status = Confirming;
        rest.ReceivedAmount = null;
        Assert.That(Of(Facts(part, rest)).State, Is.EqualTo(PayState.Outdated), "the rest is on its way");
    }

    [Test]
    public void Shoppers_read_the_letters_that_they_know()
    {
        var payment = Attempt(Underpaid);
        payment.Coin = payment.PayCurrency = "USDTTRC20";
        var state = Of(Facts(payment) with { Symbol = "USDT" });
        Assert.That(new[] { state.AskedFor, state.Received, state.Missing }.Select(money => money!.Value.Currency), Is.All.EqualTo("USDT"));
    }

    [TestCase(null)]
    [TestCase("0.00150003")]
    public void An_underpaid_quote_of_which_nothing_is_known_to_miss_is_for_a_person(string? received)
    {
        var payment = Attempt(Underpaid);
        payment.ReceivedAmount = received is null ? null : payment.PayAmount;
        Assert.That(Of(Facts(payment)).State, Is.EqualTo(PayState.InReview));
    }

    [Test]
    public void Sums_confirmations_and_the_end_of_the_quote_are_told_where_they_matter_only([Values] CryptoPaymentStatus status, [Values] OrderState order)
    {
        var payment = Attempt(status);
        payment.ExpiresOnUtc = _now.AddMinutes(10);
        var state = Of(Facts(payment) with { Order = order, Provider = ProviderVoice.Silent });

        Assert.That(state.ConfirmationsSeen is not null, Is.EqualTo(state.State == PayState.Confirming));
        Assert.That(state.ConfirmationsNeeded is not null, Is.EqualTo(state.State == PayState.Confirming));
        Assert.That(state.AskedFor is not null, Is.EqualTo(state.State is PayState.Underpaid or PayState.Overpaid));
        Assert.That(state.Missing is not null, Is.EqualTo(state.State == PayState.Underpaid));
        Assert.That(state.ExpiresOnUtc is not null, Is.EqualTo(state.State == PayState.Waiting));
        Assert.That(state.Provider, Is.EqualTo(state.State is PayState.Waiting or PayState.Confirming ? ProviderVoice.Silent : ProviderVoice.Answers));
    }

    [TestCase(AwaitingPayment, 0, 3)]
    [TestCase(Confirming, 1, 3)]
    [TestCase(Confirming, 3, 15)]
    [TestCase(Expired, 1, 30)]
    [TestCase(Expired, 25, 0)]
    public void A_page_is_told_to_ask_seldom_where_little_can_happen(CryptoPaymentStatus status, int hours, int seconds)
    {
        var payment = Attempt(status);
        payment.CreatedOnUtc = _now.AddHours(-hours);
        Assert.That(Of(Facts(payment)).PollSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public void A_page_whose_payment_is_over_is_told_to_ask_no_more([Values(Paid, Overpaid, Refunded)] CryptoPaymentStatus status) =>
        Assert.That(Of(Facts(Attempt(status)) with { Order = OrderState.Paid }).PollSeconds, Is.Zero);

    [Test]
    public void The_JSON_holds_the_state_and_nothing_that_names_anybody()
    {
        var payment = Attempt(Confirming);
        using var json = JsonDocument.Parse(Of(Facts(payment)).Json());

        Assert.That(json.RootElement.EnumerateObject().Select(property => $"{property.Name}={property.Value}"), Is.EqualTo(new[]
        {
            "state=Confirming", "confirmationsSeen=1", "confirmationsNeeded=3", "takesRest=False", "provider=Answers", "pollSeconds=3"
        }));
    }

    [Test]
    public void The_JSON_tells_sums_as_text_and_times_as_UTC()
    {
        var waiting = Attempt(AwaitingPayment);
        waiting.ExpiresOnUtc = DateTime.SpecifyKind(_now.AddMinutes(1), DateTimeKind.Unspecified);
        Assert.That(Of(Facts(waiting)).Json(), Does.Contain("\"expiresOnUtc\":\"2026-02-06T10:31:00Z\""));
        Assert.That(Of(Facts(Attempt(Underpaid))).Json(), Does.Contain("\"missing\":\"0.00050003 BTC\""));
    }

    [Test]
    public void The_version_is_another_when_and_only_when_something_shown_is()
    {
        var first = Of(Facts(Attempt(Confirming)));
        var more = Attempt(Confirming);
        more.ConfirmationsSeen = 2;
        var unseen = Attempt(Confirming);
        (unseen.Checks, unseen.UpdatedOnUtc) = (7, _now.AddMinutes(1));

        Assert.That(first.Version(), Does.Match("^\"[A-Za-z0-9_-]{16}\"$").And.Not.EqualTo(Of(Facts(more)).Version()));
        Assert.That(first.Version(), Is.EqualTo(Of(Facts(unseen)).Version()));
    }

    private static PayPageState Of(PayPageFacts facts) => PayPageState.Of(facts);

    private static Money Coins(decimal amount) => new(amount, "BTC");

    private static PayPageFacts Facts(CryptoPayment payment, params CryptoPayment[] others) => new()
    {
        Payment = payment, Order = OrderState.Open, Owed = 92m, Attempts = [payment, .. others], Decimals = 8, Symbol = "BTC", Now = _now
    };

    private static CryptoPayment Attempt(CryptoPaymentStatus status, int number = 1) => new()
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
        ReceivedAmount = PaymentStatusMoves.IsSettled(status) ? 0.001m : null,
        PriceAmount = 92m,
        PriceCurrency = "EUR",
        ConfirmationsSeen = 1,
        ConfirmationsNeeded = 3,
        CreatedOnUtc = _now
    };
}
