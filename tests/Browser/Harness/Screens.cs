using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Pictures of pages, as wide as a desktop and as a phone.</summary>
internal static class Screens
{
    private static readonly Dictionary<string, (int Width, int Height)> _screens = new() { ["desktop"] = (1280, 800), ["phone"] = (390, 844) };

    private static readonly (string Name, ColorScheme Scheme, string Direction)[] _looks =
        [("", ColorScheme.Light, "ltr"), ("-dark", ColorScheme.Dark, "ltr"), ("-rtl", ColorScheme.Light, "rtl")];

    /// <summary>Nothing moves while pictures are taken.</summary>
    public static Task KeepStillAsync(IPage page) => page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

    /// <summary>The same in light and dark and from right to left, and each is accessible.</summary>
    public static async Task AssertLooksAsync(IPage page, string name)
    {
        var direction = await page.EvaluateAsync<string>("document.documentElement.dir");
        foreach (var (look, scheme, written) in _looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.EvaluateAsync("dir => document.documentElement.dir = dir", written);
            await AssertFitsAsync(page, name + look, screen => Axe.AssertAccessibleAsync(page, $"{name}{look} on a {screen}"));
        }
        await page.EvaluateAsync("dir => document.documentElement.dir = dir", direction);
    }

    /// <summary>Nothing is cut off at the side or has to be scrolled to, and every picture is there.</summary>
    public static async Task AssertFitsAsync(IPage page, string name, Func<string, Task>? more = null)
    {
        Directory.CreateDirectory(Built.Screenshots);
        foreach (var (screen, (width, height)) in _screens)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Built.Screenshots, $"{name}-{screen}.png"), FullPage = true });
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), $"{name} on a {screen}");
            Assert.That(await page.EvaluateAsync<string[]>("[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"), Is.Empty);
            if (more is not null)
                await more(screen);
        }
    }
}
