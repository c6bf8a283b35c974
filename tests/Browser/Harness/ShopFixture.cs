using Microsoft.Playwright;
using NUnit.Framework.Interfaces;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>
/// A store, a provider and a browser; the store lives as long as the fixture, or as one test where tests kill it.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal abstract class ShopFixture
{
    private static readonly Lazy<Task<Chrome>> _chrome = new(Chrome.StartAsync);
    private readonly List<IBrowserContext> _windows = [];
    private int _logBefore;

    protected Store Store { get; private set; } = null!;

    protected Provider Provider { get; private set; } = null!;

    /// <summary>The plugin is installed, active and configured.</summary>
    protected virtual bool StartsReady => true;

    /// <summary>The gateway that is tried.</summary>
    protected virtual Gateway Gateway => Gateway.Coinskro;

    /// <summary>Each test gets a store of its own.</summary>
    protected virtual bool StoreForEachTest => false;

    [OneTimeSetUp]
    public async Task StartFixtureAsync()
    {
        Provider = await Provider.StartAsync(gateway: Gateway);
        if (!StoreForEachTest)
            Store = await Store.StartAsync(StartsReady, Provider);
    }

    [SetUp]
    public async Task StartTestAsync()
    {
        if (StoreForEachTest)
            Store = await Store.StartAsync(StartsReady, Provider);
        await Provider.ResetAsync(Store.WebhookUrl);
        await StartLogAsync();
    }

    [TearDown]
    public async Task EndTestAsync()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            await ReportAsync();
        foreach (var window in _windows)
            await window.DisposeAsync();
        _windows.Clear();
        if (StoreForEachTest)
            await Store.DisposeAsync();
    }

    [OneTimeTearDown]
    public async Task EndFixtureAsync()
    {
        if (!StoreForEachTest && Store is not null)
            await Store.DisposeAsync();
        if (Provider is not null)
            await Provider.DisposeAsync();
    }

    /// <summary>A shopper in a browser of their own, whom the store has never seen.</summary>
    protected async Task<Shopper> NewShopperAsync() => new(await NewPageAsync(), Store);

    protected async Task<IPage> NewPageAsync(bool scripts = true)
    {
        var page = await (await _chrome.Value).OpenAsync(Store.Address, scripts);
        _windows.Add(page.Context);
        return page;
    }

    /// <summary>What was logged until now is not of interest.</summary>
    protected async Task StartLogAsync() => _logBefore = (await Store.LogAsync()).Count;

    /// <summary>What the store logged since the test began, as "level: message".</summary>
    protected async Task<IReadOnlyList<string>> NewLogAsync() => [.. (await Store.LogAsync()).Skip(_logBefore)];

    internal static async Task CloseChromeAsync()
    {
        if (_chrome.IsValueCreated)
            await (await _chrome.Value).DisposeAsync();
    }

    private async Task ReportAsync()
    {
        TestContext.Out.WriteLine(Store.Output);
        foreach (var page in _windows.SelectMany(window => window.Pages))
            TestContext.Out.WriteLine($"{page.Url}\n{await TextAsync(page)}\n");
    }

    private static async Task<string> TextAsync(IPage page)
    {
        try
        {
            return await page.InnerTextAsync("body", new() { Timeout = 2_000 });
        }
        catch (Exception exception) when (exception is TimeoutException or PlaywrightException)
        {
            return "(it is still loading)";
        }
    }
}
