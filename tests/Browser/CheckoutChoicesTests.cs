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
        var page = shopper.Page;
        await shopper.GoToPaymentMethodsAsync();
        await Expect(page.GetByText("Tether, USD Coin, Bitcoin, Litecoin, Ether, Bitcoin and other coins, Card +1. You complete the payment on the next page.")).ToBeVisibleAsync();
        await page.GetByLabel("Crypto payment").CheckAsync();
        await shopper.ContinueAsync();
        await Expect(page.Locator(".crypto-name")).ToHaveTextAsync(["Tether USDT", "USD Coin USDC", "Bitcoin and other coins", "Bitcoin BTC", "Litecoin LTC", "Ether ETH", "Card", "Dai DAI"]);
        Assert.That(await page.GetByRole(AriaRole.Group, new() { Name = "Pay with" }).CountAsync(), Is.EqualTo(1));
        await Expect(Card("USDT")).ToContainTextAsync("about 12.5 USDT $12.50");
        await Expect(Card("USDT")).ToContainTextAsync("6 options");
        await Expect(page.Locator("input[value='USDT']")).ToBeCheckedAsync();
        await Expect(page.Locator(".crypto-details:visible option")).ToHaveTextAsync(["Coinskro Pay", "TRON (TRC20)", "Ethereum (ERC20)", "BNB Smart Chain (BEP20)", "Polygon", "Arbitrum One"]);
        await Expect(Card("BTC")).ToContainTextAsync("$12.50, converted to BTC when you pay");
        await Expect(Card("coinpay24:LTC")).ToContainTextAsync("$12.50, converted to LTC when you pay");
        await Expect(Card("coolpay:CARD").Locator(".crypto-amount")).ToHaveTextAsync("$12.50");
        await Screens.AssertFitsAsync(page, "payment-step-many", screen => Axe.AssertAccessibleAsync(page, screen, ".crypto-payment-info"));

        // One press of a key changes the coin, Tab leads to its networks, and nothing below moves.
        var height = await HeightAsync();
        await page.Locator("input[value='USDT']").FocusAsync();
        foreach (var coin in new[] { "USDC", "coinpay24:ANY", "BTC", "coinpay24:LTC" })
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(page.Locator($"input[value='{coin}']")).ToBeCheckedAsync();
            await Expect(page.Locator(".crypto-details:visible")).ToHaveCountAsync(1);
            Assert.That(await HeightAsync(), Is.EqualTo(height), coin);
        }
        await Expect(page.Locator(".crypto-details:visible")).ToHaveTextAsync("You pay $12.50 with CoinPay24, converted to LTC when you pay.");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".crypto-details:visible").GetByLabel("Payment provider")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".crypto-details:visible").GetByLabel("Payment provider")).ToHaveValueAsync("cryptofuse:BTC");
        await shopper.ContinueAsync();

        // What was chosen comes first and is chosen again.
        await page.GotoAsync("/checkout/paymentinfo");
        await Expect(page.Locator("input[name='CryptoChoice']").First).ToHaveValueAsync("BTC");
        await Expect(page.Locator("input[value='BTC']")).ToBeCheckedAsync();
        await Expect(page.Locator(".crypto-details:visible").GetByLabel("Payment provider")).ToHaveValueAsync("cryptofuse:BTC");
        await shopper.ChooseAsync("USDC", "cryptofuse:USDCERC20");
        await shopper.ContinueAsync();
        await shopper.ConfirmAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cryptofuse/|/checkout/crypto/"));

        await shopper.GoToPaymentStepAsync();
        await Expect(page.Locator("input[value='USDC']")).ToBeCheckedAsync();
        await Expect(page.Locator(".crypto-details:visible").GetByLabel("Network")).ToHaveValueAsync("cryptofuse:USDCERC20");

        Task<double> HeightAsync() => page.EvaluateAsync<double>("document.querySelector('.crypto-payment-info').getBoundingClientRect().height");

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

        await shopper.ChooseAsync("BTC", "coinpay24:BTC");
        Assert.That(await page.EvaluateAsync<string>("new URLSearchParams(new FormData(document.getElementById('opc'))).toString()"), Does.Contain("CryptoChoice=BTC&").And.Contain("CryptoChoice.BTC=coinpay24%3ABTC"));
        await Expect(page.Locator(".crypto-list").First).ToHaveCSSAsync("display", "grid");

        var without = new Shopper(await NewPageAsync(scripts: false), Store);
        await without.GoToPaymentStepAsync();
        await without.ChooseAsync("ETH", "coinpay24:ETH");
        await without.ContinueAsync();
        await Expect(without.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_slow_provider_is_given_up_early_where_another_can_be_chosen()
    {
        await Provider.FaultAsync("create", "delay", times: 1, new() { ["seconds"] = 20, ["effect"] = "before" });
        var shopper = await NewShopperAsync();

        var orderId = await shopper.OrderInVainAsync();

        await shopper.SeesAsync("Payment provider unavailable", "Your order is saved and you have not been charged");
        Assert.That(await Store.Database.SecondsToAnswerAsync(orderId), Is.InRange(6, 14), "the HTTP client alone gives up after 15 s");
    }

    [Test]
    public async Task After_a_failed_gateway_the_shopper_pays_in_any_other_way_that_is_possible_for_the_order()
    {
        await Provider.FaultAsync("create", "status", times: 1);
        var shopper = await NewShopperAsync();
        var orderId = await shopper.OrderInVainAsync();
        await shopper.SeesAsync("Payment provider unavailable", "Your order is saved and you have not been charged");
        await Screens.AssertFitsAsync(shopper.Page, "order-fail-over", screen => Axe.AssertAccessibleAsync(shopper.Page, screen, ".crypto-order-page"));
        Assert.That(await shopper.Page.Locator(".crypto-offer input").CountAsync(), Is.EqualTo(8));
        Assert.That(await shopper.Page.Locator(".crypto-details option").CountAsync(), Is.EqualTo(12));

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
