namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// What a provider answered.
/// </summary>
/// <param name="Body">The body, without the key that the request carried.</param>
/// <param name="ClockAhead">How far the provider's clock is ahead of the store's, see <see cref="ClockAheadBy"/>.</param>
public sealed record GatewayResponse(string Body, TimeSpan ClockAhead)
{
    /// <summary>Skews below this are none: a second of it is the Date header's own, the rest is the time that an answer takes.</summary>
    private static readonly TimeSpan _smallestSkew = TimeSpan.FromMinutes(1);

    /// <summary>A clock that is further off is none that the provider keeps.</summary>
    private static readonly TimeSpan _largestSkew = TimeSpan.FromDays(1);

    /// <summary>How far a clock is ahead, in whole minutes; negative when it is behind, zero when that is not known.</summary>
    /// <param name="date">What the clock shows: the answer's Date header; null without one.</param>
    /// <param name="now">What the store's clock shows when the answer comes.</param>
    public static TimeSpan ClockAheadBy(DateTimeOffset? date, DateTimeOffset now) =>
        date - now is { } ahead && ahead.Duration() >= _smallestSkew && ahead.Duration() <= _largestSkew ? TimeSpan.FromMinutes(Math.Round(ahead.TotalMinutes)) : TimeSpan.Zero;
}

/// <summary>
/// A moment by a provider's clock.
/// </summary>
/// <param name="Told">As the provider tells it.</param>
/// <param name="ClockAhead">How far the provider's clock is ahead of the store's.</param>
public readonly record struct ProviderTime(DateTimeOffset Told, TimeSpan ClockAhead)
{
    /// <summary>The same moment by the store's clock, UTC.</summary>
    public DateTime OnUtc => (Told - ClockAhead).UtcDateTime;
}
