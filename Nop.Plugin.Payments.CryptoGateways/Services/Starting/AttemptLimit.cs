using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// How many payments a shopper may start for one order: each makes a payment at the provider that has to be watched. Pure.
/// </summary>
public static class AttemptLimit
{
    /// <summary>New attempts for an order in an hour.</summary>
    public const int PerHour = 10;

    private static readonly TimeSpan _window = TimeSpan.FromHours(1);

    /// <summary>How long it takes until another attempt may be started; null when it may be now.</summary>
    /// <param name="attempts">All of the order's.</param>
    /// <param name="now">UTC.</param>
    public static TimeSpan? PauseBefore(IEnumerable<CryptoPayment> attempts, DateTime now) =>
        attempts.Select(attempt => attempt.CreatedOnUtc).OrderDescending().Skip(PerHour - 1).FirstOrDefault() is var decisive && decisive + _window > now
            ? decisive + _window - now
            : null;
}
