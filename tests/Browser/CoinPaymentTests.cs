using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>Purchases through CoinPayment: the store shows where to send how much, and the account behind it tells what became of it.</summary>
internal abstract partial class CoinPaymentFixture : ShopFixture
{
    /// <summary>The owner's price of the plan that costs as much as a mug.</summary>
    private const string Plans = "12.50 = GROUP, 1, 0";

    protected static readonly Gateway WithoutAccount = new("coinpayment", ("AccessToken", "orb_sandbox"), ("BaseUrl", "{provider}coinpayment"), ("Plans", Plans));

    protected static readonly Gateway WithAccount = WithoutAccount with
    {
        Settings =
        [
            .. WithoutAccount.Settings, ("ControlsAccount", "true"), ("PublicKey", "cp_public_sandbox"), ("PrivateKey", "cp_private_sandbox"),
            ("MerchantId", "cp_merchant_sandbox"), ("IpnSecret", "cp_ipn_sandbox"), ("MerchantUrl", "{provider}coinpayment/api.php")
        ]
    };

    [SetUp]
    public Task SellMugsAsync() => Provider.SetAsync("plans", "1=12.5");

    /// <summary>Buys a mug and comes to the store's own page, which names the payment by a token.</summary>
    protected async Task<Attempt> OrderAsync(Shopper shopper)
    {
        await shopper.GoToConfirmationAsync("BTC");
        await shopper.ConfirmAsync();
        await Expect(shopper.Page).ToHaveURLAsync(OwnPage());
        return (await Store.Database.AttemptsAsync(await Store.Database.LastOrderAsync())).Single();
    }

    protected async Task<Attempt> OrderAsync() => await OrderAsync(await NewShopperAsync());

    protected async Task RunTasksLaterAsync()
    {
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
    }

    protected async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).EqualTo(
            $"Crypto payment received: 0.00019231 BTC. Reference {attempt.Reference}, provider ID {attempt.ExternalId}, attempt 1."));
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.True);
    }

    [GeneratedRegex("/checkout/crypto/[0-9]+-[A-Za-z0-9_-]+$")]
    private static partial Regex OwnPage();
}

internal sealed class CoinPaymentTests : CoinPaymentFixture
{
    protected override Gateway Gateway => WithAccount;

    [Test]
    public async Task A_shopper_sends_the_coins_and_the_notification_pays_the_order_once()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);
        Assert.That(attempt.Coin, Is.EqualTo("USD"), "the quote is in the store's currency");
        Assert.That(attempt.ExternalId, Does.StartWith("CP"));

        await Provider.ActAsync(attempt.ExternalId, "confirm", new() { ["confirms"] = 2 });
        await Provider.ActAsync(attempt.ExternalId, "status", new() { ["status"] = "100" });
        await Provider.SendAsync(attempt.ExternalId, "double");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
        await shopper.Page.GotoAsync($"/orderdetails/{attempt.OrderId}");
        await Expect(shopper.PaymentStatus).ToHaveTextAsync("Paid");
        Assert.That(await NewLogAsync(), Has.None.Contains("CoinPayment"));
    }

    [Test]
    public async Task The_providers_page_is_a_second_way_to_pay()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await shopper.Page.GotoAsync(attempt.CheckoutUrl!);
        await Expect(shopper.Page.Locator(".amount")).ToHaveTextAsync("0.00019231 BTC");
        await shopper.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Pay", Exact = true }).ClickAsync();

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task Coins_that_wait_for_the_nightly_payout_pay_the_order()
    {
        var attempt = await OrderAsync();

        await Provider.ActAsync(attempt.ExternalId, "queue");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task Coins_that_were_seen_are_on_their_way_and_pay_nothing_yet()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Provider.ActAsync(attempt.ExternalId, "confirm", new() { ["confirms"] = 2 });

        await Store.BecomesAsync(attempt, AttemptStatus.Confirming);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Confirming your payment", "You can close this page");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    [Test]
    public async Task A_payment_that_fails_leaves_the_order_to_be_paid_anew()
    {
        var shopper = await NewShopperAsync();
        var first = await OrderAsync(shopper);

        await Provider.ActAsync(first.ExternalId, "fail");

        await Store.BecomesAsync(first, AttemptStatus.Canceled);
        await shopper.OpenOrderPageAsync(first.OrderId);
        await shopper.SeesAsync("Payment cancelled", "Your order is saved");
        await shopper.ChooseAsync("BTC");
        await shopper.PayNow.ClickAsync();
        var second = await Poll.UntilAsync(() => Store.Database.AttemptsAsync(first.OrderId), attempts => attempts is [_, { Status: AttemptStatus.AwaitingPayment }], "a second attempt");
        await Provider.ActAsync(second[1].ExternalId, "pay");
        await Store.BecomesAsync(second[1], AttemptStatus.Paid);
        Assert.That((await Store.OrderAsync(first.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task A_payment_that_nobody_pays_expires_by_itself()
    {
        await Provider.SetAsync("timeoutSeconds", "1");
        var shopper = await NewShopperAsync();

        var attempt = await OrderAsync(shopper);

        await Store.BecomesAsync(attempt, AttemptStatus.Expired);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Payment expired", "do not pay again");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    [Test]
    public async Task Half_the_coins_are_no_payment_and_call_the_admin_when_the_time_is_over()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Provider.ActAsync(attempt.ExternalId, "pay-short");
        await Provider.WaitForAsync("for=webhooks&state=delivered&count=1");
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
        await Provider.ActAsync(attempt.ExternalId, "expire");

        await Store.BecomesAsync(attempt, AttemptStatus.Underpaid);
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Pending", 0)));
        Assert.That(order.Notes, Has.Exactly(1).Match("^Crypto payment is short: 0\\.[0-9]+ BTC of 0\\.[0-9]+ BTC received"));
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Partially paid", "the amount received counts");
    }

    [Test]
    public async Task More_coins_than_asked_for_pay_the_order_and_are_told()
    {
        var attempt = await OrderAsync();

        await Provider.ActAsync(attempt.ExternalId, "pay-over");

        await Store.BecomesAsync(attempt, AttemptStatus.Overpaid);
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Paid", 1)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("Crypto payment received: 0.00038462 BTC, which is 0.00019231 BTC (12.5 USD) more than the amount due"));
    }

    [Test]
    public async Task Coins_that_come_after_the_time_pay_an_order_that_is_still_open()
    {
        var attempt = await OrderAsync();

        await Provider.ActAsync(attempt.ExternalId, "pay-late");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task A_payment_of_other_coins_than_were_quoted_is_held()
    {
        var attempt = await OrderAsync();

        await Provider.ActAsync(attempt.ExternalId, "status", new() { ["status"] = "100", ["amount"] = "0.0001" });

        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
    }

    [TestCase("forged")]
    [TestCase("unsigned")]
    public async Task A_notification_that_is_not_from_the_account_is_refused(string kind)
    {
        var attempt = await OrderAsync();
        var before = await Store.Database.FingerprintAsync();

        var delivery = await Provider.SendAsync(attempt.ExternalId, kind);

        Assert.That(delivery.Answers, Is.EqualTo(new int?[] { 400 }));
        Assert.That(await Store.Database.FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task What_the_provider_refuses_to_sell_is_told_and_can_be_tried_again()
    {
        await Provider.SetAsync("providerError", "Amount too small, there would be nothing left!");
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync("LTC");
        await shopper.ConfirmAsync();

        await shopper.SeesAsync("Payment provider unavailable", "you have not been charged");
        var attempt = (await Store.Database.AttemptsAsync(await Store.Database.LastOrderAsync())).Single();
        Assert.That((attempt.Status, attempt.IsWatched), Is.EqualTo((AttemptStatus.Failed, false)), "there certainly is no payment");
        Assert.That(await NewLogAsync(), Has.Count.EqualTo(1).And.All.Contains("Refused: answered create with the error: Amount too small"));
    }

    [Test]
    public async Task A_total_that_is_no_plans_price_is_not_offered()
    {
        var shopper = await NewShopperAsync();

        await shopper.GoToPaymentMethodsAsync("Canvas bag");

        await Expect(shopper.Title).ToHaveTextAsync("Payment method");
        await Expect(shopper.Page.GetByLabel("Crypto payment")).ToHaveCountAsync(0);
    }
}

/// <summary>The coins go to somebody else's account: nothing that it says pays an order.</summary>
internal sealed class CoinPaymentWithoutAccountTests : CoinPaymentFixture
{
    protected override Gateway Gateway => WithoutAccount;

    [Test]
    public async Task A_payment_that_cannot_be_checked_waits_for_a_person()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);

        await Provider.ActAsync(attempt.ExternalId, "pay");
        await Poll.UntilAsync(Provider.DeliveriesAsync, deliveries => deliveries is [{ Answers: [400, ..] }], "the notification was refused");
        await RunTasksLaterAsync();

        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.OrderStatus), Is.EqualTo(("Pending", "Pending")));
        Assert.That((await Store.Database.AttemptAsync(attempt.Reference)).Status, Is.EqualTo(AttemptStatus.AwaitingPayment));
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=api&count=1", seconds: 0.2), Is.False, "nobody was asked");
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Waiting for your payment", "do not pay again");
    }

    [Test]
    public async Task The_owner_is_told_why_and_what_the_plans_are_for()
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.OpenConfigurationAsync("coinpayment");
        var card = owner.Page.Locator("#gateway-coinpayment");

        await Expect(card.Locator(".badge").First).ToHaveTextAsync("Ready");
        await Expect(card).ToContainTextAsync("verify each payment yourself and mark it as paid manually");
        await Expect(card).ToContainTextAsync("Minimum payment per coin: Bitcoin 0.00000546 BTC");
        var plans = owner.Page.Locator("#field-coinpayment-Plans");
        await Expect(plans).ToHaveValueAsync("12.50 = GROUP, 1, 0");
        await plans.FillAsync("12.50 = GROUP, 1, 0\n12.5 = GROUP, 2, 0");
        await owner.SaveAsync();
        await Expect(owner.MessageAt(plans)).ToContainTextAsync("wrong format. See the description below");
    }
}

/// <summary>A store that has no other payments to ask about.</summary>
internal sealed class CoinPaymentTaskTests : CoinPaymentFixture
{
    protected override Gateway Gateway => WithAccount;

    [Test]
    public async Task With_every_notification_lost_the_schedule_task_asks_about_all_payments_in_one_call()
    {
        await Provider.LoseWebhooksAsync();
        Attempt[] attempts = [await OrderAndLeaveAsync(), await OrderAndLeaveAsync()];
        foreach (var attempt in attempts)
            await Provider.ActAsync(attempt.ExternalId, "pay");

        await RunTasksLaterAsync();

        foreach (var attempt in attempts)
            await AssertPaidOnceAsync(attempt);
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=api&count=1", seconds: 1), Is.True);
        Assert.That(await Provider.HappensAsync("for=requests&endpoint=api&count=2", seconds: 0.2), Is.False);
    }

    /// <summary>The shopper closes the page, which would ask about the payment by itself.</summary>
    private async Task<Attempt> OrderAndLeaveAsync()
    {
        var shopper = await NewShopperAsync();
        var attempt = await OrderAsync(shopper);
        await shopper.Page.CloseAsync();
        return attempt;
    }
}
