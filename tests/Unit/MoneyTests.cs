using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace CryptoGateways.Tests.Unit;

public sealed class MoneyTests
{
    [TestCase("10", 2, "10")]
    [TestCase("10.01", 2, "10.01")]
    [TestCase("10.010", 2, "10.01")]
    [TestCase("1.0100000000000000000000000001", 2, "1.02")]
    [TestCase("10.019", 2, "10.02")]
    [TestCase("0.000000000000000001", 2, "0.01")]
    [TestCase("0.000000000000000001", 18, "0.000000000000000001")]
    [TestCase("0.1", 0, "1")]
    [TestCase("0", 2, "0")]
    [TestCase("-10.019", 2, "-10.01")]
    [TestCase("79228162514264337593543950335", 2, "79228162514264337593543950335")]
    [TestCase("-79228162514264337593543950335", 28, "-79228162514264337593543950335")]
    public void Rounding_goes_up_and_never_below_the_amount(string amount, int decimals, string expected)
    {
        var rounded = new Money(Decimal(amount), "USDT").RoundUp(decimals);

        Assert.That(rounded, Is.EqualTo(new Money(Decimal(expected), "USDT")));
        Assert.That(rounded.Amount, Is.GreaterThanOrEqualTo(Decimal(amount)));
    }

    [TestCase("12.5", "USDT", "12.50000", "usdt", true)]
    [TestCase("0", "PI", "0.000000000000000000", "PI", true)]
    [TestCase("12.5", "USDT", "12.5", "USDC", false)]
    [TestCase("12.5", "USDT", "12.50000000000000000000000001", "USDT", false)]
    [TestCase("12.5", "USDT", "-12.5", "USDT", false)]
    public void Amounts_are_equal_whatever_their_trailing_zeros_and_the_case_of_their_code(
        string amount, string currency, string other, string otherCurrency, bool equal)
    {
        var (one, two) = (new Money(Decimal(amount), currency), new Money(Decimal(other), otherCurrency));

        Assert.That((one.Equals(two), one == two, one != two), Is.EqualTo((equal, equal, !equal)));
        if (equal)
            Assert.That(one.GetHashCode(), Is.EqualTo(two.GetHashCode()));
    }

    [Test]
    public void An_amount_without_a_currency_equals_only_its_like() =>
        Assert.That((default(Money).Equals(default), default(Money).GetHashCode(), default == new Money(0m, "USDT")),
            Is.EqualTo((true, default(Money).GetHashCode(), false)));

    [TestCase("12.50", "12.5 USDT")]
    [TestCase("1234567.00", "1234567 USDT")]
    [TestCase("0.000000000000000001", "0.000000000000000001 USDT")]
    [TestCase("0.0000000000000000000000000001", "0.0000000000000000000000000001 USDT")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950335 USDT")]
    [SetCulture("de-DE")]
    public void The_text_is_the_same_in_every_culture(string amount, string expected)
    {
        Assume.That(1.5m.ToString(CultureInfo.CurrentCulture), Is.EqualTo("1,5"));

        Assert.That(new Money(Decimal(amount), "USDT").ToString(), Is.EqualTo(expected));
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
