using System.Net;
using System.Security.Cryptography;
using System.Text;
using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What webhooks can and cannot do.</summary>
internal sealed class WebhookTests : ShopFixture
{
    /// <summary>
    /// The platform's background user, as whom webhooks are worked on, is made once; real stores have it from the start. Refused
    /// webhooks are logged once a minute: two quiet minutes later the next one has a line of its own again.
    /// </summary>
    [SetUp]
    public async Task ForgetEarlierWebhooksAsync()
    {
        using var _ = await Store.ReceiveAsync(Store.WebhookUrl, "{}", Signed("{}"));
        for (var minute = 0; minute < 2; minute++)
        {
            await Store.LetTimePassAsync();
            await Store.RunTasksAsync();
        }
        await StartLogAsync();
    }

    /// <summary>Kinds as the simulator makes them; see build/simulators/README.md.</summary>
    [TestCase("forged")]
    [TestCase("unsigned")]
    public async Task A_webhook_without_the_providers_signature_is_refused_logged_and_changes_nothing(string kind)
    {
        var attempt = await OpenAttemptAsync();
        var before = await Store.Database.FingerprintAsync();
        var customers = await Store.CustomersAsync();

        var webhook = await Provider.SendAsync(attempt.Reference, kind);
        using var answer = await Store.ReceiveAsync(webhook);

        Assert.That(webhook.Answers, Is.EqualTo([400]));
        await AssertAnswerAsync(answer, HttpStatusCode.BadRequest);
        Assert.That(await NewLogAsync(), Is.EqualTo(
            [$"Warning: Coinskro Pay: a webhook was rejected: the signature is wrong, payment {attempt.Reference}"]));
        Assert.That(await Store.Database.FingerprintAsync(), Is.EqualTo(before));
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    [Test]
    public async Task A_genuine_webhook_about_an_unknown_payment_changes_nothing()
    {
        var attempt = await OpenAttemptAsync();
        var before = await Store.Database.FingerprintAsync();
        var customers = await Store.CustomersAsync();

        var webhook = await Provider.SendAsync(attempt.Reference, "unknown-reference");
        using var answer = await Store.ReceiveAsync(webhook);

        Assert.That(webhook.Answers, Is.EqualTo([200]));
        await AssertAnswerAsync(answer, HttpStatusCode.OK);
        Assert.That(await NewLogAsync(), Is.Empty);
        Assert.That(await Store.Database.FingerprintAsync(), Is.EqualTo(before));
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    /// <summary>The provider contradicts itself: what it says now is settled by a person, even when it completes the payment later.</summary>
    [TestCase("wrong-amount")]
    [TestCase("wrong-currency")]
    public async Task A_genuine_webhook_with_another_amount_or_currency_leaves_the_order_unpaid_for_good_and_tells_the_admin(string kind)
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();

        Assert.That((await Provider.SendAsync(attempt.Reference, kind)).Answers, Is.EqualTo([200]));
        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        await shopper.AtProviderDoAsync("Pay");
        await AllWebhooksCameAsync();
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();

        await shopper.SeesAsync("The store is reviewing your payment", "Do not pay again");
        await Expect(shopper.PayNow).ToHaveCountAsync(0);
        await AssertHeldAsync(attempt, "The provider reports a different amount, currency or payment than the quoted 12.5 USDT");
    }

    [TestCase("pay-short")]
    [TestCase("pay-over")]
    [TestCase("pay-other-currency")]
    public async Task A_payment_that_the_provider_completed_with_another_amount_or_currency_does_not_pay_the_order(string action)
    {
        await Provider.SetAsync("wrongAmount", "completed");
        var attempt = await OpenAttemptAsync();

        await Provider.ActAsync(attempt.Reference, action);

        await Store.BecomesAsync(attempt, AttemptStatus.Disputed);
        await AssertHeldAsync(attempt, "The provider reports a different amount, currency or payment than the quoted 12.5 USDT");
    }

    [Test]
    public async Task An_appeal_at_the_provider_holds_the_order_and_tells_the_admin()
    {
        var attempt = await OpenAttemptAsync();
        await Provider.ActAsync(attempt.Reference, "appeal");
        await Store.LetTimePassAsync();

        await Store.RunTasksAsync();

        await AssertHeldAsync(attempt, "Crypto payment of 12.5 USDT is disputed at the provider (in-appeal)");
    }

    [Test]
    public async Task A_doubled_webhook_is_answered_twice_and_acted_on_once()
    {
        var attempt = await OpenAttemptAsync();
        await Provider.ActAsync(attempt.Reference, "pay", new() { ["webhook"] = false });
        var stored = (await Store.Database.WebhooksAsync(attempt)).Count;

        await Provider.SendAsync(attempt.Reference, "double");

        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        Assert.That((await Provider.DeliveriesAsync()).TakeLast(2).SelectMany(delivery => delivery.Answers), Is.EqualTo([200, 200]));
        Assert.That(await Store.Database.WebhooksAsync(attempt), Has.Count.EqualTo(stored + 1));
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task An_old_webhook_sent_again_is_accepted_and_changes_nothing()
    {
        var attempt = await OpenAttemptAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await AllWebhooksCameAsync();
        var before = await Store.Database.FingerprintAsync();

        Assert.That((await Provider.SendAsync(attempt.Reference, "old")).Answers, Is.EqualTo([200]));

        Assert.That(await Store.Database.FingerprintAsync(), Is.EqualTo(before));
    }

    /// <summary>The provider gives 5 s. Its status endpoint hangs meanwhile.</summary>
    [Test]
    public async Task A_webhook_is_answered_in_time_when_the_status_cannot_be_read_and_the_task_does_the_rest()
    {
        var attempt = await OpenAttemptAsync();
        await Provider.FaultAsync("info", "hold");
        await Provider.ActAsync(attempt.Reference, "pay", new() { ["webhook"] = false });

        Assert.That((await Provider.SendAsync(attempt.Reference, "correct")).Answers, Is.EqualTo([200]));
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Pending"));
        Assert.That((await Store.Database.WebhooksAsync(attempt))[^1], Is.False, "it stays to be done");
        await Provider.ClearFaultsAsync();
        await Store.RunTasksAsync();

        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1));
        Assert.That(await Store.Database.WebhooksAsync(attempt), Has.All.True);
    }

    [Test]
    public async Task A_body_over_64_KB_is_refused_even_when_it_is_signed()
    {
        var customers = await Store.CustomersAsync();
        var body = $$"""{"event_id":"{{new string('x', 64 * 1024)}}"}""";

        using var answer = await Store.ReceiveAsync(Store.WebhookUrl, body, Signed(body));

        await AssertAnswerAsync(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    [Test]
    public async Task A_webhook_for_an_unknown_gateway_is_not_found()
    {
        var customers = await Store.CustomersAsync();
        using var answer = await Store.ReceiveAsync($"{Store.Address}Plugins/CryptoGateways/Webhook/nobody", "{}", Signed("{}"));

        await AssertAnswerAsync(answer, HttpStatusCode.NotFound);
        Assert.That(await NewLogAsync(), Is.Empty);
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    [TestCase("not JSON")]
    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    public async Task A_body_that_is_no_webhook_is_refused_even_when_it_is_signed(string body)
    {
        var customers = await Store.CustomersAsync();
        using var answer = await Store.ReceiveAsync(Store.WebhookUrl, body, Signed(body));

        await AssertAnswerAsync(answer, HttpStatusCode.BadRequest);
        Assert.That(await NewLogAsync(), Has.Count.EqualTo(1).And.All.StartsWith("Warning: Coinskro Pay: a webhook was rejected"));
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    [Test]
    public async Task A_webhook_that_pays_an_order_sets_no_cookie_and_makes_no_customer()
    {
        await Provider.SetAsync("webhooks", "lost");
        var attempt = await OpenAttemptAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        var customers = await Store.CustomersAsync();

        using var answer = await Store.ReceiveAsync((await Provider.DeliveriesAsync())[^1]);

        await AssertAnswerAsync(answer, HttpStatusCode.OK);
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Paid"));
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }

    /// <summary>An attempt whose page at the provider is open; no webhook about that is on its way any more.</summary>
    private async Task<Attempt> OpenAttemptAsync()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await AllWebhooksCameAsync();
        return attempt;
    }

    private Task AllWebhooksCameAsync() =>
        Poll.UntilAsync(Provider.DeliveriesAsync, deliveries => deliveries.All(delivery => delivery.State != "waiting"), "no webhook is on its way");

    private async Task AssertHeldAsync(Attempt attempt, string note)
    {
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Pending", 0)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith(note).And.Contains(attempt.Reference));
        Assert.That(await NewLogAsync(), Has.Exactly(1).StartsWith($"Warning: Order {attempt.OrderId}: {note}"));
        Assert.That((await Store.Database.AttemptsAsync(attempt.OrderId)).Single().Status, Is.EqualTo(AttemptStatus.Disputed));
        Assert.That(await Store.Database.ClaimAsync(attempt.OrderId), Is.Null);
    }

    /// <summary>A body, for without one the platform would answer instead; and no cookie, for who calls is nobody's browser.</summary>
    private static async Task AssertAnswerAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Has.Length.InRange(1, 40));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/plain"));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    /// <summary>base64(HMAC-SHA256(body, secret key)), as the provider documents it.</summary>
    private static Dictionary<string, string> Signed(string body) => new()
    {
        ["Content-Type"] = "application/json",
        ["X-Signature"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Provider.SecretKey), Encoding.UTF8.GetBytes(body)))
    };
}
