using System.Globalization;
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
