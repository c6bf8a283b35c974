using System.Numerics;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

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
        var (units, hasRest) = UnitsBelow(decimals);
        return Amount(hasRest ? units + 1 : units, decimals);
    }

    /// <summary>The largest that is not more, in the same way.</summary>
    public decimal? RoundDown(int decimals) => Amount(UnitsBelow(decimals).Units, decimals);

    /// <summary>Whole units of the last decimal, and whether something is above them.</summary>
    private (BigInteger Units, bool HasRest) UnitsBelow(int decimals)
    {
        var units = BigInteger.DivRem(_numerator * BigInteger.Pow(10, decimals), _denominator, out var rest);
        return (rest.Sign < 0 ? units - 1 : units, !rest.IsZero);
    }

    private static decimal? Amount(BigInteger units, int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        return BigInteger.Abs(units) < scale * (BigInteger)Money.TooLarge ? (decimal)units / (decimal)scale : null;
    }
}
