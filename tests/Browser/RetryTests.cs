using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What a shopper does when the first attempt did not pay the order.</summary>
internal sealed class RetryTests : ShopFixture
{
    [TestCase("Cancel", "Payment cancelled", "Your order is saved", AttemptStatus.Canceled)]
    [TestCase("Fail", "Payment failed", "you can try again", AttemptStatus.Failed)]
    [TestCase("Leave without paying (back to shop)", "Payment not completed", "you can pay now", AttemptStatus.AwaitingPayment)]
    public async Task After_an_attempt_that_did_not_pay_the_shopper_is_told_and_pays_with_another_coin(
        string button, string title, string sentence, AttemptStatus left)
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OrderAsync("USDT");
        await shopper.AtProviderDoAsync(button);
        await shopper.SeesAsync(title, sentence);

        var second = await shopper.PayNowWithAsync("USDC");
        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        var order = await Store.OrderAsync(first.OrderId);
        Assert.That((order.PaidEvents, order.PaidMails), Is.EqualTo((1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).Contains($"Reference {second.Reference}").And.Contains("attempt 2").And.Contains("USDC"));
        Assert.That((await Store.Database.AttemptsAsync(first.OrderId)).Select(attempt => attempt.Status), Is.EqualTo([left, AttemptStatus.Paid]));
        Assert.That(await Provider.CreateCallsAsync(), Is.EqualTo([first.Reference, second.Reference]));
    }

    [Test]
    public async Task When_an_older_address_is_paid_its_tab_says_so()
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OrderAsync("USDT");
        await Provider.WaitForAsync("for=webhooks&count=1&state=delivered");
        await Store.Database.ChangeAsync(first, ("Address", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), ("DueAmount", "12.5"));
        await shopper.OpenOrderPageAsync(first.OrderId);
        await shopper.Page.GetByRole(AriaRole.Link, new() { Name = "Continue your payment" }).ClickAsync();
        var older = new PayPage(shopper.Page);
        await older.IsOpenAsync();
        var other = new Shopper(await shopper.Page.Context.NewPageAsync(), Store);
        await other.OpenOrderPageAsync(first.OrderId);
        await other.PayNowWithAsync("USDC");
        await Expect(older.Title).ToHaveTextAsync("This payment is no longer valid");

        await Provider.ActAsync(first.Reference, "pay");

        await Expect(older.Title).ToHaveTextAsync("Paid");
    }

    [Test]
    public async Task A_payment_that_is_still_open_is_gone_on_with_and_not_made_a_second_time()
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OrderAsync("USDC");
        await shopper.Page.GotoAsync($"/orderdetails/{first.OrderId}");

        await shopper.Page.GetByRole(AriaRole.Button, new() { Name = "Retry payment" }).ClickAsync();

        Assert.That((await shopper.AtProviderAsync()).Reference, Is.EqualTo(first.Reference));
        Assert.That(await Provider.PaymentsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_clicks_at_once_lead_to_one_payment()
    {
        await Provider.FaultAsync("create", "hold");
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync();
        var confirm = shopper.ConfirmAsync();
        await Provider.WaitForAsync("for=held&count=1");
        var other = new Shopper(await shopper.Page.Context.NewPageAsync(), Store);
        await other.OpenOrderPageAsync(await Store.Database.LastOrderAsync());

        var again = other.PayNowWithAsync("USDT");
        Assert.That(await Provider.HappensAsync("for=held&count=2", seconds: 0.5), Is.False);
        await Provider.ClearFaultsAsync();
        await confirm;

        Assert.That((await again).Reference, Is.EqualTo((await shopper.AtProviderAsync()).Reference));
        Assert.That(await Provider.CreateCallsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Money_for_a_second_attempt_is_reported_to_the_admin_and_not_marked_again()
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OrderAsync("USDT");
        await shopper.AtProviderDoAsync("Leave without paying (back to shop)");
        await shopper.PayNowWithAsync("USDC");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();

        await Provider.ActAsync(first.Reference, "pay");

        await Store.BecomesAsync(first, AttemptStatus.PaidLate);
        var order = await Store.OrderAsync(first.OrderId);
        Assert.That((order.PaidEvents, order.PaidMails), Is.EqualTo((1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("The order was paid twice").And.Contains(first.Reference));
        Assert.That(await NewLogAsync(), Has.Exactly(1).StartsWith($"Warning: Order {first.OrderId}: The order was paid twice"));
    }

    [Test]
    public async Task A_payment_that_the_provider_still_confirms_must_not_be_paid_again()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();

        await shopper.AtProviderDoAsync("Pay too little");

        await shopper.SeesAsync("Payment detected", "You can close this page");
        await Expect(shopper.PayNow).ToHaveCountAsync(0);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }
}
