using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// Kill -9 of the store in the worst moments. What waits for time to pass (a dead holder's lease, the next look) gets it by
/// the store's clock.
/// </summary>
internal sealed class KilledStoreTests : ShopFixture
{
    /// <summary>How many runs of the task may be needed until everything is settled.</summary>
    private const int Runs = 2;

    protected override bool StoreForEachTest => true;

    [Test]
    public async Task Killed_before_the_created_payment_is_saved_the_attempt_stays_watched_and_a_new_one_pays_the_order()
    {
        var (shopper, first) = await KilledAtCreateAsync();
        await RunTasksAsync();

        var found = (await Store.Database.AttemptsAsync(first.OrderId)).Single();
        Assert.That((found.Status, found.IsWatched), Is.EqualTo((AttemptStatus.AwaitingPayment, true)));
        await shopper.OpenOrderPageAsync(first.OrderId);
        await shopper.SeesAsync("Payment provider unavailable", "Try again");
        var second = await shopper.PayNowWithAsync("USDT");
        await shopper.AtProviderDoAsync("Pay");

        await shopper.SeesPaidAsync();
        Assert.That((await Store.OrderAsync(first.OrderId)).PaidEvents, Is.EqualTo(1));
        Assert.That(await Provider.CreateCallsAsync(), Is.EqualTo([first.Reference, second.Reference]));
        Assert.That((await Store.Database.AttemptAsync(first.Reference)).IsWatched, Is.True, "money for it would still be seen");
    }

    [Test]
    public async Task Killed_before_the_created_payment_is_saved_its_money_still_pays_the_order()
    {
        var (_, first) = await KilledAtCreateAsync();
        await Provider.ActAsync(first.Reference, "pay", new() { ["webhook"] = false });

        await RunTasksAsync();

        await AssertPaidOnceAsync(first);
        Assert.That(await Provider.CreateCallsAsync(), Is.EqualTo([first.Reference]));
    }

    /// <summary>The claim stands in the database, the order is untouched.</summary>
    [Test]
    public async Task Killed_between_the_claim_and_the_mark_the_order_is_paid_once_by_the_task()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Store.DieAtAsync("mark-paid");
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.DiedAsync();
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.False, "claimed, not stamped");

        await Store.StartAgainAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
        await RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
    }

    /// <summary>The platform's own gap: paid, and nobody was told. A second event would send mails and points twice.</summary>
    [Test]
    public async Task Killed_inside_the_mark_the_admin_is_told_and_no_second_event_is_sent()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Store.DieAtAsync("paid-saved");
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.DiedAsync();

        await Store.StartAgainAsync();
        await RunTasksAsync();
        await RunTasksAsync();

        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 0, 0)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("The order was saved as paid, but the store stopped"));
        Assert.That(await NewLogAsync(), Has.Exactly(1).StartsWith($"Warning: Order {attempt.OrderId}: The order was saved as paid"));
        Assert.That((await Store.Database.AttemptAsync(attempt.Reference)).Status, Is.EqualTo(AttemptStatus.Paid));
    }

    [Test]
    public async Task Killed_while_it_asks_about_a_stored_webhook_the_order_is_paid_once_by_the_task()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await Provider.FaultAsync("info", "hold");
        await Provider.ActAsync(attempt.Reference, "pay");
        await Provider.WaitForAsync("for=held");
        await Store.KillAsync();
        await Provider.ClearFaultsAsync();
        Assert.That((await Store.Database.WebhooksAsync(attempt))[^1], Is.False, "stored, not acted on");

        await Store.StartAgainAsync();
        await RunTasksAsync();

        await AssertPaidOnceAsync(attempt);
    }

    /// <summary>The provider has made the payment and its answer is on the way when the store dies.</summary>
    private async Task<(Shopper Shopper, Attempt Attempt)> KilledAtCreateAsync()
    {
        await Provider.FaultAsync("create", "hold", times: 1);
        var shopper = await NewShopperAsync();
        await shopper.GoToConfirmationAsync();
        var confirm = shopper.ConfirmAsync();
        await Provider.WaitForAsync("for=held");
        await Store.KillAsync();
        await Provider.AbortHeldAsync();
        await FailsAsync(confirm);

        var attempt = (await Store.Database.AttemptsAsync(await Store.Database.LastOrderAsync())).Single();
        Assert.That((attempt.Status, attempt.ExternalId), Is.EqualTo((AttemptStatus.Creating, $"~{attempt.Reference}")));
        Assert.That((await Provider.PaymentsAsync()).Select(payment => payment.Reference), Is.EqualTo([attempt.Reference]));
        await Store.StartAgainAsync();
        return (shopper, attempt);
    }

    private async Task RunTasksAsync()
    {
        for (var run = 0; run < Runs; run++)
        {
            await Store.LetTimePassAsync();
            await Store.RunTasksAsync();
        }
    }

    private async Task AssertPaidOnceAsync(Attempt attempt)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("Crypto payment received").And.Contains(attempt.Reference));
        Assert.That((await Store.Database.AttemptAsync(attempt.Reference)).Status, Is.EqualTo(AttemptStatus.Paid));
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.True);
    }

    /// <summary>A click that leads to a server that is gone; whether the browser calls it an error depends on the moment.</summary>
    private static async Task FailsAsync(Task click)
    {
        try
        {
            await click;
        }
        catch (PlaywrightException)
        {
        }
    }
}
