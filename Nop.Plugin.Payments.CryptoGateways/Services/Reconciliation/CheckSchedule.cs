using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// When payments are checked: often while the shopper is likely to wait, rarely later.
/// </summary>
public static class CheckSchedule
{
    /// <summary>Delay of the first check of a new payment.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(30);

    /// <summary>The longest delay that failures alone cause.</summary>
    public static readonly TimeSpan MaxBackoff = TimeSpan.FromMinutes(30);

    /// <summary>Largest random extension of a delay in per cent, so that payments created together do not stay due together.</summary>
    public const int MaxJitter = 20;

    /// <summary>
    /// No check is scheduled further ahead. One that is was scheduled while a clock was wrong and is due at once; otherwise the payment
    /// would wait until that time.
    /// </summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromHours(3);

    /// <summary>Whether a scheduled check is due.</summary>
    public static bool IsDue(DateTime? nextCheckOnUtc, DateTime nowUtc) => nextCheckOnUtc <= nowUtc || nextCheckOnUtc > nowUtc + Furthest;

    /// <summary>True for checks that anybody with a link can cause as often as they like.</summary>
    public static bool IsVisit(SynchronizationSource source) =>
        source is SynchronizationSource.Return or SynchronizationSource.OrderPage or SynchronizationSource.PayPage;

    /// <summary>
    /// Whether the provider may be asked now. A returning shopper has probably just paid, so that the next check is made at once,
    /// see <see cref="ReturnThrottle"/>; a failing provider keeps its schedule.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="source">What caused the check.</param>
    /// <param name="now">UTC.</param>
    public static bool IsDue(CryptoPayment payment, SynchronizationSource source, DateTime now) => IsDue(payment.NextCheckOnUtc, now)
        || source == SynchronizationSource.Return && payment is { NextCheckOnUtc: not null, FailedChecks: 0 };

    /// <summary>
    /// Delay until the next check; null when no check can change anything any more.
    /// </summary>
    /// <param name="status">Status after this check.</param>
    /// <param name="age">Age of the attempt.</param>
    /// <param name="watch">How long funds may still arrive, also after the provider's own limit.</param>
    /// <param name="jitter">Extension of the delay in per cent, from 0 to <see cref="MaxJitter"/>.</param>
    /// <param name="isOrderOpen">True while the order awaits payment: partial payments count only while the provider holds them.</param>
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
    /// Delay after a failed check: 30 s, doubled by each further failure up to 30 minutes, and never shorter than
    /// without the failure, so that failing payments leave the calls to others.
    /// </summary>
    /// <param name="failures">Consecutive failed checks including this one; at least 1.</param>
    /// <param name="pause">The delay by status and age; null for none.</param>
    /// <param name="jitter">See <see cref="NextDelay"/>.</param>
    public static TimeSpan DelayAfterFailure(int failures, TimeSpan? pause, int jitter)
    {
        var backoff = First * Math.Pow(2, Math.Min(failures - 1, 10));
        backoff = backoff < MaxBackoff ? backoff : MaxBackoff;
        backoff += backoff * jitter / 100;
        return pause > backoff ? pause.Value : backoff;
    }

    /// <summary>Delay until the next check of a payment with an unconfirmed refund; null when monitoring has ended.</summary>
    /// <param name="age">Time since the refund was requested.</param>
    /// <param name="watch">How long the refund is monitored.</param>
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
