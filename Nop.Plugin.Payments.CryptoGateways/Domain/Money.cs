using System.Globalization;

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
