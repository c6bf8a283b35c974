using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

namespace CryptoGateways.Tests.Unit;

public sealed class EditableTextTests
{
    [TestCase("Paid {0}", "Paid 1.5")]
    [TestCase("{1} paid {0:0.00}", "BTC paid 1.50")]
    [TestCase("{{0}} is literal", "{0} is literal")]
    [TestCase("", "")]
    [TestCase("Paid {0} {", "Paid 1.5 {")]
    [TestCase("Paid {0} }", "Paid 1.5 }")]
    [TestCase("{ Paid {0} {1} }", "{ Paid 1.5 BTC }")]
    [TestCase("Paid {0} {2}", "Paid 1.5 {2}")]
    [TestCase("Paid {0} {name}", "Paid 1.5 {name}")]
    [TestCase("Paid {} {0}", "Paid {} 1.5")]
    [TestCase("Paid {0} {99999999999999999999}", "Paid 1.5 {99999999999999999999}")]
    [TestCase("Paid {0,x} {0:0.00} {", "Paid 1.5 1.5 {")]
    [TestCase("Paid {-1} {0}", "Paid {-1} 1.5")]
    [TestCase("{0:%} %s {0", "1.5 %s {0")]
    public void A_text_that_is_no_format_keeps_its_words_and_gets_its_values(string text, string result) =>
        Assert.That(EditableText.FormatInvariant(text, 1.5m, "BTC"), Is.EqualTo(result));

    [Test]
    public void A_text_that_does_not_exist_is_empty() => Assert.That(EditableText.FormatInvariant(null, 1), Is.Empty);

    [Test]
    public void Pages_are_written_in_the_readers_culture_and_notes_are_not([Values("{0}", "{0} {")] string text)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.That(EditableText.Format(text, 1.5m), Does.StartWith("1,5"));
            Assert.That(EditableText.FormatInvariant(text, 1.5m), Does.StartWith("1.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Texts of the characters that formats are made of.</summary>
    [Test]
    public void Whatever_an_owner_types_nothing_is_thrown()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new string(random.GetItems("{}{}0123,:-%#x "u8, random.Next(12)).Select(c => (char)c).ToArray());
            Assert.That(() => EditableText.FormatInvariant(text, 1.5m, "BTC", null, new DateTime(2026, 1, 2)), Throws.Nothing, text);
        }
    }
}
