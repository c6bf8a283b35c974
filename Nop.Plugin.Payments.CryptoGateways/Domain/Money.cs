using System.Globalization;
using System.Numerics;
using Nop.Core.Domain.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// An amount with its currency or coin.
/// </summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The smallest amount that does not fit a decimal(28,18) column.</summary>
    public const decimal TooLarge = 10_000_000_000m;

    /// <summary>The largest amount that fits the columns.</summary>
    public const decimal Largest = TooLarge - 0.000000000000000001m;

    /// <summary>
    /// The smallest amount with at most <paramref name="decimals"/> decimals that is not less than this one: what is quoted to a
    /// shopper is never rounded down.
    /// </summary>
    public Money RoundUp(int decimals)
    {
        var rounded = decimal.Round(Amount, decimals, MidpointRounding.ToPositiveInfinity);
        return this with { Amount = rounded };
    }

    /// <summary>Compares the amounts without trailing zeros and the currency codes without regard to case.</summary>
    public bool Equals(Money other) =>
        Amount == other.Amount && string.Equals(Currency, other.Currency, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Amount, Currency?.ToUpperInvariant());

    /// <summary>Invariant form without trailing zeros, for instance "12.5 USDT"; for logs, notes and providers.</summary>
    public override string ToString() => ToLocalString(CultureInfo.InvariantCulture);

    /// <summary>The amount in a culture's format, for people: "12,5 USDT" in German.</summary>
    public string ToLocalString(IFormatProvider culture) => $"{LocalNumberOf(Amount, culture)} {Currency}";

    /// <summary>The amount without its currency in a culture's format, without thousands separators and trailing zeros.</summary>
    public static string LocalNumberOf(decimal amount, IFormatProvider culture) => amount.ToString(Digits, culture);

    /// <summary>The amount without its currency: decimal point, leading digit, no exponent, no thousands separators, no trailing zeros.</summary>
    public static string NumberOf(decimal amount) => LocalNumberOf(amount, CultureInfo.InvariantCulture);

    /// <summary>The number of decimals without trailing zeros, which databases append.</summary>
    public static int DecimalsOf(decimal amount) => (amount / 1.0000000000000000000000000000m).Scale;

    /// <summary>The format with the most decimals of a <see cref="decimal"/>.</summary>
    private const string Digits = "0.############################";
}

/// <summary>
/// Decimals of the ISO 4217 currencies (list one, column "minor unit").
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
    /// The number of decimals that the platform displays: those of the currency's custom format, else those of its display
    /// locale, but never more than the currency has.
    /// </summary>
    public static int Shown(Currency currency)
    {
        var shown = !string.IsNullOrEmpty(currency.CustomFormatting) ? 0.1111m.ToString(currency.CustomFormatting, CultureInfo.InvariantCulture).Count(digit => digit == '1')
            : !string.IsNullOrEmpty(currency.DisplayLocale) ? CultureInfo.GetCultureInfo(currency.DisplayLocale).NumberFormat.CurrencyDecimalDigits
            : 2;
        return Math.Min(shown, Of(currency.CurrencyCode));
    }
}

/// <summary>
/// An exact quotient. A quotient of decimals is rounded to 28 digits; rounding it up again can give less than the true value
/// or one unit too much: 26 / 0.3 * 0.9 becomes 78.000000000000000000000000003, which is 78.01 in cents.
/// </summary>
public readonly struct Fraction
{
    private readonly BigInteger _numerator;

    /// <summary>Above zero.</summary>
    private readonly BigInteger _denominator;

    private Fraction(BigInteger numerator, BigInteger denominator) => (_numerator, _denominator) = (numerator, denominator);

    public static implicit operator Fraction(decimal value)
    {
        var bits = decimal.GetBits(value);
        var digits = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return new Fraction(bits[3] < 0 ? -digits : digits, BigInteger.Pow(10, value.Scale));
    }

    public static Fraction operator +(Fraction left, Fraction right) =>
        new(left._numerator * right._denominator + right._numerator * left._denominator, left._denominator * right._denominator);

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left._numerator * right._numerator, left._denominator * right._denominator);

    /// <exception cref="DivideByZeroException">The divisor is not above zero.</exception>
    public static Fraction operator /(Fraction left, Fraction right) => right._numerator.Sign > 0
        ? new(left._numerator * right._denominator, left._denominator * right._numerator)
        : throw new DivideByZeroException();

    public static bool operator <(Fraction left, Fraction right) => left._numerator * right._denominator < right._numerator * left._denominator;

    public static bool operator >(Fraction left, Fraction right) => right < left;

    /// <summary>
    /// The smallest amount with at most <paramref name="decimals"/> decimals (up to 18) that is not less; null when it is
    /// <see cref="Money.TooLarge"/>.
    /// </summary>
    public decimal? RoundUp(int decimals)
    {
        var (units, hasRemainder) = UnitsBelow(decimals);
        return Amount(hasRemainder ? units + 1 : units, decimals);
    }

    /// <summary>The largest amount with at most <paramref name="decimals"/> decimals that is not more; null when it is <see cref="Money.TooLarge"/>.</summary>
    public decimal? RoundDown(int decimals) => Amount(UnitsBelow(decimals).Units, decimals);

    /// <summary>Whole units of the last decimal, and whether there is a remainder.</summary>
    private (BigInteger Units, bool HasRemainder) UnitsBelow(int decimals)
    {
        var units = BigInteger.DivRem(_numerator * BigInteger.Pow(10, decimals), _denominator, out var remainder);
        return (remainder.Sign < 0 ? units - 1 : units, !remainder.IsZero);
    }

    private static decimal? Amount(BigInteger units, int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        return BigInteger.Abs(units) < scale * (BigInteger)Money.TooLarge ? (decimal)units / (decimal)scale : null;
    }
}
