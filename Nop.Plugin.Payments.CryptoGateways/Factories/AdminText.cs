using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// How the administrator's pages write what is the same in every language.
/// </summary>
public static class AdminText
{
    /// <summary>Without the zone, for columns that name it.</summary>
    public static string Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>To the minute, with the zone.</summary>
    public static string? Minute(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that a date field holds; null for anything else.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    /// <summary>For instance 4:05, or 26:04:05.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours < 1
        ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>End of the class of the state's badge: what is fine, what is under way, what needs a person.</summary>
    public static string StyleOf(PaymentState state) => state switch
    {
        PaymentState.Paid or PaymentState.Overpaid => "success",
        PaymentState.AwaitingPayment or PaymentState.Seen or PaymentState.Confirming or PaymentState.Authorized => "info",
        PaymentState.Underpaid => "warning",
        PaymentState.PaidLate or PaymentState.InReview => "danger",
        _ => "secondary"
    };
}
