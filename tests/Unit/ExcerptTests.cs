using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

public sealed class ExcerptTests
{
    [TestCase("Currency not supported", "Currency not supported")]
    [TestCase("""{"message": "Currency not supported"}""", """{"message": "Currency not supported"}""")]
    [TestCase("", "")]
    [TestCase("one\ntwo\tthree\0four", "one two three four")]
    [TestCase("  room  ", "room")]
    [TestCase("<h1>502 Bad Gateway</h1>", "h1 502 Bad Gateway /h1")]
    [TestCase("""<script>alert("x")</script>""", """script alert("x") /script""")]
    [TestCase("no account for john@example.com here", "no account for … here")]
    [TestCase("""{"customer_email":"john@example.com","a":1}""", """{"customer_email":"…","a":1}""")]
    [TestCase("key sk_live_0123456789abcdefghij is wrong", "key … is wrong")]
    public void A_providers_text_is_told_on_one_line_without_markup_addresses_and_tokens(string text, string expected) =>
        Assert.That(ExternalText.Excerpt(text), Is.EqualTo(expected));

    [Test]
    public void It_is_short_however_long_the_text_is() =>
        Assert.That(ExternalText.Excerpt(string.Concat(Enumerable.Repeat("word ", 100_000))), Has.Length.InRange(100, 160));

    /// <summary>A word at the end of what is looked at may be the start of something that must not be told.</summary>
    [Test]
    public void No_part_of_a_long_token_is_told_wherever_it_stands([Range(0, 320)] int before)
    {
        var text = string.Concat(Enumerable.Repeat("a ", before / 2)) + new string(' ', before % 2) + "sk_live_0123456789abcdefghij";

        Assert.That(ExternalText.Excerpt(text), Does.Not.Contain("sk_"));
    }

    [Test]
    public void What_is_blanked_out_before_it_brings_no_part_of_a_token_into_sight([Range(0, 60)] int between)
    {
        var text = $"{new string('x', 200)} {new string('y', 25 + between)} sk_live_0123456789abcdefghij shopper@example.com and more";

        Assert.That(ExternalText.Excerpt(text), Does.Not.Contain("sk_").And.Not.Contain("shopper"));
    }
}
