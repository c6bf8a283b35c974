using CryptoGateways.Tests.Browser.Harness;
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
        await owner.OpenConfigurationAsync();
        await Expect(owner.Card.Locator(".badge").First).ToHaveTextAsync("incomplete, please enter: Secret key");
        await Expect(owner.Card.GetByLabel("Webhook address")).ToHaveValueAsync(Store.WebhookUrl);

        await owner.SecretKey.FillAsync(Provider.SecretKey);
        await owner.BaseUrl.FillAsync(Provider.BaseUrl);
        await owner.OfferAtCheckout.CheckAsync();
        await owner.SavedAsync();

        await Expect(owner.Card.Locator(".badge").First).ToHaveTextAsync("ready");
        var shopper = await NewShopperAsync();
        await shopper.OrderAsync("USDC");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task Uninstalling_leaves_nothing_behind()
    {
        await Store.AddLanguageAsync("de-DE", rtl: false);
        var before = await Store.Database.InventoryAsync();
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.InstallAsync();
        await owner.ActivateAsync();
        await owner.OpenConfigurationAsync();
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

    /// <summary>Its routes are there as long as its folder is.</summary>
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
