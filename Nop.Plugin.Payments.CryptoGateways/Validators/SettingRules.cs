using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Why the value of a gateway's setting is invalid. Its text is Plugins.Payments.CryptoGateways.Invalid.{name}; {0} is the field's limit.
/// </summary>
public enum SettingError
{
    Url,
    Choice,
    Number,

    /// <summary>More than <see cref="SettingField.Maximum"/>.</summary>
    OutOfRange,

    /// <summary>More characters than <see cref="SettingField.MaximumLength"/>.</summary>
    TooLong,

    /// <summary>A secret with characters that no HTTP header can carry.</summary>
    Format,

    /// <summary>Not in the form that the field's hint describes.</summary>
    Hint
}

/// <summary>
/// Rules for the value of a gateway's setting, by its kind.
/// </summary>
public static class SettingRules
{
    /// <summary>Null for a valid value. An empty value is valid: it makes the gateway incomplete, and it is not offered.</summary>
    public static SettingError? ErrorOf(SettingField field, string value)
    {
        if (value.Length == 0)
            return null;

        return field.Kind switch
        {
            SettingKind.Url when !Uri.TryCreate(value, UriKind.Absolute, out var url) || !UrlRules.IsSafe(url) || url.Query.Length > 0 || url.Fragment.Length > 0 => SettingError.Url,
            SettingKind.Choice when !field.Options.Contains(value) => SettingError.Choice,
            SettingKind.Choices when GatewaySettings.Split(value).Except(field.Options).Any() => SettingError.Choice,
            SettingKind.Flag when value is not (GatewaySettings.FlagOn or "false") => SettingError.Choice,
            SettingKind.Number when !decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => SettingError.Number,
            SettingKind.Number when GatewaySettings.NumberIn(value) > field.Maximum => SettingError.OutOfRange,
            _ when value.Length > field.MaximumLength => SettingError.TooLong,
            SettingKind.Secret when value.Any(c => c is <= ' ' or > '~') => SettingError.Format,
            _ when !field.IsWellFormed(value) => SettingError.Hint,
            _ => null
        };
    }
}

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

/// <summary>
/// Parses a transaction ID that an administrator enters as proof of a payment or refund.
/// </summary>
public static partial class TransactionText
{
    /// <summary>The trimmed ID; null if it is invalid. An ID has 4 to 128 letters, digits, and the characters . _ : / -</summary>
    public static string? Read(string? text) => text?.Trim() is { } id && Id().IsMatch(id) ? id : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.:/-]{4,128}\z")]
    private static partial Regex Id();
}
