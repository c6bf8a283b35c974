using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Reads a price that a person entered, the same in every culture: digits, with a point before the decimals.
/// </summary>
public static partial class PriceText
{
    /// <summary>
    /// The price; null when the text is not one above zero with at most 10 digits before the point and 18 after it. Nothing that
    /// could be read in two ways is taken: no comma, no grouping, no exponent.
    /// </summary>
    public static decimal? Read(string text) =>
        ReadFromZero(text) is > 0 and var price ? price : null;

    /// <summary>The same, and 0 is a number too.</summary>
    public static decimal? ReadFromZero(string text) =>
        Form().IsMatch(text) ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^[0-9]{1,10}(\.[0-9]{1,18})?\z")]
    private static partial Regex Form();
}
