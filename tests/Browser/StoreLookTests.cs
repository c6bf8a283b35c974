using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>The store's look on the plugin's own pages.</summary>
internal sealed class StoreLookTests : PayPageFixture
{
    [Test]
    public async Task The_pay_page_has_the_logo_the_color_a_link_to_the_store_and_says_that_it_is_a_test()
    {
        var pay = await OpenAsync();
        await Expect(pay.Page.Locator("header")).ToHaveTextAsync("Sandbox store");
        await Expect(pay.Page.Locator("#pay-test")).ToContainTextAsync("Test payment");
        await Expect(pay.Page.Locator("#pay-support")).ToHaveAttributeAsync("href", "/contactus");

        await Store.Database.SetSettingAsync("storeinformationsettings.logopictureid", "1");
        await Store.Database.SetSettingAsync("cryptogatewayssettings.accentcolor", "#7a2e8e");
        await pay.Page.ReloadAsync();
        await Expect(pay.Page.Locator("header").GetByRole(AriaRole.Img, new() { Name = "Sandbox store" })).ToBeVisibleAsync();
        await Expect(pay.Page.Locator("#copy-amount")).ToHaveCSSAsync("color", "rgb(122, 46, 142)");
        await Screens.AssertLooksAsync(pay.Page, "pay-look");
        await pay.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await Screens.AssertFitsAsync(pay.Page, "pay-look-forced-colors");
        await pay.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });

        await Provider.ActAsync(Attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Expect(pay.Page.Locator("#pay-support")).ToHaveCountAsync(0);
    }

    [TestCase("7a2e8e", 200)]
    [TestCase("red", 404)]
    [TestCase("7a2e8e;body{display:none}", 404)]
    public async Task The_style_sheet_holds_a_color_and_nothing_else(string color, int status)
    {
        using var answer = await Store.VisitAsync($"{Store.Address}checkout/crypto/accent/{Uri.EscapeDataString(color)}.css");
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }
}
