using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>The administrator's page about an order's payments.</summary>
internal sealed class OrderPaymentsTests : ShopFixture
{
    [Test]
    public async Task An_order_that_waits_is_settled_by_check_now()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        var page = await OpenAsync(attempt);

        await Button(page, "Check now").ClickAsync();

        await Expect(page.Locator(".bar.success")).ToHaveTextAsync("The payment was checked.");
        await Expect(page.Locator(".crypto-attempt .card-header")).ToContainTextAsync("Paid");
        await Expect(page.Locator(".crypto-facts")).ToContainTextAsync(attempt.Reference);
        Assert.That(await Texts.NotKeptWholeAsync(page.Locator(".crypto-facts dd > *")), Is.Empty);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task A_webhook_that_is_acted_on_again_pays_nothing_twice()
    {
        var attempt = await PaidAsync();
        var page = await OpenAsync(attempt);

        await Expect(page.Locator(".crypto-answer pre")).ToContainTextAsync(attempt.Reference);

        await Button(page, "Reprocess").ClickAsync();

        await Expect(page.Locator(".bar.success")).ToBeVisibleAsync();
        Assert.That(await Store.Database.WebhooksAsync(attempt), Is.All.True);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task A_payout_to_a_user_refunds_the_order()
    {
        var attempt = await PaidAsync();
        var page = await OpenAsync(attempt);

        await PayOutAsync(page, "john_doe");

        await Expect(page.Locator(".bar.success")).ToContainTextAsync("The payout was sent");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Refunded"));
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=fund-user&count=1", 5), Is.True);
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=fund-user&count=2", 1), Is.False, "sent once");
    }

    [Test]
    public async Task A_payout_that_is_refused_changes_nothing()
    {
        var attempt = await PaidAsync();
        var page = await OpenAsync(attempt);

        await PayOutAsync(page, "nobody");

        await Expect(page.Locator(".bar.error")).ToContainTextAsync("User not found");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Paid"));
        await Expect(Button(page, "Send payout")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_payout_whose_answer_is_lost_waits_for_a_person_and_is_not_made_again()
    {
        var attempt = await PaidAsync();
        await Provider.FaultAsync("fund-user", "lost", 1);
        var page = await OpenAsync(attempt);

        await PayOutAsync(page, "john_doe");

        await Expect(page.Locator(".bar.error")).ToContainTextAsync("The payout may have been sent");
        await Expect(Button(page, "Send payout")).ToHaveCountAsync(0);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Paid"));

        await Button(page, "Sent").ClickAsync();

        await Expect(page.Locator(".bar.success")).ToContainTextAsync("the refund was recorded");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Refunded"));
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=fund-user&count=2", 1), Is.False, "sent once");
    }

    private async Task<Attempt> PaidAsync()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        return await Store.BecomesAsync(attempt, AttemptStatus.Paid);
    }

    private async Task<IPage> OpenAsync(Attempt attempt)
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.Page.GotoAsync($"/Admin/CryptoPayments/Order/{attempt.OrderId}");
        return owner.Page;
    }

    private static async Task PayOutAsync(IPage page, string recipient)
    {
        await page.Locator("input[name=Recipient]").FillAsync(recipient);
        await Button(page, "Send payout").ClickAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First;
}
