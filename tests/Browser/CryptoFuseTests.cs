using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>From the cart to a paid order by the contract with an API key, whose page has no way back, and what may go wrong on the way.</summary>
internal sealed class CryptoFuseApiKeyTests : CryptoFusePurchases
{
    protected override Gateway Gateway { get; } =
        new("cryptofuse", ("ApiKey", "cf_test_sandbox"), ("WalletId", "550e8400-e29b-41d4-a716-446655440000"), ("BaseUrl", "{provider}cryptofuse"));

    [Test]
    public async Task The_provider_is_told_the_amount_in_coins_the_wallet_and_an_address_that_is_this_payments_own()
    {
        var attempt = await OrderAsync(await NewShopperAsync());

        var request = (await Provider.PaymentsAsync()).Single().Request;
        Assert.That(((decimal)request["amount"]!, (string?)request["currency"], (string?)request["wallet_id"]), Is.EqualTo((12.5m, "USDTTRC20", "550e8400-e29b-41d4-a716-446655440000")));
        Assert.That(((string?)request["custom_id"], (string?)request["description"]), Is.EqualTo((attempt.Reference, $"Payment for order #{attempt.OrderId}")));
        Assert.That((string?)request["callback_url"], Does.StartWith($"{Store.WebhookUrl}?token={attempt.Reference}."));
    }

    /// <summary>What becomes of it is not documented; here the provider completes it with less than was asked for.</summary>
    [Test]
    public async Task A_payment_that_is_completed_with_less_is_held_for_the_owner()
    {
        await Provider.SetAsync("wrongAmount", "completed");
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await shopper.AtProviderUseAsync("Pay too little");

        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await AssertNotPaidAsync(attempt);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await Expect(shopper.PayNow).ToHaveCountAsync(0);
    }

    [TestCase("404")]
    [TestCase("405")]
    public async Task Where_the_provider_cannot_be_asked_a_callback_calls_the_owner_and_pays_nothing(string answer)
    {
        await Provider.SetAsync("statusEndpoint", answer);
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await shopper.AtProviderUseAsync("Pay");

        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await AssertNotPaidAsync(attempt);
    }

    [Test]
    public async Task A_callback_with_another_payments_token_is_refused()
    {
        var attempt = await OrderAsync(await NewShopperAsync());
        await Provider.ActAsync(attempt.ExternalId, "pay", new() { ["webhook"] = false });
        var webhook = await Provider.SendAsync(attempt.ExternalId, "correct");
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);

        using var forged = await Store.ReceiveAsync($"{Store.WebhookUrl}?token={attempt.Reference}.{new string('0', 64)}", webhook.Body, webhook.Headers);
        using var bare = await Store.ReceiveAsync(webhook);

        Assert.That(((int)forged.StatusCode, (int)bare.StatusCode), Is.EqualTo((400, 400)));
    }
}

/// <summary>The same by the contract with OAuth2, whose page leads back.</summary>
internal sealed class CryptoFuseOAuthTests : CryptoFusePurchases
{
    protected override Gateway Gateway { get; } =
        new("cryptofuse", ("Contract", "oauth"), ("ClientId", "cf_client"), ("ClientSecret", "cf_client_secret"), ("BaseUrl", "{provider}cryptofuse"));

    [Test]
    public async Task The_provider_is_told_the_price_in_dollars_and_the_ways_back()
    {
        var attempt = await OrderAsync(await NewShopperAsync());

        var payment = (await Provider.PaymentsAsync()).Single();
        Assert.That(((decimal)payment.Request["price_amount"]!, (string?)payment.Request["pay_currency"], (string?)payment.Request["order_id"]), Is.EqualTo((12.5m, "USDTTRC20", attempt.Reference)));
        Assert.That(payment.SuccessUrl, Does.StartWith($"{Store.Address}checkout/crypto/return/{attempt.Reference}?"));
    }

    [Test]
    public async Task A_shopper_who_paid_comes_back_to_a_paid_order_when_the_callback_is_lost()
    {
        await Provider.LoseWebhooksAsync();
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderByClicksAsync(coin: null);

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_payment_that_is_over_with_less_does_not_pay_the_order_and_the_owner_is_told()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await shopper.AtProviderDoAsync("Pay too little");

        await Store.BecomesAsync(attempt, AttemptStatus.Underpaid);
        await AssertNotPaidAsync(attempt);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).Notes, Has.Some.Contains("6.25 USDTTRC20"));
    }

    [Test]
    public async Task A_payment_whose_create_answer_was_lost_is_found_and_paid()
    {
        await Provider.FaultAsync("create", "lost", times: 1);
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync("USDTTRC20");
        await shopper.ConfirmAsync();
        var attempt = (await Store.Database.AttemptsAsync(await Store.Database.LastOrderAsync())).Single();
        await Provider.ActAsync(attempt.Reference, "pay", new() { ["webhook"] = false });

        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await AssertPaidOnceAsync(await Store.BecomesAsync(attempt, AttemptStatus.Paid));
    }
}

/// <summary>What both contracts must do.</summary>
internal abstract class CryptoFusePurchases : ShopFixture
{
    [Test]
    public async Task A_shopper_pays_on_the_providers_page_and_the_callback_pays_the_order()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);
        await Expect(shopper.Page.Locator(".amount")).ToContainTextAsync("12.5");

        await shopper.AtProviderUseAsync("Pay");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
        await Provider.WaitForAsync("for=webhooks&state=delivered&count=1");
        Assert.That((await Provider.DeliveriesAsync()).Single().Answers, Is.EqualTo(new int?[] { 200 }));
        await shopper.Page.GotoAsync($"/orderdetails/{attempt.OrderId}");
        await Expect(shopper.PaymentStatus).ToHaveTextAsync("Paid");
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [TestCase("v0.9")]
    [TestCase("flow")]
    [TestCase("reference")]
    public async Task A_callback_of_every_shape_pays_the_order(string shape)
    {
        await Provider.SetAsync("callbackShape", shape);
        var attempt = await OrderAsync(await NewShopperAsync());

        await Provider.ActAsync(attempt.ExternalId, "pay");

        await AssertPaidOnceAsync(await Store.BecomesAsync(attempt, AttemptStatus.Paid));
    }

    [Test]
    public async Task Money_that_is_seen_waits_for_its_confirmations()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Provider.ActAsync(attempt.ExternalId, "seen");
        await Store.BecomesAsync(attempt, AttemptStatus.Confirming);
        await AssertNotPaidAsync(attempt);
        await Provider.ActAsync(attempt.ExternalId, "pay");

        await AssertPaidOnceAsync(await Store.BecomesAsync(attempt, AttemptStatus.Paid));
    }

    [Test]
    public async Task With_the_callback_lost_the_schedule_task_finds_the_payment()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await OrderAsync(await NewShopperAsync());
        await Provider.ActAsync(attempt.ExternalId, "pay");

        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
    }

    [TestCase("fail", AttemptStatus.Failed)]
    [TestCase("expire", AttemptStatus.Expired)]
    public async Task A_payment_that_failed_or_expired_can_be_paid_anew(string action, AttemptStatus status)
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Provider.ActAsync(attempt.ExternalId, action);
        await Store.BecomesAsync(attempt, status);
        await AssertNotPaidAsync(attempt);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.PayNow.ClickAsync();
        var second = await shopper.AtProviderAsync();
        await shopper.AtProviderUseAsync("Pay");

        await Store.BecomesAsync(second, AttemptStatus.Paid);
        Assert.That((second.OrderId, second.ExternalId), Is.EqualTo((attempt.OrderId, second.ExternalId)).And.Not.EqualTo((attempt.OrderId, attempt.ExternalId)));
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    protected static Task<Attempt> OrderAsync(Shopper shopper) => shopper.OrderAsync("USDTTRC20");

    protected async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith($"Crypto payment received: 12.5 USDTTRC20. Reference {attempt.Reference}"));
        Assert.That((await Store.Database.AttemptsAsync(attempt.OrderId)).Single().Status, Is.EqualTo(AttemptStatus.Paid));
    }

    protected async Task AssertNotPaidAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Pending", 0)));
    }
}
