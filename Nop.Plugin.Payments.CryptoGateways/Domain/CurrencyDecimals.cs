using System.Globalization;
using Nop.Core.Domain.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// How many decimals the currencies of ISO 4217 have (list one, column "minor unit").
/// </summary>
public static class CurrencyDecimals
{
    private static readonly HashSet<string> _none = new(StringComparer.OrdinalIgnoreCase)
        { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF" };

    private static readonly HashSet<string> _three = new(StringComparer.OrdinalIgnoreCase) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    private static readonly HashSet<string> _four = new(StringComparer.OrdinalIgnoreCase) { "CLF", "UYW" };

    /// <param name="currency">ISO 4217 code; two decimals for a code that is not known.</param>
    public static int Of(string currency) => _none.Contains(currency) ? 0 : _three.Contains(currency) ? 3 : _four.Contains(currency) ? 4 : 2;

    /// <summary>
    /// How many decimals the platform displays amounts of a currency with: those of its custom format, else those of its display
    /// locale; never more than the currency has.
    /// </summary>
    public static int Shown(Currency currency)
    {
        var shown = !string.IsNullOrEmpty(currency.CustomFormatting) ? 0.1111m.ToString(currency.CustomFormatting, CultureInfo.InvariantCulture).Count(digit => digit == '1')
            : !string.IsNullOrEmpty(currency.DisplayLocale) ? CultureInfo.GetCultureInfo(currency.DisplayLocale).NumberFormat.CurrencyDecimalDigits
            : 2;
        return Math.Min(shown, Of(currency.CurrencyCode));
    }
}
