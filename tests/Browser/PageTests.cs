using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Browser;

/// <summary>Every page of the plugin, as wide as a desktop and as a phone, with a picture of each to look at.</summary>
internal sealed class PageTests : ShopFixture
{
    [Test]
    public async Task The_payment_step_fits()
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();
        await Screens.AssertFitsAsync(shopper.Page, "payment-step");
    }

    [Test]
    public async Task The_page_after_the_provider_failed_fits()
    {
        await Provider.FaultAsync("create", "status", times: 1);
        var shopper = await NewShopperAsync();
        await shopper.OrderInVainAsync();
        await Screens.AssertFitsAsync(shopper.Page, "provider-failed");
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
        await Screens.AssertFitsAsync(shopper.Page, $"order-{state}");
    }

    [Test]
    public async Task The_pages_of_a_payment_in_review_and_of_a_paid_order_fit()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.SendAsync(attempt.Reference, "wrong-amount");
        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await Screens.AssertFitsAsync(shopper.Page, "order-in-review");

        var paid = await shopper.OrderAsync();
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        await shopper.OpenOrderPageAsync(paid.OrderId);
        await Screens.AssertFitsAsync(shopper.Page, "order-paid");
    }

    [Test]
    public async Task The_pages_for_strangers_fit()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var stranger = await NewShopperAsync();
        await stranger.Page.GotoAsync((await Provider.PaymentAsync(attempt.Reference)).FailureUrl);
        await Screens.AssertFitsAsync(stranger.Page, "stranger");
        await stranger.OpenOrderPageAsync(attempt.OrderId);
        await Screens.AssertFitsAsync(stranger.Page, "not-found");
    }

    [Test]
    public async Task The_configuration_pages_fit()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.OpenConfigurationAsync();
        await owner.Coin("PI").CheckAsync();
        await owner.AmountUnit.SelectOptionAsync("coin");
        await owner.SavedAsync();
        await Screens.AssertFitsAsync(owner.Page, "provider");
        await owner.BaseUrl.FillAsync("nowhere");
        await owner.SaveAsync();
        await Screens.AssertFitsAsync(owner.Page, "provider-wrong");

        await owner.OpenProvidersAsync();
        await Screens.AssertFitsAsync(owner.Page, "configuration");

        await owner.OpenGeneralAsync();
        await owner.NewPrice("PI").FillAsync("1,234");
        await owner.SaveAsync();
        await Screens.AssertFitsAsync(owner.Page, "general-wrong");
    }
}
