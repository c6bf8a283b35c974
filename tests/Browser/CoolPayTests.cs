using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>Purchases by card through CoolPay: it is the only way to pay, so that there is nothing to choose.</summary>
internal abstract class CoolPayFixture : ShopFixture
{
    protected static readonly Gateway Reserving = new("coolpay",
        ("ApiKey", "cp_test_sandbox"), ("PrivateKey", "cp_private_sandbox"), ("BaseUrl", "{provider}coolpay"));

    protected static Task<Attempt> OrderAsync(Shopper shopper) => shopper.OrderAsync("CARD");

    protected static Task PressAsync(Shopper shopper, string button) =>
        shopper.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}

/// <summary>Money is reserved first; the owner takes it, lets it go or sends it back on the order's page.</summary>
internal sealed class CoolPayReserveTests : CoolPayFixture
{
    private static readonly TimeSpan _watch = TimeSpan.FromDays(15);

    protected override Gateway Gateway => Reserving;

    [Test]
    public async Task The_owner_captures_what_the_shoppers_card_reserved()
    {
        var attempt = await AuthorizedAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).Notes, Has.Exactly(1).EqualTo(
            $"Payment of 12.5 USD is authorized. Capture it on this page when you ship. Reference {attempt.Reference}, provider ID {attempt.ExternalId}, attempt 1."));

        var owner = await AtOrderAsync(attempt);
        await owner.OrderButton("Capture").ClickAsync();

        await Expect(StatusOn(owner)).ToHaveTextAsync("Paid");
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaidEvents, order.PaidMails), Is.EqualTo((1, 1)));
        await LaterAsync();
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task The_owner_lets_go_what_the_shoppers_card_reserved()
    {
        var attempt = await AuthorizedAsync();

        var owner = await AtOrderAsync(attempt);
        await owner.OrderButton("Void").ClickAsync();

        await Expect(StatusOn(owner)).ToHaveTextAsync("Voided");
        await LaterAsync();
        await Store.BecomesAsync(attempt, AttemptStatus.Canceled);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.Zero);
    }

    [Test]
    public async Task The_owner_sends_a_part_back_and_then_the_rest()
    {
        var attempt = await AuthorizedAsync();
        var owner = await AtOrderAsync(attempt);
        await owner.OrderButton("Capture").ClickAsync();
        await Expect(StatusOn(owner)).ToHaveTextAsync("Paid");
        await LaterAsync();
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);

        await owner.AmountToRefund.FillAsync("5.35");
        await owner.OrderButton("Partial refund").ClickAsync();
        await Expect(StatusOn(owner)).ToHaveTextAsync("PartiallyRefunded");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).RefundedAmount, Is.EqualTo(5.35m));

        await Store.LetTimePassAsync(TimeSpan.FromMinutes(3));
        await owner.OrderButton("Partial refund").ClickAsync();
        await Expect(StatusOn(owner)).ToHaveTextAsync("Refunded");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).RefundedAmount, Is.EqualTo(12.5m));
    }

    [Test]
    public async Task On_the_payment_page_the_owner_captures_and_refunds_after_a_confirmation()
    {
        var attempt = await AuthorizedAsync();
        var owner = await AtOrderAsync(attempt);
        var page = owner.Page;
        await page.Locator("#crypto-panel a.btn").ClickAsync();

        await page.GetByText("Capture", new() { Exact = true }).ClickAsync();
        await owner.OrderButton("Yes, capture").ClickAsync();
        await Expect(page.Locator(".bar.success")).ToBeVisibleAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
        await LaterAsync();
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);

        await page.ReloadAsync();
        await page.GetByText("Refund", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Amount in USD").FillAsync("20");
        await owner.OrderButton("Yes, refund").ClickAsync();
        await Expect(owner.Error).ToContainTextAsync("higher than the payment");
        await page.GetByText("Refund", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Amount in USD").FillAsync("2.5");
        await owner.OrderButton("Yes, refund").ClickAsync();
        await Expect(page.Locator(".bar.success")).ToBeVisibleAsync();
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo(("PartiallyRefunded", 2.5m)));
    }

    [Test]
    public async Task A_declined_capture_is_told_and_changes_nothing()
    {
        var attempt = await AuthorizedAsync();
        await Provider.SetAsync("declineOperations", "capture");

        var owner = await AtOrderAsync(attempt);
        await owner.OrderButton("Capture").ClickAsync();

        await Expect(owner.Error).ToContainTextAsync("The payment provider declined the request: capture declined: 40000 Rejected by acquirer");
        await Expect(StatusOn(owner)).ToHaveTextAsync("Authorized");
    }

    [Test]
    public async Task A_card_that_is_declined_can_be_followed_by_another_on_the_same_page()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);
        await PressAsync(shopper, "Card is declined");
        await Store.BecomesAsync(attempt, AttemptStatus.Failed);

        await shopper.AtProviderDoAsync("Pay by card");

        await Store.BecomesAsync(attempt, AttemptStatus.Authorized);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Authorized"));
    }

    [Test]
    public async Task A_shopper_whose_card_failed_comes_back_and_pays_anew()
    {
        var shopper = await NewShopperAsync();
        var first = await OrderAsync(shopper);
        await PressAsync(shopper, "Card is declined");
        await shopper.AtProviderDoAsync("Cancel (back to shop)");
        await shopper.SeesAsync("Payment failed", "you can try again");

        await shopper.PayNow.ClickAsync();
        var second = await shopper.AtProviderAsync();
        await shopper.AtProviderDoAsync("Pay by card");

        Assert.That(second.Reference, Is.Not.EqualTo(first.Reference));
        await Store.BecomesAsync(second, AttemptStatus.Authorized);
        Assert.That((await Store.OrderAsync(first.OrderId)).PaymentStatus, Is.EqualTo("Authorized"));
    }

    [Test]
    public async Task A_test_card_reserves_nothing()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await shopper.AtProviderDoAsync("Pay by test card");

        await shopper.SeesAsync("Payment failed", "you can try again");
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That(order.PaymentStatus, Is.EqualTo("Pending"));
        Assert.That(order.Notes, Has.Exactly(1).Contains("failed at the provider (new (test_mode))"));
    }

    [Test]
    public async Task A_card_that_reserves_less_than_asked_is_held_for_a_person()
    {
        var attempt = await OrderAsync(await NewShopperAsync());

        await Provider.ActAsync(attempt.Reference, "pay-short");

        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    /// <summary>The provider knows no expiry: the watch ends it.</summary>
    [Test]
    public async Task A_payment_that_nobody_makes_expires()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Store.LetTimePassAsync(_watch);
        await Store.RunTasksAsync();

        await Store.BecomesAsync(attempt, AttemptStatus.Expired);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    private async Task<Attempt> AuthorizedAsync()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);
        await shopper.AtProviderDoAsync("Pay by card");
        await Store.BecomesAsync(attempt, AttemptStatus.Authorized);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Authorized"));
        return attempt;
    }

    private async Task<Owner> AtOrderAsync(Attempt attempt)
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.OpenOrderAsync(attempt.OrderId);
        return owner;
    }

    private static ILocator StatusOn(Owner owner) => owner.Page.Locator("#payment-status");

    /// <summary>The platform has had its time to write the order, and the task looks.</summary>
    private async Task LaterAsync()
    {
        await Store.LetTimePassAsync(TimeSpan.FromMinutes(5));
        await Store.RunTasksAsync();
    }
}

/// <summary>Money is taken as soon as the card is authorized.</summary>
internal sealed class CoolPayAutoCaptureTests : CoolPayFixture
{
    protected override Gateway Gateway => Reserving with { Settings = [.. Reserving.Settings, ("AutoCapture", "true")] };

    [Test]
    public async Task A_shopper_pays_by_card_and_comes_back_to_a_paid_order()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderByClicksAsync(coin: null);
        await Expect(shopper.Page.Locator(".amount")).ToHaveTextAsync("1250 USD");

        await shopper.AtProviderDoAsync("Pay by card");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_shopper_who_never_comes_back_has_paid_by_the_callback([Values("CoolPay-Checksum-Sha256", "QuickPay-Checksum-Sha256")] string header)
    {
        await Provider.SetAsync("checksumHeader", header);
        var attempt = await OrderAsync(await NewShopperAsync());

        await Provider.ActAsync(attempt.Reference, "pay");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task With_callbacks_and_return_lost_the_schedule_task_finds_the_payment()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await OrderAsync(await NewShopperAsync());
        await Provider.ActAsync(attempt.Reference, "pay");

        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_payment_of_too_little_leaves_the_order_open()
    {
        var attempt = await OrderAsync(await NewShopperAsync());
        await Provider.ActAsync(attempt.Reference, "pay-short");

        // Should the callback have come while the store was still starting up, the task does its work.
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await Store.BecomesAsync(attempt, AttemptStatus.Underpaid);
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Pending", 0)));
        Assert.That(order.Notes, Has.Exactly(1).Contains("6.25 USD of 12.5 USD received"));
    }

    private async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).EqualTo(
            $"Crypto payment received: 12.5 USD. Reference {attempt.Reference}, provider ID {attempt.ExternalId}, attempt 1."));
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.True);
    }
}
