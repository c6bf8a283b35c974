using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// When the schedule task looks at a payment again: often while the shopper is likely there, seldom later.
/// </summary>
public static class CheckSchedule
{
    /// <summary>First look at a payment that was just created.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause that failures alone cause.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(30);

    /// <summary>Per cent by which a pause may be longer, so that payments made together do not stay due together.</summary>
    public const int MostJitter = 20;

    /// <summary>
    /// No check is scheduled further ahead. One that is was scheduled while a clock was wrong, and is due at once: otherwise the payment
    /// would wait until that time.
    /// </summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromHours(3);

    /// <summary>Whether a check that was scheduled is due.</summary>
    public static bool IsDue(DateTime? nextCheckOnUtc, DateTime nowUtc) => nextCheckOnUtc <= nowUtc || nextCheckOnUtc > nowUtc + Furthest;

    /// <summary>True for what anybody with a link can cause as often as they like.</summary>
    public static bool IsVisit(SynchronizationSource source) =>
        source is SynchronizationSource.Return or SynchronizationSource.OrderPage or SynchronizationSource.PayPage;

    /// <summary>
    /// Whether the provider may be asked now. A shopper who comes back has probably just paid, so that the next check is made at once,
    /// see <see cref="ReturnThrottle"/>; a provider that does not answer is left to its schedule.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="source">What makes us ask.</param>
    /// <param name="now">UTC.</param>
    public static bool IsDue(CryptoPayment payment, SynchronizationSource source, DateTime now) => IsDue(payment.NextCheckOnUtc, now)
        || source == SynchronizationSource.Return && payment is { NextCheckOnUtc: not null, FailedChecks: 0 };

    /// <summary>
    /// Pause until the next look; null when no look can change anything any more.
    /// </summary>
    /// <param name="status">Status after this look.</param>
    /// <param name="age">Age of the attempt.</param>
    /// <param name="watch">How long money may still turn up; also after the provider's own limit.</param>
    /// <param name="jitter">Per cent by which the pause is longer, from 0 to <see cref="MostJitter"/>.</param>
    /// <param name="isOrderOpen">The order still waits for its payment: partial payments count for it only as long as the provider keeps them.</param>
    public static TimeSpan? NextDelay(CryptoPaymentStatus status, TimeSpan age, TimeSpan watch, int jitter, bool isOrderOpen)
    {
        if (status == CryptoPaymentStatus.Underpaid)
            return isOrderOpen ? Pause(age, jitter) : null;

        var mayChange = status is CryptoPaymentStatus.Creating or CryptoPaymentStatus.AwaitingPayment or CryptoPaymentStatus.Confirming
            or CryptoPaymentStatus.Authorized or CryptoPaymentStatus.Disputed or CryptoPaymentStatus.Canceled or CryptoPaymentStatus.Failed
            or CryptoPaymentStatus.Expired;
        if (!mayChange || age > watch && status is not (CryptoPaymentStatus.Creating or CryptoPaymentStatus.AwaitingPayment or CryptoPaymentStatus.Confirming))
            return null;

        return Pause(age, jitter);
    }

    /// <summary>
    /// Pause after a check that got no usable answer: 30 s, doubled with every further failure up to 30 minutes, and never shorter than
    /// without the failure, so that a payment whose provider fails leaves the calls to others.
    /// </summary>
    /// <param name="failures">Checks in a row that failed, this one included; at least 1.</param>
    /// <param name="pause">Pause that the payment's status and age call for; null for none.</param>
    /// <param name="jitter">See <see cref="NextDelay"/>.</param>
    public static TimeSpan DelayAfterFailure(int failures, TimeSpan? pause, int jitter)
    {
        var backoff = First * Math.Pow(2, Math.Min(failures - 1, 10));
        backoff = backoff < LongestBackoff ? backoff : LongestBackoff;
        backoff += backoff * jitter / 100;
        return pause > backoff ? pause.Value : backoff;
    }

    /// <summary>Pause until the next look at a payment whose refund is not confirmed; null when that is waited for no longer.</summary>
    /// <param name="age">Time since the refund was asked for.</param>
    /// <param name="watch">How long its confirmation is waited for.</param>
    /// <param name="jitter">See <see cref="NextDelay"/>.</param>
    public static TimeSpan? DelayAfterRefund(TimeSpan age, TimeSpan watch, int jitter) => age > watch ? null : Pause(age, jitter);

    private static TimeSpan Pause(TimeSpan age, int jitter)
    {
        var pause = age.TotalMinutes switch
        {
            < 15 => TimeSpan.FromSeconds(30),
            < 120 => TimeSpan.FromMinutes(2),
            < 24 * 60 => TimeSpan.FromMinutes(15),
            _ => TimeSpan.FromHours(2)
        };
        return pause + pause * jitter / 100;
    }
}
