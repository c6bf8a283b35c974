using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Validators;

/// <summary>
/// Checks what an owner enters for a gateway.
/// </summary>
public static class SettingRules
{
    /// <summary>
    /// What is wrong with a value, as the end of the text key Plugins.Payments.CryptoGateways.Invalid.{…}; null when nothing is.
    /// An empty value is never wrong: the gateway is incomplete then, and not offered.
    /// </summary>
    public static string? ErrorOf(SettingField field, string value)
    {
        if (value.Length == 0)
            return null;

        return field.Kind switch
        {
            SettingKind.Url when !Uri.TryCreate(value, UriKind.Absolute, out var url) || !UrlRules.IsSafe(url) || url.Query.Length > 0 || url.Fragment.Length > 0 => "Url",
            SettingKind.Choice when !field.Options.Contains(value) => "Choice",
            SettingKind.Choices when GatewaySettings.Split(value).Except(field.Options).Any() => "Choice",
            SettingKind.Flag when value is not (GatewaySettings.FlagOn or "false") => "Choice",
            SettingKind.Number when !decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => "Number",
            SettingKind.Lines when value.Length > 4000 => "TooLong",
            _ when value.Length > 500 && field.Kind != SettingKind.Lines => "TooLong",
            SettingKind.Secret when value.Any(c => c is <= ' ' or > '~') => "Format",
            _ when !field.IsWellFormed(value) => "Hint",
            _ => null
        };
    }
}
