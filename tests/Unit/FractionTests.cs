using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using static CryptoGateways.Tests.Unit.Amounts;

namespace CryptoGateways.Tests.Unit;

public sealed class FractionTests
{
    [Test]
    public void Rounding_up_gives_the_least_amount_that_is_not_below_the_quotient([Values(0, 2, 8, 18)] int decimals) =>
        Prop.ForAll((from dividend in Long from divisor in Long select (dividend, divisor)).ToArbitrary(), pair =>
        {
            if (((Fraction)pair.dividend / pair.divisor).RoundUp(decimals) is { } amount)
                AssertLeast(amount, decimals, pair.dividend, pair.divisor);
            else
                Assert.That((Fraction)pair.dividend / pair.divisor > 9_999_999_999m);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Test]
    public void Rounding_down_gives_the_same_when_nothing_is_left_and_else_one_unit_less([Values(0, 2, 8, 18)] int decimals) =>
        Prop.ForAll((from dividend in Long from divisor in Long select (dividend, divisor)).ToArbitrary(), pair =>
        {
            var quotient = (Fraction)pair.dividend / pair.divisor;
            if (quotient.RoundUp(decimals) is not { } above || quotient.RoundDown(decimals) is not { } below)
                return;
            var isExact = !(quotient < above);
            Assert.That(below, Is.EqualTo(isExact ? above : above - new decimal(1, 0, 0, false, (byte)decimals)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Test]
    public void What_is_multiplied_and_divided_by_the_same_is_what_it_was() =>
        Prop.ForAll((from number in Short(9) from factor in Long select (number, factor)).ToArbitrary(), pair =>
            Assert.That(((Fraction)pair.number * pair.factor / pair.factor).RoundUp(9), Is.EqualTo(pair.number))).QuickCheckThrowOnFailure();

    [TestCase(1, 3, 0, "1", "0")]
    [TestCase(1, 3, 2, "0.34", "0.33")]
    [TestCase(1, 3, 18, "0.333333333333333334", "0.333333333333333333")]
    [TestCase(-1, 3, 2, "-0.33", "-0.34")]
    [TestCase(0, 3, 18, "0", "0")]
    [TestCase(6, 3, 18, "2", "2")]
    public void Thirds(int dividend, int divisor, int decimals, string up, string down)
    {
        var quotient = (Fraction)(decimal)dividend / (decimal)divisor;

        Assert.That((quotient.RoundUp(decimals), quotient.RoundDown(decimals)), Is.EqualTo((Exactly(up), Exactly(down))));

        static decimal? Exactly(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public void An_amount_of_more_than_ten_digits_before_the_point_does_not_fit_a_payment()
    {
        Assert.That(((Fraction)9_999_999_999.999999999999999999m).RoundUp(18), Is.EqualTo(9_999_999_999.999999999999999999m));
        Assert.That(((Fraction)9_999_999_999.999999999999999999m).RoundUp(17), Is.Null);
        Assert.That(((Fraction)decimal.MaxValue).RoundUp(0), Is.Null);
        Assert.That(((Fraction)decimal.MaxValue).RoundDown(0), Is.Null);
    }

    [Test]
    public void Quotients_compare_by_their_worth()
    {
        Fraction third = (Fraction)1m / 3m;

        Assert.That((third > 0.3333333333333333333333333333m, third < 0.3333333333333333333333333334m, third < (Fraction)2m / 6m), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void Nothing_is_divided_by_nothing([Values(0, -1)] int divisor) =>
        Assert.That(() => (Fraction)1m / (decimal)divisor, Throws.TypeOf<DivideByZeroException>());
}
