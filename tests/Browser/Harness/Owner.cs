using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Who runs the store, logged in to its admin area.</summary>
internal sealed class Owner(IPage page)
{
    public IPage Page => page;

    /// <summary>The plugin's entry in the plugin list.</summary>
    public ILocator Plugin => page.Locator("section.card", new() { HasText = "Payments.CryptoGateways" });

    /// <summary>The gateway's card on its page.</summary>
    public ILocator Card => page.Locator("#gateway-coinskro");

    public ILocator SecretKey => page.Locator("#field-coinskro-SecretKey");

    public ILocator BaseUrl => page.Locator("#field-coinskro-BaseUrl");

    public ILocator WatchDays => page.Locator("input[name=WatchDays]");

    public ILocator OfferAtCheckout => page.Locator("#field-coinskro-Enabled");

    public ILocator AmountUnit => page.Locator("#field-coinskro-AmountMeaning");

    public ILocator Coin(string code) => page.Locator($"#field-coinskro-Coins input[value={code}]");

    public ILocator NewPrice(string coin) => page.Locator($"#price-{coin}");

    public ILocator PriceRow(string coin) => page.Locator("#coin-prices tr", new() { Has = NewPrice(coin) });

    /// <summary>The field's row, with its hint and its message.</summary>
    public ILocator Row(ILocator field) => page.Locator(".form-group", new() { Has = field });

    public ILocator MessageAt(ILocator field) => Row(field).Locator(".field-validation-error");

    /// <summary>Logs in without drawing the store's login page, which is not the plugin's.</summary>
    public async Task<Owner> LogInAsync()
    {
        var token = Requests.TokenIn(await page.ReadAsync("/login"));
        await page.SubmitAsync("/login", token, ("email", "admin@example.com"), ("password", "admin"));
        return this;
    }

    public Task InstallAsync() => ChangePluginAsync("Install", "Installed, not active");

    public Task UninstallAsync() => ChangePluginAsync("Uninstall", "Not installed");

    public async Task ActivateAsync()
    {
        await Plugin.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(Plugin).ToContainTextAsync("Installed, active");
    }

    /// <summary>The list of providers, by the Configure button of the platform's plugin list.</summary>
    public async Task OpenProvidersByClicksAsync()
    {
        await page.GotoAsync("/Admin/Plugin/List");
        await Plugin.GetByRole(AriaRole.Link, new() { Name = "Configure" }).ClickAsync();
    }

    public async Task OpenConfigurationByClicksAsync(string gateway = "coinskro")
    {
        await OpenProvidersByClicksAsync();
        await page.Locator($"#provider-{gateway}").GetByRole(AriaRole.Link, new() { Name = "Configure" }).ClickAsync();
        await Expect(page.Locator($"#gateway-{gateway}")).ToBeVisibleAsync();
    }

    public async Task OpenGeneralByClicksAsync()
    {
        await OpenProvidersByClicksAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "General" }).ClickAsync();
        await Expect(WatchDays).ToBeVisibleAsync();
    }

    /// <summary>The list of providers, by its address.</summary>
    public Task OpenProvidersAsync() => page.GotoAsync("/Admin/CryptoGateways/Configure");

    /// <summary>The page of a provider, by its address.</summary>
    public async Task OpenConfigurationAsync(string gateway = "coinskro")
    {
        await page.GotoAsync($"/Admin/CryptoSettings/Gateway/{gateway}");
        await Expect(page.Locator($"#gateway-{gateway}")).ToBeVisibleAsync();
    }

    /// <summary>The page of the settings that apply to all providers, by its address.</summary>
    public async Task OpenGeneralAsync()
    {
        await page.GotoAsync("/Admin/CryptoSettings/General");
        await Expect(WatchDays).ToBeVisibleAsync();
    }

    /// <summary>How the gateway stands, on its page and in the list.</summary>
    public ILocator Status => page.Locator("#gateway-coinskro .card-header .badge, #provider-coinskro .badge");

    /// <summary>The short path of the first set-up.</summary>
    public ILocator Guide => page.Locator("#crypto-guide");

    /// <summary>A key or address in the guide.</summary>
    public ILocator InGuide(string field) => page.Locator($"#setup-coinskro-{field}");

    /// <summary>What is found out by trying, beside a button of the gateway's card.</summary>
    public async Task<ILocator> TryAsync(string button)
    {
        await Card.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var result = Card.Locator(button == "Test connection" ? "#test-coinskro" : "#selftest-coinskro");
        await Expect(result).ToHaveAttributeAsync("data-fine", new Regex("True|False"), new() { Timeout = 20_000 });
        return result;
    }

    /// <summary>The order's page, with its buttons and notes.</summary>
    public Task OpenOrderAsync(int id) => page.GotoAsync($"/Admin/Order/Edit/{id}");

    /// <summary>A button of the order's page: Capture, Void, Refund, Partial refund.</summary>
    public ILocator OrderButton(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator AmountToRefund => page.GetByLabel("Amount to refund");

    /// <summary>What went wrong, on the page that follows.</summary>
    public ILocator Error => page.Locator(".bar.error");

    public Task SaveAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    public async Task SavedAsync()
    {
        await SaveAsync();
        await Expect(page.Locator(".bar.success")).ToHaveTextAsync("The plugin settings have been updated successfully.");
    }

    /// <summary>The store restarts for it; the page waits and comes back to the list.</summary>
    private async Task ChangePluginAsync(string button, string then)
    {
        await page.GotoAsync("/Admin/Plugin/List");
        await Plugin.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{button}$") }).ClickAsync();
        await Expect(Plugin).ToContainTextAsync(then, new() { Timeout = 30_000 });
    }
}
