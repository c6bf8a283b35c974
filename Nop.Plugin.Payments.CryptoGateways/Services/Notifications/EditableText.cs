using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Formats texts that owners can edit. A stray brace must not stop a payment, an e-mail or a page, so no method throws:
/// in an invalid format string, {0}, {1} and so on are replaced literally.
/// </summary>
public static partial class EditableText
{
    /// <summary>For pages: numbers and dates in the reader's culture.</summary>
    public static string Format(string? text, params object?[] values) => Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>For notes and logs, in the invariant culture.</summary>
    public static string FormatInvariant(string? text, params object?[] values) => Format(CultureInfo.InvariantCulture, text, values);

    private static string Format(CultureInfo culture, string? text, object?[] values)
    {
        try
        {
            return string.Format(culture, text ?? string.Empty, values);
        }
        catch (FormatException)
        {
            return Placeholder().Replace(text!, found =>
                int.TryParse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var index) && index < values.Length ? Convert.ToString(values[index], culture) ?? string.Empty : found.Value);
        }
    }

    [GeneratedRegex(@"\{([0-9]+)[^{}]*\}")]
    private static partial Regex Placeholder();
}
