using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser;

/// <summary>Every page of the plugin, as wide as a desktop and as a phone, with a picture of each to look at.</summary>
internal sealed class PageTests : ShopFixture
{
    private static readonly Dictionary<string, (int Width, int Height)> _screens = new() { ["desktop"] = (1280, 800), ["phone"] = (390, 844) };

    [Test]
    public async Task The_payment_step_fits()
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();
        await AssertFitsAsync(shopper.Page, "payment-step");
    }

    [Test]
    public async Task The_page_after_the_provider_failed_fits()
    {
        await Provider.FaultAsync("create", "status", times: 1);
        var shopper = await NewShopperAsync();
        await shopper.OrderInVainAsync();
        await AssertFitsAsync(shopper.Page, "provider-failed");
    }

    [TestCase("Leave without paying (back to shop)", "waiting")]
    [TestCase("Cancel", "canceled")]
    [TestCase("Fail", "failed")]
    [TestCase("Pay too little", "confirming")]
    [TestCase("Pay", "completed")]
    public async Task The_page_after_the_provider_fits(string button, string state)
    {
        var shopper = await NewShopperAsync();
        await shopper.OrderAsync();
        await shopper.AtProviderDoAsync(button);
        await AssertFitsAsync(shopper.Page, $"order-{state}");
    }

    [Test]
    public async Task The_pages_of_a_payment_in_review_and_of_a_paid_order_fit()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.SendAsync(attempt.Reference, "wrong-amount");
        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await AssertFitsAsync(shopper.Page, "order-in-review");

        var paid = await shopper.OrderAsync();
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        await shopper.OpenOrderPageAsync(paid.OrderId);
        await AssertFitsAsync(shopper.Page, "order-paid");
    }

    [Test]
    public async Task The_pages_for_strangers_fit()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var stranger = await NewShopperAsync();
        await stranger.Page.GotoAsync((await Provider.PaymentAsync(attempt.Reference)).FailureUrl);
        await AssertFitsAsync(stranger.Page, "stranger");
        await stranger.OpenOrderPageAsync(attempt.OrderId);
        await AssertFitsAsync(stranger.Page, "not-found");
    }

    [Test]
    public async Task The_configuration_page_fits()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.OpenConfigurationAsync();
        await owner.Coin("PI").CheckAsync();
        await owner.AmountMeaning.SelectOptionAsync("coin");
        await owner.SavedAsync();
        await AssertFitsAsync(owner.Page, "configuration");

        await owner.NewPrice("PI").FillAsync("1,234");
        await owner.BaseUrl.FillAsync("nowhere");
        await owner.SaveAsync();
        await AssertFitsAsync(owner.Page, "configuration-wrong");
    }

    /// <summary>Nothing is cut off at the side or has to be scrolled to, and every picture is there.</summary>
    private static async Task AssertFitsAsync(IPage page, string name)
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
