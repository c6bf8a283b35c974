using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The owner's color: what is accepted, and that it can be read in light and dark. Contrast ratios are those of webaim.org/resources/contrastchecker.
/// </summary>
public sealed class AccentColorTests
{
    [TestCase("#1a5fb4", "1a5fb4")]
    [TestCase(" AA0000 ", "aa0000")]
    [TestCase("#fff", null)]
    [TestCase("red", null)]
    [TestCase("#12345g", null)]
    [TestCase("#1a5fb4;}", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Six_hexadecimal_digits_are_a_color(string? text, string? color) => Assert.That(AccentColor.Parse(text)?.ToString(), Is.EqualTo(color));

    [TestCase("000000", 21)]
    [TestCase("777777", 4.48)]
    [TestCase("767676", 4.54)]
    [TestCase("ff0000", 4)]
    [TestCase("ffffff", 1)]
    public void Contrast_with_white_is_that_of_WCAG(string color, decimal contrast)
    {
        var read = AccentColor.Parse(color)!.Value;
        Assert.That(read.ContrastWith(new AccentColor(255, 255, 255)), Is.EqualTo(contrast).Within(0.01m));
        Assert.That(read.IsReadable, Is.EqualTo(contrast >= 4.5m));
    }

    [TestCase("1a5fb4")]
    [TestCase("000000")]
    [TestCase("aa0000")]
    [TestCase("006400")]
    public void On_dark_pages_the_accent_and_the_text_on_it_can_be_read(string color)
    {
        var style = AccentColor.Parse(color)!.Value.StyleSheet();
        Assert.That(style, Does.StartWith($":root{{--accent:#{color};--on-accent:#fff}}"));
        var colors = System.Text.RegularExpressions.Regex.Matches(style, "#([0-9a-f]{6})").Select(match => AccentColor.Parse(match.Groups[1].Value)!.Value).ToList();
        Assert.That(new[] { colors[1].ContrastWith(new AccentColor(0x1a, 0x20, 0x29)), colors[1].ContrastWith(colors[2]) }, Has.All.GreaterThanOrEqualTo(4.5m));
    }
}
