using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>CoinPay24 from the cart to the paid order, and what else may become of an invoice.</summary>
internal sealed class CoinPay24Tests : ShopFixture
{
    protected override Gateway Gateway { get; } = new("coinpay24", ("ApiKey", "cp24_sandbox"), ("BaseUrl", "{provider}coinpay24/v1"), ("Coins", "ANY,BTC"));

    [Test]
    public async Task A_shopper_chooses_the_coin_on_the_providers_page_pays_and_comes_back_to_a_paid_order()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderByClicksAsync("ANY");
        await Expect(shopper.Page.Locator(".amount")).ToHaveTextAsync("12.5 USD");
        await ChooseBitcoinAsync(shopper);

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task A_shopper_who_chose_bitcoin_in_the_store_is_asked_for_bitcoin_by_the_provider()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("BTC");
        await Expect(shopper.Page.Locator(".amount")).ToContainTextAsync("BTC");
        Assert.That(attempt.ExternalId, Does.Match("^[0-9]+$"), "the list has told it");

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        await AssertPaidOnceAsync(attempt);
    }

    /// <summary>The documents leave open what exactly verify_hash is made of, and which word means paid.</summary>
    [TestCase("hashAlgorithm=sha256", "hashOrder=sorted", "hashCase=upper", "callbackFields=sample")]
    [TestCase("hashAlgorithm=sha256", "hashOrder=received", "paidStatus=completed", "callbackIdField=id")]
    [TestCase("hashAlgorithm=sha512", "hashOrder=sorted", "ids=long", "callbackIdField=both")]
    [TestCase("hashAlgorithm=sha512", "hashOrder=received", "hashCase=upper", "trailingComma=true")]
    public async Task The_callback_pays_the_order_whatever_reading_of_the_documents_is_true(params string[] settings)
    {
        foreach (var setting in settings)
            await Provider.SetAsync(setting.Split('=')[0], setting.Split('=')[1]);
        var attempt = await (await NewShopperAsync()).OrderAsync("ANY");

        await Provider.ActAsync(attempt.Reference, "pay");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AssertPaidOnceAsync(attempt);
    }

    [TestCase("forged")]
    [TestCase("unsigned")]
    public async Task A_callback_without_the_providers_hash_is_refused_and_changes_nothing(string kind)
    {
        var attempt = await (await NewShopperAsync()).OrderAsync("ANY");
        var before = await Store.Database.FingerprintAsync();

        Assert.That((await Provider.SendAsync(attempt.Reference, kind)).Answers, Is.EqualTo([400]));

        Assert.That(await Store.Database.FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Without_callback_and_return_the_schedule_task_finds_the_payment_in_the_list()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await (await NewShopperAsync()).OrderAsync("ANY");
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.LetTimePassAsync();

        await Store.RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
    }

    [Test]
    public async Task An_invoice_whose_answer_was_lost_is_found_by_our_reference_and_not_made_twice()
    {
        await Provider.FaultAsync("create", "lost", times: 1);
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync("ANY");
        await shopper.ConfirmAsync();
        await shopper.SeesAsync("Payment provider unavailable", "you have not been charged");
        var order = await Store.Database.LastOrderAsync();

        var attempt = await shopper.PayNowWithAsync("ANY");

        Assert.That((await Store.Database.AttemptsAsync(order)).Select(one => one.Reference), Is.EqualTo(new[] { attempt.Reference }));
        await Provider.WaitForAsync("for=payments&count=1");
        Assert.That(await Provider.HappensAsync("for=payments&count=2", seconds: 0.1), Is.False);
    }

    [Test]
    public async Task A_payment_that_the_network_refused_is_told_and_can_be_made_again()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("ANY");
        await Provider.ActAsync(attempt.Reference, "confirm");

        await Provider.ActAsync(attempt.Reference, "invalid");

        attempt = await Store.BecomesAsync(attempt, AttemptStatus.Failed);
        Assert.That(attempt.IsWatched, Is.True, "money may still come");
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Payment failed", "you can try again");
        await Expect(shopper.PayNow).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_invoice_that_nobody_paid_in_time_is_told_and_can_be_made_again()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("ANY");

        await Provider.ActAsync(attempt.Reference, "expire");

        await Store.BecomesAsync(attempt, AttemptStatus.Expired);
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await shopper.SeesAsync("Payment expired", "do not pay again");
        await Expect(shopper.PayNow).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_shopper_who_cancels_at_the_provider_is_told_and_can_pay_again()
    {
        var shopper = await NewShopperAsync();
        await shopper.OrderAsync("ANY");

        await shopper.AtProviderDoAsync("Cancel");

        await shopper.SeesAsync("Payment cancelled", "Your order is saved");
        await Expect(shopper.PayNow).ToBeVisibleAsync();
    }

    /// <summary>The documents do not say what becomes of an invoice that was paid in part: it may wait, or count as paid.</summary>
    [TestCase("pending")]
    [TestCase("paid")]
    public async Task Half_a_payment_holds_the_order_and_the_owner_reads_how_much_came(string then)
    {
        await Provider.SetAsync("underpaidStatus", then);
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("ANY");
        await ChooseBitcoinAsync(shopper);

        await shopper.AtProviderDoAsync("Pay too little");

        if (then == "pending")
        {
            await Store.BecomesAsync(attempt, AttemptStatus.Confirming);
            await shopper.SeesAsync("Partially paid", "the amount received counts");
            await Expect(shopper.Page.Locator(".sums")).ToContainTextAsync("0.00019231 BTC");
            await Expect(shopper.Page.Locator("#pay-missing")).ToHaveTextAsync("0.000096155 BTC");
            await shopper.Page.GetByRole(AriaRole.Link, new() { Name = "Continue your payment" }).ClickAsync();
            await Expect(shopper.Page.Locator("#pay-title")).ToHaveTextAsync("Partially paid");
            await Expect(shopper.Page.Locator("#pay-received")).ToHaveTextAsync("0.000096155 BTC");
            await Expect(shopper.Page.Locator("#pay-provider")).ToBeVisibleAsync();
            await Provider.ActAsync(attempt.Reference, "expire");
        }
        // "Paid" with a shortfall contradicts itself.
        await Store.BecomesAsync(attempt, then == "paid" ? AttemptStatus.Disputed : AttemptStatus.Underpaid);
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Pending", 0)));
        Assert.That(order.Notes, Has.Exactly(1).Contains(then == "paid" ? "a different amount, currency or payment" : "Crypto payment is short: 0.000096155 BTC of 0.00019231 BTC received"));
    }

    [Test]
    public async Task More_than_was_asked_for_pays_the_order_and_the_owner_reads_how_much_came()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync("ANY");
        await ChooseBitcoinAsync(shopper);

        await shopper.AtProviderDoAsync("Pay too much");

        await shopper.SeesPaidAsync();
        await Store.BecomesAsync(attempt, AttemptStatus.Overpaid);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).Notes, Has.Exactly(1).Contains("0.00038462 BTC, which is 0.00019231 BTC (12.5 USD) more than the amount due"));
    }

    [Test]
    public async Task What_the_provider_finds_wrong_with_an_invoice_is_in_the_log()
    {
        await Provider.SetAsync("rates", "EUR=1.1,BTC=65000");
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync("ANY");
        await shopper.ConfirmAsync();

        await shopper.SeesAsync("Payment provider unavailable", "you have not been charged");
        Assert.That(await NewLogAsync(), Has.Exactly(1).Contains("CoinPay24").And.Contains("not created, Refused: answered 422: price_currency is not supported."));
    }

    private static async Task ChooseBitcoinAsync(Shopper shopper)
    {
        await shopper.Page.GetByRole(AriaRole.Button, new() { Name = "BTC", Exact = true }).ClickAsync();
        await Expect(shopper.Page.Locator(".amount")).ToContainTextAsync("BTC");
    }

    private async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        var paid = (await Store.Database.AttemptsAsync(attempt.OrderId)).Single();
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(paid.Status, Is.EqualTo(AttemptStatus.Paid));
        Assert.That(paid.ExternalId, Does.Match("^[0-9]+$"));
        Assert.That(order.Notes, Has.Exactly(1).EqualTo(
            $"Crypto payment received: 0.00019231 BTC. Reference {attempt.Reference}, provider ID {paid.ExternalId}, attempt 1."));
    }
}
