using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Turns a provider's text into numbers and times. Anything that two readers could understand in two ways is refused: "0,00019532" is
/// 0.00019532 to some of them and 19532 to others.
/// </summary>
public static partial class StrictText
{
    /// <summary>
    /// An amount that is zero or more: digits, and a point before the decimals. Null for every other form, such as one with a sign, an
    /// exponent, separated thousands, needless zeros in front or blanks around it.
    /// </summary>
    public static decimal? Number(string text) =>
        NumberForm().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number, which may be below zero; null for every other form.</summary>
    public static int? Integer(string text) => IntegerForm().IsMatch(text) ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>A moment in the extended form of ISO 8601 with its offset; null for every other form, and for years that cannot be meant.</summary>
    public static DateTimeOffset? Time(string text) =>
        TimeForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsMeant(time) ? time : null;

    /// <summary>Seconds since 1970-01-01T00:00:00Z; null outside the years that can be meant, as for milliseconds.</summary>
    public static DateTimeOffset? UnixTime(decimal seconds) =>
        decimal.IsInteger(seconds) && seconds >= _first.ToUnixTimeSeconds() && seconds < _end.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static readonly DateTimeOffset _first = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset _end = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static bool IsMeant(DateTimeOffset time) => time >= _first && time < _end;

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,8})\z")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})\z")]
    private static partial Regex TimeForm();
}
