using System.Globalization;
using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>The main job, and what may get lost or doubled on its way.</summary>
internal sealed class PaidOrderTests : ShopFixture
{
    [Test]
    public async Task A_shopper_chooses_a_coin_pays_on_the_providers_page_and_comes_back_to_a_paid_order()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderByClicksAsync();
        await Expect(shopper.Page.Locator(".amount")).ToHaveTextAsync("12.5 USDT");

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task The_provider_is_told_the_amount_the_order_and_the_ways_back()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("USDC", "Canvas bag");

        var payment = await Provider.PaymentAsync(attempt.Reference);
        Assert.That((payment.Amount, payment.Currency), Is.EqualTo((24m, "USDC")));
        Assert.That((string?)payment.Request["payment_type"], Is.EqualTo("deposit"));
        Assert.That((string?)payment.Request["meta_data"], Does.Contain($"\"order_id\":\"{attempt.OrderId}\""));
        Assert.That(payment.SuccessUrl, Does.StartWith($"{Store.Address}checkout/crypto/return/{attempt.Reference}?order={attempt.OrderId}&result=success&key={attempt.Id}-"));
        Assert.That(payment.FailureUrl, Does.StartWith($"{Store.Address}checkout/crypto/return/{attempt.Reference}?order={attempt.OrderId}&result=failure&key={attempt.Id}-"));
        Assert.That(attempt.ExternalId, Is.EqualTo(payment.Id));
    }

    [Test]
    public async Task A_lost_webhook_is_made_up_for_by_the_return()
    {
        await Provider.LoseWebhooksAsync();
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_shopper_who_never_comes_back_has_paid_by_the_webhook()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();

        await Provider.ActAsync(attempt.Reference, "pay");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task With_webhook_and_return_lost_the_schedule_task_finds_the_payment()
    {
        await Provider.LoseWebhooksAsync();
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.RunTasksAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"), "it is not due yet");

        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
        await shopper.Page.GotoAsync($"/orderdetails/{attempt.OrderId}");
        await Expect(shopper.PaymentStatus).ToHaveTextAsync("Paid");
    }

    /// <summary>
    /// Both are in the store at once: the provider holds the answers to "how does it stand?" until webhook and return have come.
    /// That it is asked once only proves that the second waits for the first.
    /// </summary>
    [Test]
    public async Task Webhook_and_return_at_the_same_instant_pay_the_order_once([Range(1, 3)] int round)
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.FaultAsync("info", "hold");

        var back = shopper.AtProviderDoAsync("Pay");
        await Provider.WaitForAsync("for=held&count=1");
        Assert.That(await Provider.HappensAsync("for=held&count=2", seconds: 0.5), Is.False);
        Assert.That(back.IsCompleted, Is.False);
        await Provider.ClearFaultsAsync();
        await back;

        await shopper.SeesPaidAsync();
        await Provider.WaitForAsync("for=webhooks&state=delivered&count=2");
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task Doubled_webhooks_many_returns_and_the_task_all_at_once_pay_the_order_once([Range(1, 3)] int round)
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var payment = await Provider.PaymentAsync(attempt.Reference);
        await Provider.ActAsync(attempt.Reference, "pay", new() { ["webhook"] = false });
        await Store.LetTimePassAsync();

        await Task.WhenAll(
        [
            Provider.SendAsync(attempt.Reference, "double"),
            Store.RunTasksAsync(),
            .. Enumerable.Range(0, 6).Select(_ => Store.VisitAsync(payment.SuccessUrl)),
            Provider.SendAsync(attempt.Reference, "correct")
        ]);

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_provider_that_posts_the_shopper_back_is_understood()
    {
        await Provider.LoseWebhooksAsync();
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        var payment = await Provider.PaymentAsync(attempt.Reference);
        await Provider.ActAsync(attempt.Reference, "pay");

        await shopper.Page.EvaluateAsync(
            """
            address => {
              const form = Object.assign(document.createElement('form'), { method: 'post', action: address });
              document.body.append(form);
              form.submit();
            }
            """, payment.SuccessUrl);

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task The_return_address_is_not_believed()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        var payment = await Provider.PaymentAsync(attempt.Reference);

        await shopper.Page.GotoAsync(payment.SuccessUrl);

        await shopper.SeesAsync("Waiting for your payment", "We have not received a payment yet");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    [Test]
    public async Task Who_comes_back_in_another_browser_sees_the_state_and_nothing_of_the_order()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.ActAsync(attempt.Reference, "pay", new() { ["webhook"] = false });
        var stranger = await NewShopperAsync();

        await stranger.Page.GotoAsync((await Provider.PaymentAsync(attempt.Reference)).SuccessUrl);

        var page = new PayPage(stranger.Page);
        await Expect(page.Title).ToHaveTextAsync("Paid");
        await Expect(page.Text).ToContainTextAsync("We have received your payment");
        await Expect(page.Page.Locator("#pay-facts")).ToContainTextAsync("12.5 USDT ≈ $12.50");
        Assert.That(await stranger.Page.ContentAsync(), Does.Not.Contain("/orderdetails/").And.Not.Contain("guest@example.com").And.Not.Contain("Gwen"));
        await AssertPaidOnceAsync(attempt);
    }

    [TestCase("checkout/crypto/return/doesnotexist0000000?order={0}&result=success")]
    [TestCase("checkout/crypto/order/{0}")]
    [TestCase("checkout/crypto/order/999999")]
    public async Task A_strangers_guess_finds_nothing(string address)
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var stranger = await NewShopperAsync();

        var answer = await stranger.Page.GotoAsync("/" + string.Format(CultureInfo.InvariantCulture, address, attempt.OrderId));

        Assert.That(answer!.Status, Is.EqualTo(404));
        await stranger.SeesAsync("Payment not found", "This payment does not exist");
    }

    private async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        var payment = await Provider.PaymentAsync(attempt.Reference);
        Assert.That(order.PaymentStatus, Is.EqualTo("Paid"));
        Assert.That(order.PaidDateUtc, Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That((order.PaidEvents, order.PaidMails), Is.EqualTo((1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).Contains(attempt.Reference));
        Assert.That(order.Notes, Has.Exactly(1).EqualTo(
            $"Crypto payment received: 12.5 {attempt.Coin}. Reference {attempt.Reference}, provider ID {payment.Id}, attempt 1."));
        Assert.That((await Store.Database.AttemptsAsync(attempt.OrderId)).Single().Status, Is.EqualTo(AttemptStatus.Paid));
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.True);
    }
}
