using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>A new store, in which the owner finds the plugin in the list.</summary>
internal sealed class InstallationTests : ShopFixture
{
    protected override bool StartsReady => false;

    protected override bool StoreForEachTest => true;

    [Test]
    public async Task An_owner_installs_activates_and_configures_it_and_the_first_shopper_pays()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.InstallAsync();
        await owner.ActivateAsync();
        await owner.OpenConfigurationByClicksAsync();
        await Expect(owner.Status).ToHaveTextAsync("Incomplete. Enter: Secret key");
        await Expect(owner.Card.GetByLabel("Webhook URL")).ToHaveValueAsync(Store.WebhookUrl);

        await owner.SecretKey.FillAsync(Provider.SecretKey);
        await owner.BaseUrl.FillAsync(Provider.BaseUrl);
        await owner.OfferAtCheckout.CheckAsync();
        await owner.SavedAsync();

        await Expect(owner.Status).ToHaveTextAsync("Ready");
        var shopper = await NewShopperAsync();
        await shopper.OrderAsync("USDC");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    /// <summary>Ten clicks after the keys are in the form, and nothing that had to be known before.</summary>
    [Test]
    public async Task The_guide_leads_from_pasted_keys_to_a_paid_test_order_in_ten_clicks()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.InstallAsync();
        await owner.OpenProvidersByClicksAsync();
        await Screens.AssertFitsAsync(owner.Page, "setup-guide");
        await owner.InGuide("BaseUrl").FillAsync(Provider.BaseUrl);
        await owner.InGuide("SecretKey").FillAsync("sk_test_mistyped");
        await owner.Guide.GetByRole(AriaRole.Button, new() { Name = "Save and enable" }).ClickAsync();
        await Expect(owner.Guide.Locator("#setup-result")).ToContainTextAsync("does not recognize this key");
        await owner.InGuide("SecretKey").FillAsync(Provider.SecretKey);

        var clicks = 0;
        await ClickAsync(owner.Guide.GetByRole(AriaRole.Button, new() { Name = "Copy" }));
        await Expect(owner.Guide.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.That(await owner.Page.Locator("#setup-webhook").InputValueAsync(), Is.EqualTo(Store.WebhookUrl));
        await ClickAsync(owner.Guide.GetByRole(AriaRole.Button, new() { Name = "Save and enable" }));
        await Expect(owner.Status).ToHaveTextAsync("Ready");
        await ClickAsync(owner.Guide.GetByRole(AriaRole.Link, new() { Name = "Open the store" }));
        await ClickAsync(owner.Page.Locator(".card", new() { HasText = Shopper.Mug }).GetByRole(AriaRole.Button));
        await ClickAsync(owner.Page.GetByRole(AriaRole.Link, new() { Name = "Checkout" }));
        for (var step = 0; step < 3; step++)
            await ClickAsync(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }));
        await ClickAsync(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }));
        await ClickAsync(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Pay", Exact = true }));

        await new Shopper(owner.Page, Store).SeesPaidAsync();
        Assert.That(clicks, Is.LessThanOrEqualTo(10));
        Assert.That(await NewLogAsync(), Is.Empty);
        await owner.OpenProvidersByClicksAsync();
        await Expect(owner.Guide).ToHaveCountAsync(0);

        Task ClickAsync(ILocator target)
        {
            clicks++;
            return target.ClickAsync();
        }
    }

    [Test]
    public async Task It_is_not_uninstalled_while_a_payment_is_open_unless_the_owner_lets_the_data_go()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.InstallAsync();
        await owner.OpenProvidersByClicksAsync();
        await owner.InGuide("BaseUrl").FillAsync(Provider.BaseUrl);
        await owner.InGuide("SecretKey").FillAsync(Provider.SecretKey);
        await owner.Guide.GetByRole(AriaRole.Button, new() { Name = "Save and enable" }).ClickAsync();
        await Expect(owner.Status).ToHaveTextAsync("Ready");
        await (await NewShopperAsync()).OrderAsync("USDC");

        await owner.Page.GotoAsync("/Admin/Plugin/List");
        await owner.Plugin.GetByRole(AriaRole.Button, new() { Name = "Uninstall" }).ClickAsync();
        await Expect(owner.Error).ToContainTextAsync("because of open payments: 1. Export them under Sales");

        await owner.OpenGeneralByClicksAsync();
        await owner.Page.GetByLabel("Remove data when uninstalling").CheckAsync();
        await owner.SavedAsync();
        await owner.UninstallAsync();
    }

    [Test]
    public async Task Uninstalling_leaves_nothing_behind()
    {
        await Store.AddLanguageAsync("de-DE", rtl: false);
        var before = await Store.Database.InventoryAsync();
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.InstallAsync();
        await owner.ActivateAsync();
        await owner.OpenConfigurationByClicksAsync();
        await owner.SecretKey.FillAsync(Provider.SecretKey);
        await owner.SavedAsync();
        Assert.That((await Store.Database.InventoryAsync()).Except(before), Has
            .Some.EqualTo("table CryptoPayment").And.Some.EqualTo("table PaymentEvent").And.Some.EqualTo("table Lease")
            .And.Some.StartsWith("setting cryptogateways.coinskro.").And.Some.StartsWith("setting cryptogatewayssettings.")
            .And.Some.StartsWith("text plugins.payments.cryptogateways.").And.Some.StartsWith("task ").And.Some.StartsWith("mail ").And.Some.StartsWith("translation MessageTemplate "));

        await owner.UninstallAsync();

        Assert.That(await Store.Database.InventoryAsync(), Is.EquivalentTo(before));
        Assert.That(await Store.Database.SettingAsync("paymentsettings.activepaymentmethodsystemnames"), Is.Empty);
        Assert.That(await NewLogAsync(), Is.Empty);
    }
}

/// <summary>A store in which the plugin is not installed. Its routes are there as long as its folder is.</summary>
internal sealed class NotInstalledTests : ShopFixture
{
    protected override bool StartsReady => false;

    [TestCase("Plugins/CryptoGateways/Webhook/coinskro", "POST")]
    [TestCase("checkout/crypto/return/x", "GET")]
    [TestCase("checkout/crypto/order/1", "GET")]
    public async Task Before_it_is_installed_its_addresses_answer_404_and_nothing_is_logged(string path, string method)
    {
        using var answer = method == "POST"
            ? await Store.ReceiveAsync($"{Store.Address}{path}", "{}", new Dictionary<string, string>())
            : await Store.VisitAsync($"{Store.Address}{path}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await NewLogAsync(), Is.Empty);
    }
}
