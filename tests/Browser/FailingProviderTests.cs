using System.Text.Json.Nodes;
using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Browser;

/// <summary>Whatever the provider does, the shopper has a page with a way on, and each attempt has one payment at most.</summary>
internal sealed class FailingProviderTests : ShopFixture
{
    private const string Title = "Payment provider unavailable";
    private const string Sentence = "Your order is saved and you have not been charged. Try again";

    /// <summary>Faults of the create call, what the log calls them, and whether the provider made the payment all the same.</summary>
    private static readonly TestCaseData[] _faults =
    [
        Fault("401", "status", "BadKey: answered 401", false, new() { ["status"] = 401 }),
        Fault("403", "status", "Forbidden: answered 403", false, new() { ["status"] = 403 }),
        Fault("500", "status", "ServerError: answered 500", false, new() { ["status"] = 500 }),
        Fault("HTML", "html", "BadAnswer", false),
        Fault("HTML after the work was done", "html", "BadAnswer", true, new() { ["effect"] = "before" }),
        Fault("truncated JSON", "truncated", "BadAnswer", true),
        Fault("an empty answer", "empty", "BadAnswer", true),
        Fault("20 MB", "huge", "BadAnswer", true),
        Fault("a broken connection", "refuse", "Unreachable", false),
        Fault("an answer that is lost after the work was done", "lost", "Unreachable", true),
        Fault("20 s of silence", "delay", "Timeout: no response in time", true, new() { ["seconds"] = 20, ["effect"] = "before" })
    ];

    /// <summary>One entry a minute and cause is logged.</summary>
    [SetUp]
    public Task LetAMinutePassAsync() => Store.LetTimePassAsync();

    [TestCaseSource(nameof(_faults))]
    public async Task The_shopper_is_told_the_log_says_which_and_the_order_is_paid_later(string kind, string inLog, bool made, JsonObject more)
    {
        await Provider.FaultAsync("create", kind, times: 1, more);
        var shopper = await NewShopperAsync();

        var orderId = await shopper.OrderInVainAsync();

        await shopper.SeesAsync(Title, Sentence);
        var failed = (await Store.Database.AttemptsAsync(orderId)).Single();
        Assert.That(await NewLogAsync(), Has.Count.EqualTo(1).And.All.StartsWith(
            $"Warning: Coinskro Pay, payment {failed.Reference} of order {orderId}: not created, {inLog}"));
        Assert.That((await Provider.PaymentsAsync()).Select(payment => payment.Reference), Is.EqualTo(made ? [failed.Reference] : Array.Empty<string>()));
        await AssertPaysNowAsync(shopper, failed, made);
    }

    [Test]
    public async Task A_provider_that_is_down_is_told_and_the_order_is_paid_when_it_is_up_again()
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync();
        await Provider.GoDownAsync();

        await shopper.ConfirmAsync();

        await shopper.SeesAsync(Title, Sentence);
        var failed = (await Store.Database.AttemptsAsync(await Store.Database.LastOrderAsync())).Single();
        Assert.That(await NewLogAsync(), Has.Count.EqualTo(1).And.All.StartsWith(
            $"Warning: Coinskro Pay, payment {failed.Reference} of order {failed.OrderId}: not created, Unreachable: no response: ConnectionError"));
        await shopper.PayNow.ClickAsync();
        await shopper.SeesAsync(Title, Sentence);
        await Provider.ComeBackAsync();
        await shopper.PayNowWithAsync("USDT");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        Assert.That((await Store.OrderAsync(failed.OrderId)).PaidEvents, Is.EqualTo(1));
        Assert.That(await Provider.CreateCallsAsync(), Is.Unique);
    }

    [Test]
    public async Task A_shopper_who_gives_up_finds_retry_payment_at_the_order()
    {
        await Provider.FaultAsync("create", "status", times: 1);
        var shopper = await NewShopperAsync();
        var orderId = await shopper.OrderInVainAsync();

        await shopper.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "View order" }).ClickAsync();
        await shopper.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Retry payment" }).ClickAsync();
        await shopper.AtProviderAsync();
        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        Assert.That((await Store.OrderAsync(orderId)).PaidEvents, Is.EqualTo(1));
    }

    /// <summary>The answer to the first create was lost, so the shopper pays a second payment; then the first gets money too.</summary>
    [Test]
    public async Task A_payment_whose_answer_was_lost_stays_watched_and_its_money_is_reported()
    {
        await Provider.FaultAsync("create", "lost", times: 1);
        var shopper = await NewShopperAsync();
        var first = (await Store.Database.AttemptsAsync(await shopper.OrderInVainAsync())).Single();
        await shopper.PayNowWithAsync("USDT");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();

        await Provider.ActAsync(first.Reference, "pay", new() { ["webhook"] = false });
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        var order = await Store.OrderAsync(first.OrderId);
        Assert.That(order.PaidEvents, Is.EqualTo(1));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("The order was paid twice").And.Contains(first.Reference));
    }

    [TestCase("status", "ServerError: answered 500")]
    [TestCase("html", "BadAnswer")]
    [TestCase("truncated", "BadAnswer")]
    [TestCase("refuse", "Unreachable")]
    public async Task A_shopper_who_comes_back_while_the_status_cannot_be_read_is_told_to_wait_and_the_task_finds_the_payment(string kind, string inLog)
    {
        await Provider.LoseWebhooksAsync();
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.FaultAsync("info", kind);

        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesAsync("Waiting for your payment", "do not pay again. We keep checking");
        Assert.That(await NewLogAsync(), Has.Some.StartsWith(
            $"Warning: Coinskro Pay, payment {attempt.Reference} of order {attempt.OrderId}: status not read, {inLog}"));
        await Provider.ClearFaultsAsync();
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    /// <summary>The provider is asked before a second payment is made; when it does not answer, the first may have been paid.</summary>
    private async Task AssertPaysNowAsync(Shopper shopper, Attempt failed, bool made)
    {
        var second = await shopper.PayNowWithAsync("USDT");
        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();

        var order = await Store.OrderAsync(failed.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(await Provider.CreateCallsAsync(), Is.EqualTo([failed.Reference, second.Reference]));
        Assert.That((await Provider.PaymentsAsync()).Select(payment => payment.Reference), Is.Unique);
        Assert.That((await Store.Database.AttemptAsync(failed.Reference)).IsWatched, Is.True.Or.EqualTo(made), "what was made is watched");
    }

    private static TestCaseData Fault(string name, string kind, string inLog, bool made, JsonObject? more = null) =>
        new TestCaseData(kind, inLog, made, more ?? []).SetArgDisplayNames(name);
}
