using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// An order that is paid in parts: 92 euros, of which the first attempt, at 100 USDT, brought a part. The interleavings try the same
/// with everything else that can happen to an order.
/// </summary>
public sealed class OutstandingBalanceTests
{
    private Shop _shop = null!;

    [SetUp]
    public void OpenShop() => _shop = new Shop();

    [TestCase("60", 55.20)]
    [TestCase("33.333", 30.66, Description = "rounded down to the cent: 30.66636")]
    [TestCase("0", 0)]
    [TestCase("100", 0, Description = "all came: it is no part")]
    [TestCase(null, 0, Description = "nobody knows")]
    public void A_short_attempt_is_worth_the_part_of_its_price_that_came(string? received, decimal worth) =>
        Assert.That(OutstandingBalance.TotalValueOf([Short(received)], "EUR"), Is.EqualTo(worth));

    [Test]
    public void Only_what_is_over_counts_and_only_in_the_orders_currency([Values] CryptoPaymentStatus status)
    {
        var attempt = Short("60");
        attempt.Status = status;
        Assert.That(OutstandingBalance.TotalValueOf([attempt], "EUR"), Is.EqualTo(status == Underpaid ? 55.20m : 0m));
        Assert.That(OutstandingBalance.TotalValueOf([attempt], "USD"), Is.Zero);
    }

    [Test]
    public async Task Two_attempts_that_each_asked_for_all_pay_the_order_together_and_what_is_too_much_is_told()
    {
        _shop.Payments.Change(payment => (payment.Status, payment.ReceivedAmount) = (Underpaid, 60m));
        _shop.Payments.Insert(_shop.Attempt(2));
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(60m, "USDT") };
        _shop.Gateway.AnswersTo["ref2"] = Facts.Answer(ProviderStatus.Underpaid) with { Reference = "ref2", ExternalId = "id2", Received = new Money(50m, "USDT") };
        await _shop.SynchronizeAsync(2);
        await _shop.SynchronizeAsync(1);
        await _shop.SynchronizeAsync(2);

        Assert.That((_shop.Marks, string.Join(' ', _shop.Payments.All.Select(payment => payment.Status)), _shop.Payments.All[1].SurplusAmount), Is.EqualTo((1, "Underpaid Overpaid", 10m)));
        Assert.That(_shop.Notes.Select(note => note.Note.Split(' ')[0]), Is.EqualTo(new[] { "Overpaid" }));
    }

    [Test]
    public async Task The_rest_is_too_much_when_the_order_was_lowered_after_its_part()
    {
        var balance = await PartAndRestAsync();
        _shop.Orders.Change(order => order.OrderTotal = 73.60m);
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        await _shop.SynchronizeAsync(balance.Id);

        // Of 40 USDT for 36.80 euros, 18.40 euros were still owed.
        Assert.That((_shop.Marks, _shop.Payments.All[1].Status, _shop.Payments.All[1].SurplusAmount), Is.EqualTo((1, Overpaid, 20m)));
    }

    [Test]
    public async Task The_rest_pays_the_order_once_together_with_the_part()
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        await _shop.SynchronizeAsync(balance.Id);
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Marks, string.Join(' ', _shop.Payments.All.Select(payment => payment.Status))), Is.EqualTo((1, "Underpaid Paid")));
    }

    [Test]
    public async Task A_rest_that_is_short_itself_leaves_the_order_open()
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Underpaid, 30m);
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Marks, _shop.Payments.All[1].Status), Is.EqualTo((0, Underpaid)));
        Assert.That(92m - OutstandingBalance.TotalValueOf(_shop.Payments.All, "EUR"), Is.EqualTo(9.20m), "92 - 55.20 - 27.60");
    }

    [Test]
    public async Task A_rest_whose_part_was_sent_back_is_held_for_the_owner()
    {
        var balance = await PartAndRestAsync();
        _shop.Payments.Change(row => row.Status = row.Attempt == 1 ? Refunded : row.Status);
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Marks, _shop.Payments.All[1].Status), Is.EqualTo((0, Underpaid)));
        Assert.That(_shop.Notes[^1].Note, Does.StartWith("OrderTotalIncreased"));
    }

    [Test]
    public async Task When_the_part_becomes_whole_after_the_rest_was_paid_it_is_reported()
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        await _shop.SynchronizeAsync(balance.Id);
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync(1);

        Assert.That((_shop.Marks, _shop.Payments.All[0].Status), Is.EqualTo((1, PaidLate)));
        Assert.That(_shop.Notes[^1].Note, Does.StartWith("PaidTwice"));
    }

    /// <summary>90 % paid, refunded at the provider, the webhook lost, the remaining 10 % paid: 10 % must not pay the order.</summary>
    [TestCase(ProviderStatus.Refunded, "Refunded Underpaid")]
    [TestCase(ProviderStatus.PartiallyRefunded, "PartiallyRefunded Underpaid")]
    [TestCase(ProviderStatus.Disputed, "Disputed Underpaid")]
    public async Task A_part_that_was_sent_back_unnoticed_does_not_count(ProviderStatus part, string expected)
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(part);
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Marks, string.Join(' ', _shop.Payments.All.Select(payment => payment.Status))), Is.EqualTo((0, expected)));
    }

    [Test]
    public async Task Two_parts_of_one_order_are_confirmed_once_each_and_not_in_a_circle()
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.AnswersTo[balance.Reference] = Answer(ProviderStatus.Underpaid, 30m);
        await _shop.SynchronizeAsync(balance.Id);
        var before = _shop.Gateway.Questions;
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Gateway.Questions - before, _shop.Marks), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Nothing_is_decided_while_the_provider_of_a_part_does_not_answer()
    {
        var balance = await PartAndRestAsync();
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(ProviderStatus.Underpaid);
        _shop.Gateway.Answer = () => Answer(ProviderStatus.Completed, null);
        _shop.Gateway.FailsFor = "ref";
        _shop.Events.Insert(new PaymentEvent { EventKey = "webhook", PaymentId = balance.Id, Kind = PaymentEventKind.Webhook });
        await _shop.SynchronizeAsync(balance.Id);

        Assert.That((_shop.Marks, _shop.Payments.All[1].Status, _shop.Events.All.Single(row => row.EventKey == "webhook").ProcessedOnUtc),
            Is.EqualTo((0, AwaitingPayment, (DateTime?)null)));
        _shop.Gateway.FailsFor = null;
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(60m, "USDT") };
        _shop.Time.Now = _shop.Payments.All[1].NextCheckOnUtc!.Value;
        await _shop.SynchronizeAsync(balance.Id, onlyIfDue: true);
        Assert.That((_shop.Marks, _shop.Payments.All[1].Status), Is.EqualTo((1, Paid)));
    }

    [Test]
    public async Task While_the_address_takes_the_rest_the_part_is_kept_and_the_attempt_stays_open()
    {
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Confirming) with { Received = new Money(60m, "USDT"), AcceptsBalance = true, Balance = new Money(33m, "USDT") };
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.Status, _shop.Payments.Single.ReceivedAmount, _shop.Payments.Single.AcceptsBalance, _shop.Payments.Single.BalanceAmount), Is.EqualTo((Confirming, 60m, true, 33m)));

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Confirming) with { Received = new Money(60m, "USDT") };
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Payments.Single.ReceivedAmount, _shop.Payments.Single.AcceptsBalance, _shop.Payments.Single.BalanceAmount), Is.EqualTo((60m, false, (decimal?)null)), "no longer, and what arrived stays visible");

        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Completed);
        await _shop.SynchronizeAsync();
        Assert.That((_shop.Marks, _shop.Payments.Single.ReceivedAmount), Is.EqualTo((1, 100m)));
    }

    /// <summary>60 of 100 USDT came for the first attempt; the second asks for the rest, at 40.</summary>
    private async Task<CryptoPayment> PartAndRestAsync()
    {
        _shop.Gateway.AnswersTo["ref"] = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(60m, "USDT") };
        await _shop.SynchronizeAsync();
        var balance = _shop.Attempt(2);
        (balance.PriceAmount, balance.PayAmount) = (36.80m, 40m);
        _shop.Payments.Insert(balance);
        return balance;
    }

    private static ProviderPayment Answer(ProviderStatus status, decimal? received) => Facts.Answer(status) with
    {
        Amount = new Money(40m, "USDT"),
        Received = received is { } amount ? new Money(amount, "USDT") : null
    };

    private static CryptoPayment Short(string? received) => new()
    {
        Status = Underpaid,
        PriceAmount = 92m,
        PriceCurrency = "EUR",
        PayAmount = 100m,
        ReceivedAmount = received is null ? null : decimal.Parse(received, System.Globalization.CultureInfo.InvariantCulture)
    };
}
