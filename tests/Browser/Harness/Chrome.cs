using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>One Chromium for all tests; each person has a profile of their own in it.</summary>
internal sealed class Chrome : IAsyncDisposable
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chrome(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chrome> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Headless = true, Args = _arguments });
        return new Chrome(playwright, browser);
    }

    /// <summary>A person's browser window, with nobody's cookies.</summary>
    public async Task<IPage> OpenAsync(Uri address, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 800 }, JavaScriptEnabled = scripts
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
