using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

public sealed class CheckScheduleTests
{
    private static readonly TimeSpan _watch = TimeSpan.FromDays(14);

    [TestCase(0, 30)]
    [TestCase(14.9, 30)]
    [TestCase(15, 120)]
    [TestCase(119.9, 120)]
    [TestCase(120, 900)]
    [TestCase(1439.9, 900)]
    [TestCase(1440, 7200)]
    [TestCase(14 * 1440, 7200)]
    public void An_open_attempt_is_looked_at_less_often_the_older_it_is(double ageInMinutes, int pauseInSeconds) =>
        Assert.That(CheckSchedule.NextDelay(AwaitingPayment, TimeSpan.FromMinutes(ageInMinutes), _watch, jitter: 0, isOrderOpen: true), Is.EqualTo(TimeSpan.FromSeconds(pauseInSeconds)));

    /// <summary>A shopper who comes back has probably just paid.</summary>
    [TestCase(SynchronizationSource.Return, 0, 30, true)]
    [TestCase(SynchronizationSource.Return, 1, 30, false, Description = "the provider did not answer: its schedule counts")]
    [TestCase(SynchronizationSource.Return, 1, 0, true)]
    [TestCase(SynchronizationSource.Return, 0, null, false, Description = "final")]
    [TestCase(SynchronizationSource.PayPage, 0, 30, false)]
    [TestCase(SynchronizationSource.OrderPage, 0, 30, false)]
    [TestCase(SynchronizationSource.Start, 0, 30, false)]
    [TestCase(SynchronizationSource.PayPage, 0, 0, true)]
    public void A_return_pulls_the_next_check_forward_and_nothing_else_does(SynchronizationSource source, int failed, int? secondsUntil, bool isDue)
    {
        var now = new DateTime(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);
        var payment = new CryptoPayment { FailedChecks = failed, NextCheckOnUtc = secondsUntil is { } until ? now.AddSeconds(until) : null };

        Assert.That(CheckSchedule.IsDue(payment, source, now), Is.EqualTo(isDue));
    }

    [Test]
    public void Statuses_that_only_a_person_or_a_webhook_changes_are_left_alone(
        [Values(Paid, Overpaid, PaidLate, Refunded, PartiallyRefunded)] CryptoPaymentStatus status,
        [Values(0, 20)] int days) =>
        Assert.That(CheckSchedule.NextDelay(status, TimeSpan.FromDays(days), _watch, jitter: 0, isOrderOpen: true), Is.Null);

    [Test]
    public void A_partial_payment_is_checked_as_long_as_its_order_is_open([Values] bool isOpen, [Values(0, 1, 100)] int days) =>
        Assert.That(CheckSchedule.NextDelay(Underpaid, TimeSpan.FromDays(days), _watch, jitter: 0, isOrderOpen: isOpen).HasValue, Is.EqualTo(isOpen));

    [TestCase(Creating, true)]
    [TestCase(AwaitingPayment, true)]
    [TestCase(Confirming, true)]
    [TestCase(Authorized, false)]
    [TestCase(Disputed, false)]
    [TestCase(Canceled, false)]
    [TestCase(Failed, false)]
    [TestCase(Expired, false)]
    public void After_the_watch_only_undecided_attempts_are_asked_about(CryptoPaymentStatus status, bool lookedAt)
    {
        Assert.That(CheckSchedule.NextDelay(status, _watch, _watch, jitter: 0, isOrderOpen: true), Is.Not.Null);
        Assert.That(CheckSchedule.NextDelay(status, _watch + TimeSpan.FromSeconds(1), _watch, jitter: 0, isOrderOpen: true).HasValue, Is.EqualTo(lookedAt));
    }

    [TestCase(0, 30)]
    [TestCase(60, 120)]
    [TestCase(14 * 1440, 7200)]
    [TestCase(14 * 1440 + 1, null)]
    public void A_refund_that_is_not_confirmed_is_looked_for_until_the_watch_ends(double ageInMinutes, int? pauseInSeconds) =>
        Assert.That(CheckSchedule.DelayAfterRefund(TimeSpan.FromMinutes(ageInMinutes), _watch, jitter: 0)?.TotalSeconds, Is.EqualTo(pauseInSeconds));

    [TestCase(1, null, 30)]
    [TestCase(2, null, 60)]
    [TestCase(3, 30, 120)]
    [TestCase(3, 7200, 7200)]
    [TestCase(7, null, 1800)]
    [TestCase(int.MaxValue, null, 1800)]
    public void Failed_checks_double_the_pause_up_to_half_an_hour(int failures, int? pause, int seconds) =>
        Assert.That(CheckSchedule.DelayAfterFailure(failures, pause is { } known ? TimeSpan.FromSeconds(known) : null, jitter: 0), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(0, 120)]
    [TestCase(CheckSchedule.MaxJitter, 144)]
    public void Jitter_makes_a_pause_longer_and_never_shorter(int jitter, int seconds) =>
        Assert.That(CheckSchedule.NextDelay(AwaitingPayment, TimeSpan.FromHours(1), _watch, jitter, isOrderOpen: true), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Every_status_has_a_schedule_at_any_age([Values] CryptoPaymentStatus status, [Values(-1, 0, 1_000_000)] int days) =>
        Assert.That(CheckSchedule.NextDelay(status, TimeSpan.FromDays(days), _watch, jitter: 0, isOrderOpen: true) is null or { TotalSeconds: >= 30 and <= 7200 });
}
