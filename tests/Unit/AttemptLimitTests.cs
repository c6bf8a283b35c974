using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A shopper who changes their mind again and again: attempts at the provider and calls to it stay few.
/// </summary>
public sealed class AttemptLimitTests
{
    private Shop _shop = null!;
    private int _ids;

    [SetUp]
    public void OpenShop()
    {
        _shop = new Shop();
        // The order's first attempt is over, so that the test begins with none.
        _shop.Payments.Change(payment => (payment.Status, payment.NextCheckOnUtc, payment.CreatedOnUtc) = (Failed, null, _shop.Time.Now.AddDays(-1)));
    }

    [Test]
    public async Task Coins_that_are_still_open_are_gone_on_with_whichever_was_chosen_last()
    {
        foreach (var coin in new[] { "USDT", "USDC", "USDT", "USDC", "USDT" })
            Assert.That((await ChooseAsync(coin)).Outcome, Is.EqualTo(StartOutcome.Redirect));

        Assert.That(Attempts.Select(payment => payment.Coin), Is.EqualTo(new[] { "USDT", "USDC" }));
    }

    [Test]
    public async Task The_attempt_that_was_chosen_last_counts_as_the_newest()
    {
        foreach (var coin in new[] { "USDT", "USDC", "USDT" })
        {
            await ChooseAsync(coin);
            _shop.Time.Now += TimeSpan.FromSeconds(1);
        }

        var reader = new AttemptStore(_shop.Payments.Repository, null!, null!, null!, null!);
        Assert.That((await reader.LatestAsync(1))?.Coin, Is.EqualTo("USDT"));
        Assert.That((await reader.OfOrderAsync(1))[^1].Coin, Is.EqualTo("USDT"));
        var (first, second) = (Attempts[0], Attempts[1]);
        Assert.That((first.IsNewerThan(second), second.IsNewerThan(first), first.IsNewerThan(first)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public async Task Another_amount_is_another_quote_and_needs_an_attempt_of_its_own()
    {
        await ChooseAsync("USDT", 100m);
        await ChooseAsync("USDT", 101m);
        await ChooseAsync("USDT", 100m);

        Assert.That(Attempts.Select(payment => payment.PayAmount), Is.EqualTo(new[] { 100m, 101m }));
    }

    [Test]
    public async Task An_attempt_that_is_out_of_time_is_not_gone_on_with()
    {
        await ChooseAsync("USDT");
        _shop.Payments.Change(payment => payment.ExpiresOnUtc = _shop.Time.Now);
        await ChooseAsync("USDT");

        Assert.That(Attempts, Has.Count.EqualTo(2));
    }

    /// <summary>24 changes of the coin once made 25 attempts and 401 calls.</summary>
    [Test]
    public async Task Many_changes_of_the_coin_make_few_attempts_and_ask_nothing_that_is_not_due()
    {
        var outcomes = new List<StartOutcome>();
        for (var change = 0; change < 24; change++)
            outcomes.Add((await ChooseAsync("USDT", 100m + change)).Outcome);

        Assert.That(outcomes, Is.EqualTo(Enumerable.Repeat(StartOutcome.Redirect, AttemptLimit.PerHour).Concat(Enumerable.Repeat(StartOutcome.TooMany, 24 - AttemptLimit.PerHour))));
        Assert.That((Attempts.Count, _shop.Gateway.Questions), Is.EqualTo((AttemptLimit.PerHour, 0)));
    }

    [Test]
    public async Task Who_started_too_many_goes_on_with_an_open_one_and_starts_another_after_an_hour()
    {
        for (var change = 0; change < AttemptLimit.PerHour; change++)
            await ChooseAsync("USDT", 100m + change);

        Assert.That((await ChooseAsync("USDT", 103m)).Outcome, Is.EqualTo(StartOutcome.Redirect), "it is still open");
        Assert.That((await ChooseAsync("USDC")).Outcome, Is.EqualTo(StartOutcome.TooMany));
        _shop.Time.Now += TimeSpan.FromHours(1);
        _shop.Gateway.Answer = () => null;
        Assert.That((await ChooseAsync("USDC")).Outcome, Is.EqualTo(StartOutcome.Redirect));
    }

    [Test]
    public async Task Attempts_that_are_due_are_asked_for_and_others_are_not()
    {
        await ChooseAsync("USDT", 100m);
        await ChooseAsync("USDT", 101m);
        _shop.Payments.Change(payment => payment.NextCheckOnUtc = payment.PayAmount == 101m ? _shop.Time.Now : _shop.Time.Now.AddSeconds(1));

        await ChooseAsync("USDC");

        Assert.That(_shop.Gateway.Questions, Is.EqualTo(1));
    }

    [Test]
    public async Task A_part_is_asked_for_again_before_the_rest_is_asked_for()
    {
        _shop.Payments.Change(payment => (payment.Status, payment.ReceivedAmount, payment.PaidOnUtc, payment.NextCheckOnUtc) = (Underpaid, 60m, _shop.Time.Now, null));
        _shop.Gateway.Answer = () => Facts.Answer(ProviderStatus.Refunded);

        Assert.That((await ChooseAsync("USDT", 40m, price: 36.80m)).Outcome, Is.EqualTo(StartOutcome.NothingToPay), "it was sent back");
    }

    [Test]
    public async Task A_payment_whose_create_answer_was_lost_is_asked_for_at_the_next_click_and_then_by_its_schedule()
    {
        _shop.Payments.Change(payment => (payment.Status, payment.Checks, payment.NextCheckOnUtc) = (Creating, 0, _shop.Time.Now.AddSeconds(30)));
        _shop.Gateway.Answer = () => throw new GatewayException(GatewayFault.Timeout, "no answer in time");

        await ChooseAsync("USDT");
        await ChooseAsync("USDC");

        Assert.That(_shop.Gateway.Questions, Is.EqualTo(1));
    }

    [TestCase(0, null)]
    [TestCase(9, null)]
    [TestCase(10, 51)]
    [TestCase(12, 51)]
    public void Whoever_started_too_many_is_told_when_the_next_can_be_started(int attempts, int? minutes)
    {
        var now = _shop.Time.Now;
        var started = Enumerable.Range(1, attempts).Select(i => new CryptoPayment { Attempt = i, CreatedOnUtc = now.AddMinutes(-attempts + i) });

        Assert.That(AttemptLimit.WaitBeforeNext(started, now), Is.EqualTo(minutes is { } pause ? TimeSpan.FromMinutes(pause) : (TimeSpan?)null));
    }

    private IReadOnlyList<CryptoPayment> Attempts => [.. _shop.Payments.All.Skip(1)];

    private Task<StartResult> ChooseAsync(string coin, decimal amount = 100m, decimal price = 92m)
    {
        _shop.Gateway.NextId = $"made{++_ids}";
        return _shop.Starter.StartAsync(1, new PaymentOption(_shop.Gateway.Descriptor, _shop.Gateway.Descriptor.Coins.First(one => one.Code == coin), new Money(price, "EUR"), new Money(amount, coin)));
    }
}
