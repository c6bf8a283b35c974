using System.Globalization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// The owner's color for buttons and links on the plugin's own pages. Contrast is that of WCAG 2.2, where text needs at least 4.5:1.
/// </summary>
public readonly record struct AccentColor(byte Red, byte Green, byte Blue)
{
    private const decimal Readable = 4.5m;

    private static readonly AccentColor _white = new(0xff, 0xff, 0xff);

    /// <summary>Text on the accent in dark mode, see pay.css.</summary>
    private static readonly AccentColor _ink = new(0x0d, 0x1a, 0x2b);

    /// <summary>The page's card in dark mode, see pay.css.</summary>
    private static readonly AccentColor _darkCard = new(0x1a, 0x20, 0x29);

    /// <summary>Reads six hexadecimal digits, with or without "#"; null for anything else.</summary>
    public static AccentColor? Parse(string? text) =>
        (text ?? string.Empty).Trim().TrimStart('#') is { Length: 6 } digits && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var color)
            ? new AccentColor((byte)(color >> 16), (byte)(color >> 8), (byte)color)
            : null;

    /// <summary>True when links on white and white text on buttons can be read.</summary>
    public bool IsReadable => ContrastWith(_white) >= Readable;

    /// <summary>Six hexadecimal digits.</summary>
    public override string ToString() => $"{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Style sheet that sets the accent: the color itself on light pages, and a lighter one on dark pages.</summary>
    public string StyleSheet()
    {
        var dark = OnDark();
        return $":root{{--accent:#{this};--on-accent:#fff}}@media (prefers-color-scheme:dark){{:root{{--accent:#{dark};--on-accent:#{(dark.ContrastWith(_ink) >= Readable ? _ink : _white)}}}}}";
    }

    /// <summary>The contrast ratio of two colors, from 1 to 21.</summary>
    public decimal ContrastWith(AccentColor other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05m) / (Math.Min(a, b) + 0.05m);
    }

    /// <summary>The color, mixed with white until it can be read on a dark page.</summary>
    private AccentColor OnDark()
    {
        var color = this;
        while (color.ContrastWith(_darkCard) < Readable)
            color = new AccentColor(Lighten(color.Red), Lighten(color.Green), Lighten(color.Blue));
        return color;
    }

    private static byte Lighten(byte part) => (byte)(part + (255 - part + 15) / 16);

    /// <summary>Relative luminance.</summary>
    private decimal Luminance => 0.2126m * Linear(Red) + 0.7152m * Linear(Green) + 0.0722m * Linear(Blue);

    private static decimal Linear(byte part)
    {
        var value = part / 255m;
        if (value <= 0.04045m)
            return value / 12.92m;

        // To the power of 2.4: the square times the fifth root of the square.
        var scaled = (value + 0.055m) / 1.055m;
        return scaled * scaled * FifthRoot(scaled * scaled);
    }

    /// <summary>The fifth root of a number up to 1, by Newton's method.</summary>
    private static decimal FifthRoot(decimal number)
    {
        var root = 1m;
        for (var i = 0; i < 20; i++)
            root = (4m * root + number / (root * root * root * root)) / 5m;
        return root;
    }
}
