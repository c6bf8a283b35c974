using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Parses prices and tolerances the same way in every culture: digits, with a point before the decimals.
/// </summary>
public static partial class PriceText
{
    /// <summary>
    /// A price above zero, with up to 10 digits before the point and 18 after it; null for anything else. Commas, grouping and exponents
    /// are ambiguous and therefore invalid.
    /// </summary>
    public static decimal? Read(string text) => ReadFromZero(text) is > 0 and var price ? price : null;

    /// <summary>A tolerance: 0 for an empty text, null for an invalid one.</summary>
    public static decimal? ReadTolerance(string? text) => string.IsNullOrWhiteSpace(text) ? 0m : ReadFromZero(text.Trim());

    private static decimal? ReadFromZero(string text) =>
        Form().IsMatch(text) ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^[0-9]{1,10}(\.[0-9]{1,18})?\z")]
    private static partial Regex Form();
}
