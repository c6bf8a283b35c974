using System.Text.RegularExpressions;
using System.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Somebody who buys in the store.</summary>
internal sealed class Shopper(IPage page, Store store)
{
    public const string Mug = "Enamel mug";

    public IPage Page => page;

    /// <summary>The sentence with which a page of the plugin tells how the payment stands.</summary>
    public ILocator State => page.Locator(".crypto-state");

    public ILocator Title => page.Locator("h1").Last;

    /// <summary>The form on the order's payment page.</summary>
    public ILocator PayNow => page.GetByRole(AriaRole.Button, new() { Name = "Pay now" });

    public ILocator PaymentStatus => page.Locator("#payment-status");

    /// <summary>Fills the cart and goes as far as the choice of the payment method.</summary>
    public async Task GoToPaymentMethodsAsync(string product = Mug)
    {
        await page.GotoAsync("/");
        await page.Locator(".card", new() { HasText = product }).GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Checkout" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    /// <summary>The same, and chooses crypto.</summary>
    public async Task GoToPaymentStepAsync(string product = Mug)
    {
        await GoToPaymentMethodsAsync(product);
        await page.GetByLabel("Crypto payment").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    /// <summary>
    /// Comes to the page with the confirm button by the requests that the forms would send. The pages themselves are gone through
    /// once a gateway; drawing them for each order would take most of the time of all tests.
    /// </summary>
    public async Task GoToConfirmationAsync(string coin = "USDT", string product = Mug)
    {
        var catalogue = await page.ReadAsync("/");
        var token = Requests.TokenIn(catalogue);
        await page.SubmitAsync("/cart/add", token, ("productId", Requests.ValueIn(catalogue, $"<h2>{product}</h2>.*?name=\"productId\" value=\"([0-9]+)\"")));
        await page.SubmitAsync("/checkout/billingaddress", token, ("firstName", "Gwen"), ("lastName", "Guest"), ("email", "guest@example.com"));
        await page.SubmitAsync("/checkout/paymentmethod", token, ("paymentmethod", "Payments.CryptoGateways"));
        var choice = Requests.ValueIn(await page.ReadAsync("/checkout/paymentinfo"), $"(?:name=\"CryptoChoice\"|<option) value=\"([a-z0-9]+:{coin})\"");
        await page.SubmitAsync("/checkout/paymentinfo", token, ("CryptoChoice", choice));
        await page.GotoAsync("/checkout/confirm");
    }

    public Task ContinueAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

    public Task ChooseAsync(string coin) => page.Locator($".crypto-offer input[value$=':{coin}']").CheckAsync();

    /// <summary>Chooses one of the networks and providers of a coin that has several.</summary>
    public async Task ChooseAsync(string coin, string choice)
    {
        await page.Locator($".crypto-offer input[value='{coin}']").CheckAsync();
        await page.Locator($"select[name='CryptoChoice.{coin}']").SelectOptionAsync(choice);
    }

    /// <summary>Places the order; ends when the next page is there.</summary>
    public Task ConfirmAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

    /// <summary>Places an order and comes to the provider's page.</summary>
    public async Task<Attempt> OrderAsync(string coin = "USDT", string product = Mug)
    {
        await GoToConfirmationAsync(coin, product);
        await ConfirmAsync();
        return await AtProviderAsync();
    }

    /// <summary>The same by clicks, page after page.</summary>
    /// <param name="coin">Null where the store offers one only.</param>
    public async Task<Attempt> OrderByClicksAsync(string? coin = "USDT")
    {
        await GoToPaymentStepAsync();
        if (coin is not null)
            await ChooseAsync(coin);
        await ContinueAsync();
        await ConfirmAsync();
        return await AtProviderAsync();
    }

    /// <summary>Places an order and comes to the store's own page, because the provider failed.</summary>
    public async Task<int> OrderInVainAsync()
    {
        await GoToConfirmationAsync();
        await ConfirmAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/checkout/crypto/order/[0-9]+$"), new() { Timeout = 30_000 });
        return await store.Database.LastOrderAsync();
    }

    /// <summary>The attempt whose page at the provider is open: the one that the address names, else the newest.</summary>
    public async Task<Attempt> AtProviderAsync()
    {
        await Expect(page).ToHaveURLAsync(new Regex($"/{store.Gateway}/"));
        return HttpUtility.ParseQueryString(new Uri(page.Url).Query)["reference"] is { } reference
            ? await store.Database.AttemptAsync(reference)
            : (await store.Database.AttemptsAsync(await store.Database.LastOrderAsync()))[^1];
    }

    /// <summary>Uses a button of the provider's page, which leads back to the store.</summary>
    public async Task AtProviderDoAsync(string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"^{store.Address}"));
    }

    /// <summary>Uses a button of a provider's page that need not lead back.</summary>
    public Task AtProviderUseAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Chooses a coin on the order's payment page and comes to the provider's page.</summary>
    public async Task<Attempt> PayNowWithAsync(string coin)
    {
        await ChooseAsync(coin);
        await PayNow.ClickAsync();
        return await AtProviderAsync();
    }

    public Task OpenOrderPageAsync(int orderId) => page.GotoAsync($"/checkout/crypto/order/{orderId}");

    /// <summary>The shopper is on the store's own last page of the checkout, which says that the order is paid.</summary>
    public async Task SeesPaidAsync()
    {
        await Expect(page).ToHaveURLAsync(new Regex("/checkout/completed/[0-9]+$"));
        await Expect(PaymentStatus).ToHaveTextAsync("Paid");
    }

    /// <summary>The shopper reads a sentence, can pay again, and sees nothing of the inside.</summary>
    public async Task SeesAsync(string title, string sentence)
    {
        await Expect(Title).ToHaveTextAsync(title);
        await Expect(State).ToContainTextAsync(sentence);
        var html = await page.ContentAsync();
        Assert.That(html, Does.Not.Contain("Exception").And.Not.Contain("   at ").And.Not.Contain("Plugins.Payments."));
    }
}
