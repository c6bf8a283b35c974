using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CryptoGateways.Tests.ApiCompatibility.Packaging;

/// <summary>The QR code of the packed plugin, drawn with the embedded QRCoder.</summary>
public partial class QrCodeTests
{
    private const int QuietZone = 4;
    private const int FinderSize = 7;

    private static readonly Func<string, string, object> Draw = Assembly.LoadFrom(Paths.PluginDll)
        .GetType("Nop.Plugin.Payments.CryptoGateways.Services.PayPage.QrCode")!.GetMethod("Svg")!.CreateDelegate<Func<string, string, object>>();

    [Test]
    public void It_has_the_three_finder_patterns_inside_the_quiet_zone()
    {
        var dark = DarkModules(Svg("bitcoin:bc1qtest?amount=0.01", "label"), out var size);
        var far = size - QuietZone - FinderSize;

        foreach (var (left, top) in new[] { (QuietZone, QuietZone), (far, QuietZone), (QuietZone, far) })
        {
            var rows = Enumerable.Range(0, FinderSize).Select(y =>
                string.Concat(Enumerable.Range(0, FinderSize).Select(x => dark.Contains((left + x, top + y)) ? '#' : '.')));
            Assert.That(string.Join(' ', rows), Is.EqualTo("####### #.....# #.###.# #.###.# #.###.# #.....# #######"));
        }

        Assert.That(dark, Is.All.Matches<(int X, int Y)>(at =>
            at.X >= QuietZone && at.X < size - QuietZone && at.Y >= QuietZone && at.Y < size - QuietZone));
    }

    [Test]
    public void It_grows_with_the_text()
    {
        DarkModules(Svg("short", "label"), out var small);
        DarkModules(Svg(new string('x', 2331), "label"), out var large);
        Assert.That((small, large), Is.EqualTo((21 + 2 * QuietZone, 177 + 2 * QuietZone)));
    }

    [Test]
    public void It_is_an_image_with_the_label_as_its_name()
    {
        var svg = XElement.Parse(Svg("text", "Scan <b>\"me\"</b>"));
        Assert.That(svg.Attribute("role")!.Value, Is.EqualTo("img"));
        Assert.That(svg.Attribute("aria-label")!.Value, Is.EqualTo("Scan <b>\"me\"</b>"));
    }

    [Test]
    public void It_is_black_on_white_and_passes_a_strict_content_policy()
    {
        var svg = XElement.Parse(Svg("text", "label"));
        Assert.That(svg.Elements().Select(path => path.Attribute("fill")!.Value), Is.EqualTo(BlackOnWhite));
        Assert.That(svg.DescendantsAndSelf().Attributes("style"), Is.Empty);
        Assert.That(svg.Descendants().Select(element => element.Name.LocalName), Is.All.EqualTo("path"));
    }

    [TestCase("")]
    [TestCase(null)]
    public void Nothing_cannot_be_drawn(string? text) =>
        Assert.That(() => Svg(text!, "label"), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Too_long_a_text_cannot_be_drawn() =>
        Assert.That(() => Svg(new string('x', 2332), "label"), Throws.ArgumentException);

    private static string Svg(string text, string label) => Draw(text, label).ToString()!;

    private static readonly string[] BlackOnWhite = ["#fff", "#000"];

    private static HashSet<(int X, int Y)> DarkModules(string text, out int size)
    {
        var svg = XElement.Parse(text);
        size = int.Parse(svg.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);
        return
        [
            .. from Match run in Run().Matches(svg.Elements().Last().Attribute("d")!.Value)
               let start = int.Parse(run.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
               from x in Enumerable.Range(start, int.Parse(run.Groups[3].ValueSpan, CultureInfo.InvariantCulture))
               select (x, int.Parse(run.Groups[2].ValueSpan, CultureInfo.InvariantCulture)),
        ];
    }

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1H\d+z")]
    private static partial Regex Run();
}
