using System.Globalization;
using System.Numerics;
using Nop.Core.Domain.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// An amount with the currency or coin that it is counted in.
/// </summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>Amounts of this and more do not fit the columns, which are decimal(28,18).</summary>
    public const decimal TooLarge = 10_000_000_000m;

    /// <summary>The largest amount that fits them.</summary>
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

    /// <summary>Same amount (whatever its trailing zeros) in the same currency; codes compare without regard to case.</summary>
    public bool Equals(Money other) =>
        Amount == other.Amount && string.Equals(Currency, other.Currency, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Amount, Currency?.ToUpperInvariant());

    /// <summary>Invariant form without trailing zeros, for instance "12.5 USDT"; for logs, notes and providers.</summary>
    public override string ToString() => ToString(CultureInfo.InvariantCulture);

    /// <summary>The same as it is written in a culture, for people: "12,5 USDT" in German.</summary>
    public string ToString(IFormatProvider culture) => $"{Amount.ToString(Digits, culture)} {Currency}";

    /// <summary>A number without a currency: a point before the decimals, a digit before the point, no exponent, nothing between thousands, no zeros at the end.</summary>
    public static string NumberOf(decimal amount) => amount.ToString(Digits, CultureInfo.InvariantCulture);

    /// <summary>How many decimals an amount has, without zeros at its end: databases append them.</summary>
    public static int DecimalsOf(decimal amount) => (amount / 1.0000000000000000000000000000m).Scale;

    /// <summary>As many decimals as a decimal can have.</summary>
    private const string Digits = "0.############################";
}

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

/// <summary>
/// An exact quotient. A quotient of decimals is rounded to 28 digits, and rounding that up again can fall short of the true value
/// or add a unit to it: 26 / 0.3 * 0.9 is 78.000000000000000000000000003 there, which is 78.01 in cents.
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

    /// <summary>The largest that is not more, in the same way.</summary>
    public decimal? RoundDown(int decimals) => Amount(UnitsBelow(decimals).Units, decimals);

    /// <summary>Whole units of the last decimal, and whether something is above them.</summary>
    private (BigInteger Units, bool HasRemainder) UnitsBelow(int decimals)
    {
        var units = BigInteger.DivRem(_numerator * BigInteger.Pow(10, decimals), _denominator, out var balance);
        return (balance.Sign < 0 ? units - 1 : units, !balance.IsZero);
    }

    private static decimal? Amount(BigInteger units, int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        return BigInteger.Abs(units) < scale * (BigInteger)Money.TooLarge ? (decimal)units / (decimal)scale : null;
    }
}
