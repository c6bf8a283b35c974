using System.Globalization;
using System.Diagnostics;
using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// What many requests of strangers to each public route cost: calls to the provider, rows, customers and log entries. The figures
/// stand in docs/operations.md.
/// </summary>
internal sealed class RouteBudgetTests : ShopFixture
{
    private const int Requests = 60;

    private static readonly string[] _withToken = ["return", "pay", "state"];

    private static readonly string[] _routes = ["return", "pay", "state", "order", "bare reference", "forged token"];

    [TestCaseSource(nameof(_withToken))]
    public async Task Whoever_has_the_link_causes_one_call_in_an_interval(string route)
    {
        var (attempt, key) = await OpenPaymentAsync();
        await Store.LetTimePassAsync();

        var clock = Stopwatch.StartNew();
        Assert.That(await CallsAsync(route, attempt, key), Is.InRange(1, Most()));
        Assert.That(await CallsAsync(route, attempt, key), Is.LessThanOrEqualTo(Most()), "nothing is due, but a return may come five seconds later");
        await Store.LetTimePassAsync();
        Assert.That(await CallsAsync(route, attempt, key), Is.InRange(1, Most()));

        // Pages and states ask when the check is due, a return link once in five seconds.
        int Most() => route == "return" ? 1 + (int)(clock.Elapsed / TimeSpan.FromSeconds(5)) : 1;
    }

    [TestCaseSource(nameof(_routes))]
    public async Task A_payment_that_is_over_causes_no_call(string route)
    {
        var (attempt, key) = await OpenPaymentAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        await Provider.WaitForAsync("for=webhooks&state=delivered&count=1");
        await Store.LetTimePassAsync();

        Assert.That(await CallsAsync(route, attempt, key), Is.Zero);
    }

    [TestCase("order")]
    [TestCase("bare reference")]
    [TestCase("forged token")]
    public async Task A_stranger_causes_no_call_at_all(string route)
    {
        var (attempt, key) = await OpenPaymentAsync();
        await Store.LetTimePassAsync();

        Assert.That(await CallsAsync(route, attempt, key), Is.Zero);
    }

    [TestCaseSource(nameof(_routes))]
    public async Task No_request_leaves_a_row_a_customer_or_a_log_entry(string route)
    {
        var (attempt, key) = await OpenPaymentAsync();
        await CallsAsync("forged token", attempt, key);
        var (rows, customers) = (await Store.Database.RowsAsync(), await Store.CustomersAsync());
        await StartLogAsync();

        await CallsAsync(route, attempt, key);

        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
        Assert.That(await Store.Database.RowsAsync(), Is.EqualTo(rows));
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task Forged_webhooks_cause_no_call_no_row_and_one_log_entry()
    {
        var (attempt, _) = await OpenPaymentAsync();
        await SendForgedAsync(1);
        var (rows, customers, questions) = (await Store.Database.RowsAsync(), await Store.CustomersAsync(), await Provider.QuestionsAsync());
        await StartLogAsync();

        await SendForgedAsync(Requests);

        Assert.That((await Store.CustomersAsync(), await Provider.QuestionsAsync()), Is.EqualTo((customers, questions)));
        Assert.That(await Store.Database.RowsAsync(), Is.EqualTo(rows));
        Assert.That(await NewLogAsync(), Has.Count.LessThanOrEqualTo(1));

        async Task SendForgedAsync(int count)
        {
            for (var i = 0; i < count; i++)
                (await Store.ReceiveAsync(Store.WebhookUrl, $$"""{"event_id":"{{i}}","event_type":"payment.completed","payment_reference":"{{attempt.Reference}}"}""",
                    new Dictionary<string, string> { ["X-Signature"] = "AAAA" })).Dispose();
        }
    }

    [Test]
    public async Task A_new_address_revokes_the_old_link_and_the_providers_return_link_with_it()
    {
        var (attempt, key) = await OpenPaymentAsync();
        await Store.Database.ChangeAsync(attempt, ("TokenNonce", "renewed"));

        foreach (var route in new[] { "return", "pay", "state", "bare reference" })
            Assert.That(await StatusAsync(PathOf(route, attempt, key)), Is.EqualTo(404), route);
    }

    [Test]
    public async Task A_shoppers_host_header_changes_no_address()
    {
        using var shopper = new PlainShopper(Store, host: "evil.example");
        var (attempt, _) = await shopper.OrderAsync();

        var payment = await Provider.PaymentAsync(attempt.Reference);
        Assert.That(new[] { payment.SuccessUrl, payment.FailureUrl }, Has.All.StartsWith($"{Store.Address}checkout/crypto/return/"));
        using var page = await shopper.VisitAsync($"checkout/crypto/return/{attempt.Reference}");
        Assert.That(page.Headers.Location?.OriginalString, Does.StartWith("/checkout/"), "the shopper's browser is led by a path");
    }

    [TestCase("{0}", 304)]
    [TestCase("W/{0}", 304)]
    [TestCase("\"other\", {0}", 304)]
    [TestCase("\"other\", W/{0}", 304)]
    [TestCase("*", 304)]
    [TestCase("\"other\"", 200)]
    [TestCase("W/\"other\", \"another\"", 200)]
    [TestCase("nonsense", 200)]
    [TestCase("", 200)]
    public async Task The_state_is_sent_to_whoever_does_not_have_it_yet(string known, int status)
    {
        var (attempt, key) = await OpenPaymentAsync();
        var path = $"{Store.Address}{PathOf("state", attempt, key)}";
        using var first = await Store.VisitAsync(path);

        using var again = await Store.VisitAsync(path, known.Length == 0 ? [] : [("If-None-Match", string.Format(CultureInfo.InvariantCulture, known, first.Headers.ETag))]);

        Assert.That((int)again.StatusCode, Is.EqualTo(status));
    }

    private async Task<(Attempt Attempt, string Key)> OpenPaymentAsync()
    {
        using var shopper = new PlainShopper(Store);
        var (attempt, _) = await shopper.OrderAsync();
        var key = System.Web.HttpUtility.ParseQueryString(new Uri((await Provider.PaymentAsync(attempt.Reference)).SuccessUrl).Query)["key"]!;
        return (attempt, key);
    }

    private static string PathOf(string route, Attempt attempt, string key) => route switch
    {
        "return" => $"checkout/crypto/return/{attempt.Reference}?key={key}",
        "pay" => $"checkout/crypto/{key}",
        "state" => $"checkout/crypto/{key}/state",
        "order" => $"checkout/crypto/order/{attempt.OrderId}",
        "bare reference" => $"checkout/crypto/return/{attempt.Reference}?order={attempt.OrderId}&result=success",
        _ => $"checkout/crypto/{attempt.Id}-AAAAAAAAAAAAAAAAAAAAAA"
    };

    private async Task<int> StatusAsync(string path)
    {
        using var answer = await Store.VisitAsync($"{Store.Address}{path}");
        return (int)answer.StatusCode;
    }

    /// <summary>How many questions the provider gets while many ask at once.</summary>
    private async Task<int> CallsAsync(string route, Attempt attempt, string key)
    {
        var before = await Provider.QuestionsAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 6 },
            async (_, _) => await StatusAsync(PathOf(route, attempt, key)));
        return await Provider.QuestionsAsync() - before;
    }
}
