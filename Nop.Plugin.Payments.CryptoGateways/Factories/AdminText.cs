using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Formats times, days and durations for the admin area, the same in every culture.
/// </summary>
public static class AdminText
{
    /// <summary>To the second; null when there is no time.</summary>
    /// <param name="utc">The time, UTC.</param>
    /// <param name="zone">The reader's time zone.</param>
    public static string? Time(DateTime? utc, TimeZoneInfo zone) => In(zone, utc)?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>To the minute; null when there is no time.</summary>
    /// <inheritdoc cref="Time"/>
    public static string? Minute(DateTime? utc, TimeZoneInfo zone) => In(zone, utc)?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time in a zone; null when there is no time.</summary>
    /// <inheritdoc cref="Time"/>
    public static DateTime? In(TimeZoneInfo zone, DateTime? utc) => utc is { } time ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc), zone) : null;

    /// <summary>The start of a day in a zone, UTC. If the clock skips midnight, the first moment after it.</summary>
    public static DateTime StartUtc(DateOnly day, TimeZoneInfo zone)
    {
        var start = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(start))
            start = start.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(start, zone);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day in a date field; null for anything else.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    /// <summary>For instance 4:05, or 26:04:05.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>Suffix of the CSS class of a state's badge.</summary>
    public static string StyleOf(PaymentState state) => state switch
    {
        PaymentState.Paid or PaymentState.Overpaid => "success",
        PaymentState.AwaitingPayment or PaymentState.Detected or PaymentState.Confirming or PaymentState.Authorized => "info",
        PaymentState.Underpaid => "warning",
        PaymentState.PaidLate or PaymentState.InReview => "danger",
        _ => "secondary"
    };
}
