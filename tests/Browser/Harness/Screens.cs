using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Pictures of pages, as wide as a desktop and as a phone.</summary>
internal static class Screens
{
    private static readonly Dictionary<string, (int Width, int Height)> _screens = new() { ["desktop"] = (1280, 800), ["phone"] = (390, 844) };

    /// <summary>Nothing is cut off at the side or has to be scrolled to, and every picture is there.</summary>
    public static async Task AssertFitsAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Built.Screenshots);
        foreach (var (screen, (width, height)) in _screens)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Built.Screenshots, $"{name}-{screen}.png"), FullPage = true });
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), $"{name} on a {screen}");
            Assert.That(await page.EvaluateAsync<string[]>("[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"), Is.Empty);
        }
    }
}
