using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Amounts for properties, and what makes one the right one.
/// </summary>
public static class Amounts
{
    /// <summary>Above zero, with up to 9 digits of which up to some are decimals.</summary>
    public static Gen<decimal> Short(int decimals) =>
        from digits in Gen.Choose(1, 9)
        from number in Gen.Choose(1, (int)BigInteger.Pow(10, digits) - 1)
        from scale in Gen.Choose(0, decimals)
        select new decimal(number, 0, 0, false, (byte)scale);

    /// <summary>Above zero, with all the digits that a decimal can have.</summary>
    public static Gen<decimal> Long { get; } =
        from low in Gen.Choose(1, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from scale in Gen.Choose(0, 28)
        select new decimal(low, middle, high, false, (byte)scale);

    /// <summary>
    /// The amount is the smallest with so many decimals that is not below the factor divided by the divisors: checked by
    /// multiplying whole numbers.
    /// </summary>
    public static void AssertLeast(decimal amount, int decimals, decimal factor, params decimal[] divisors)
    {
        var unit = new decimal(1, 0, 0, false, (byte)decimals);
        Assert.That(decimal.Round(amount, decimals), Is.EqualTo(amount));
        Assert.That(Times(amount, divisors), Is.GreaterThanOrEqualTo(Times(factor, divisors.Length)));
        Assert.That(Times(amount - unit, divisors), Is.LessThan(Times(factor, divisors.Length)));
    }

    private static BigInteger Times(decimal value, params decimal[] others) => others.Aggregate(Whole(value), (product, other) => product * Whole(other));

    private static BigInteger Times(decimal value, int units) => Whole(value) * BigInteger.Pow(Whole(1m), units);

    /// <summary>In units of the 28th decimal.</summary>
    private static BigInteger Whole(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = new BigInteger(System.Runtime.InteropServices.MemoryMarshal.AsBytes(parts[..3]), isUnsigned: true);
        return (value < 0 ? -digits : digits) * BigInteger.Pow(10, 28 - value.Scale);
    }
}
