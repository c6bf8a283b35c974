using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>A store with four gateways and sixteen ways to pay: what the shopper is asked, and what is remembered.</summary>
internal sealed class CheckoutChoicesTests : ShopFixture
{
    protected override Gateway Gateway { get; } = Gateway.Coinskro with
    {
        Beside =
        [
            new("coinpay24", ("ApiKey", "cp24_sandbox"), ("BaseUrl", "{provider}coinpay24/v1"), ("Coins", "ANY,BTC,LTC,ETH")),
            new("coolpay", ("ApiKey", "cp_test_sandbox"), ("PrivateKey", "cp_private_sandbox"), ("BaseUrl", "{provider}coolpay")),
            new("cryptofuse", ("Contract", "oauth"), ("ClientId", "cf_client"), ("ClientSecret", "cf_client_secret"), ("BaseUrl", "{provider}cryptofuse"),
                ("Coins", "USDTTRC20,USDTERC20,USDTBSC,USDTPOLYGON,USDTARB,USDCERC20,DAIERC20,BTC,ETH"))
        ]
    };

    [Test]
    public async Task Many_ways_are_grouped_by_coin_honest_about_amounts_accessible_and_the_last_choice_is_remembered()
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();
        var page = shopper.Page;
        await Expect(page.Locator(".crypto-group > summary")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("Tether USDT\\s+6 options"), new("USD Coin"), new("Bitcoin"), new("Ether")]);
        await Expect(page.Locator(".crypto-group[open]")).ToHaveCountAsync(1);
        Assert.That(await page.GetByRole(AriaRole.Group, new() { Name = "Pay with" }).CountAsync(), Is.EqualTo(1));
        await Expect(Card("coinskro:USDT")).ToContainTextAsync("about 12.5 USDT");
        await Expect(Card("cryptofuse:USDTTRC20")).ToContainTextAsync("TRON (TRC20)");
        await Expect(Card("cryptofuse:USDTTRC20")).ToContainTextAsync("about 12.5 USDT");
        await Expect(Card("cryptofuse:BTC")).ToContainTextAsync("12.5 USD, converted to BTC when you pay");
        await Expect(Card("coinpay24:ETH")).ToContainTextAsync("12.5 USD, converted to ETH when you pay");
        await Expect(Card("coolpay:CARD").Locator(".crypto-amount")).ToHaveTextAsync("12.5 USD");
        await Screens.AssertFitsAsync(page, "payment-step-many", screen => Axe.AssertAccessibleAsync(page, screen, ".crypto-payment-info"));

        // The keyboard opens a group and goes through it.
        await page.Locator(".crypto-group > summary", new() { HasText = "Bitcoin" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[value='coinpay24:BTC']").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("input[value='coinpay24:BTC']")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("input[value='cryptofuse:BTC']")).ToBeCheckedAsync();
        await shopper.ContinueAsync();

        await page.GotoAsync("/checkout/paymentinfo");
        await Expect(page.Locator("input[value='cryptofuse:BTC']")).ToBeCheckedAsync();
        await Expect(page.Locator(".crypto-group[open] > summary")).ToContainTextAsync("Bitcoin");
        await page.Locator(".crypto-group > summary", new() { HasText = "USD Coin" }).ClickAsync();
        await shopper.ChooseAsync("USDCERC20");
        await shopper.ContinueAsync();
        await shopper.ConfirmAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cryptofuse/|/checkout/crypto/"));

        await shopper.GoToPaymentStepAsync();
        await Expect(page.Locator("input[value='cryptofuse:USDCERC20']")).ToBeCheckedAsync();

        ILocator Card(string choice) => page.Locator(".crypto-offer", new() { Has = page.Locator($"input[value='{choice}']") });
    }

    /// <summary>The one-page checkout puts the fetched step into its page by innerHTML, which runs no script, and sends the form's fields.</summary>
    [Test]
    public async Task The_step_works_when_it_arrives_by_AJAX_and_without_scripts()
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();
        var page = shopper.Page;
        var html = await page.Locator(".crypto-payment-info").EvaluateAsync<string>("step => step.previousElementSibling.outerHTML + step.outerHTML");
        Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("style=").And.Not.Contain("onclick"));
        await page.GotoAsync("/cart");
        await page.EvaluateAsync("""html => { document.body.innerHTML = '<form id="opc"></form>'; document.getElementById('opc').innerHTML = html; }""", html);

        await page.Locator(".crypto-group > summary", new() { HasText = "Bitcoin" }).ClickAsync();
        await page.Locator("input[value='coinpay24:BTC']").CheckAsync();
        Assert.That(await page.EvaluateAsync<string>("new URLSearchParams(new FormData(document.getElementById('opc'))).toString()"), Is.EqualTo("CryptoChoice=coinpay24%3ABTC"));
        await Expect(page.Locator(".crypto-list").First).ToHaveCSSAsync("display", "grid");

        var without = new Shopper(await NewPageAsync(scripts: false), Store);
        await without.GoToPaymentStepAsync();
        await without.Page.Locator(".crypto-group > summary", new() { HasTextRegex = new("^\\s*Ether") }).ClickAsync();
        await without.Page.Locator("input[value='coinpay24:ETH']").CheckAsync();
        await without.ContinueAsync();
        await Expect(without.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task After_a_failed_gateway_the_shopper_pays_in_any_other_way_that_is_possible_for_the_order()
    {
        await Provider.FaultAsync("create", "status", times: 1);
        var shopper = await NewShopperAsync();
        var orderId = await shopper.OrderInVainAsync();
        await shopper.SeesAsync("Payment provider unavailable", "Your order is saved and you have not been charged");
        await Screens.AssertFitsAsync(shopper.Page, "order-fail-over", screen => Axe.AssertAccessibleAsync(shopper.Page, screen, ".crypto-order-page"));
        Assert.That(await shopper.Page.Locator(".crypto-offer input").CountAsync(), Is.EqualTo(16));

        await shopper.Page.Locator("input[value='coolpay:CARD']").CheckAsync();
        await shopper.PayNow.ClickAsync();
        await Expect(shopper.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/coolpay/"));
        Assert.That(await Store.Database.AttemptsAsync(orderId), Has.Count.EqualTo(2));

        // The same on the own pay page of an attempt with an address, after it was cancelled.
        var card = (await Store.Database.AttemptsAsync(orderId))[1];
        await Store.Database.ChangeAsync(card, ("StatusId", (int)AttemptStatus.AwaitingPayment), ("Gateway", "cryptofuse"), ("Coin", "USDTTRC20"), ("Address", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), ("DueAmount", "12.5"), ("NextCheckOnUtc", null));
        await shopper.OpenOrderPageAsync(orderId);
        await shopper.Page.GetByRole(AriaRole.Link, new() { Name = "Continue your payment" }).ClickAsync();
        var pay = new PayPage(shopper.Page);
        await Store.Database.ChangeAsync(card, ("StatusId", (int)AttemptStatus.Canceled));
        await Expect(pay.Title).ToHaveTextAsync("Payment cancelled");
        await pay.OtherCoin.ClickAsync();
        await Expect(pay.Page.Locator(".way")).ToHaveCountAsync(15);
        await Screens.AssertLooksAsync(pay.Page, "pay-canceled-others");
        await pay.Page.Locator(".way[value='cryptofuse:USDTBSC']").ClickAsync();
        await Expect(pay.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cryptofuse/|/checkout/crypto/"));
    }
}
