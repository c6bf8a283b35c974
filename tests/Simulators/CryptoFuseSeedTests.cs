using System.Net;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

public sealed class CryptoFuseSeedTests : CryptoFuseFixture
{
    [Test]
    public async Task The_seeds_example_answers_with_the_seeds_names()
    {
        using var answer = await CreateSeed(Example());

        var json = (await Json(answer))!.AsObject();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json.Select(f => f.Key), Is.EqualTo(new[] { "payment_id", "amount", "currency", "address", "expiry_time", "wallet_id", "status", "payment_url" }));
        Assert.That(Guid.Parse(json["payment_id"]!.GetValue<string>()).Version, Is.EqualTo(4));
        Assert.That(json["amount"]!.GetValue<decimal>(), Is.EqualTo(100m));
        Assert.That(json["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That(json["expiry_time"]!.GetValue<string>(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
    }

    [Test]
    public async Task The_payment_page_is_optional()
    {
        await Control("settings", new { paymentPage = "false" });

        using var answer = await CreateSeed(Example());

        Assert.That((await Json(answer))!.AsObject().ContainsKey("payment_url"), Is.False);
    }

    [TestCase("amount", "100", 400, "invalid_request")]
    [TestCase("amount", 0, 400, "invalid_request")]
    [TestCase("callback_url", "http://your-site.com/callback", 400, "invalid_request")]
    [TestCase("wallet_id", "550e8400-e29b-11d4-a716-446655440000", 400, "invalid_request")]
    [TestCase("wallet_id", "f47ac10b-58cc-4372-a567-0e02b2c3d479", 404, "wallet_not_found")]
    [TestCase("currency", "GOLD", 422, "currency_invalid")]
    [TestCase("custom_id", "12345678901234567890123456789012345678901234567890123456789012345", 400, "invalid_request")]
    public async Task What_the_documents_forbid_is_refused_with_their_code(string field, object value, int status, string code)
    {
        var body = Example();
        body[field] = JsonValue.Create(value);

        using var answer = await CreateSeed(body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Json(answer))!["error"]!.GetValue<string>(), Is.EqualTo(code));
        Assert.That((await Look("payments")).AsArray(), Is.Empty);
    }

    [TestCase("another", 401, "unauthorized")]
    [TestCase("cf_test_readonly", 403, "forbidden")]
    public async Task A_key_is_checked_and_not_recorded(string key, int status, string code)
    {
        await Control("settings", new { errorShape = "code" });

        using var answer = await CreateSeed(Example(), key);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Json(answer))!["code"]!.GetValue<string>(), Is.EqualTo(code));
        Assert.That((await Look("requests"))[0]!.ToJsonString(), Does.Not.Contain(key));
    }

    [Test]
    public async Task Beyond_the_limit_the_answer_says_when_to_come_again()
    {
        await Control("settings", new { createsPerMinute = "1" });
        using var first = await CreateSeed(Example());
        using var second = await CreateSeed(Example());

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.TooManyRequests)));
        Assert.That((await Json(second))!["error"]!.GetValue<string>(), Is.EqualTo("rate_limit_exceeded"));
        Assert.That(second.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
    }

    [TestCase("on", 200)]
    [TestCase("404", 404)]
    [TestCase("405", 405)]
    public async Task The_status_can_be_read_if_the_setting_allows(string setting, int status)
    {
        await Control("settings", new { statusEndpoint = setting });
        using var created = await CreateSeed(Example());
        await Control("payments/ORDER-12345/pay");

        using var answer = await InfoSeed((await Json(created))!["payment_id"]!.GetValue<string>());

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        if (status == 200)
            Assert.That((await Json(answer))!["status"]!.GetValue<string>(), Is.EqualTo("completed"));
    }

    [TestCase("pay", "completed")]
    [TestCase("pay-short", "pending")]
    [TestCase("pay-over", "completed")]
    [TestCase("pay-late", "completed")]
    [TestCase("seen", "confirming")]
    [TestCase("expire", "expired")]
    [TestCase("fail", "failed")]
    public async Task An_action_leads_to_a_status_of_the_seed(string action, string status)
    {
        using var created = await CreateSeed(Example());

        var payment = await Control($"payments/ORDER-12345/{action}");

        Assert.That(payment!["status"]!.GetValue<string>(), Is.EqualTo(status));
    }

    [Test]
    public async Task Confirmations_are_counted_until_it_is_completed()
    {
        using var created = await CreateSeed(Example());

        var steps = new List<string>();
        for (var step = 0; step < 3; step++)
            steps.Add($"{await Control("payments/ORDER-12345/confirm") is var p} {p!["confirmations"]} {p["status"]}");

        Assert.That(steps, Is.EqualTo(new[] { "True 1 confirming", "True 2 confirming", "True 3 completed" }));
    }

    [Test]
    public async Task The_payment_page_shows_the_address_and_takes_the_payment()
    {
        using var created = await CreateSeed(Example());
        var json = (await Json(created))!;
        var page = json["payment_url"]!.GetValue<string>();
        using var shown = await Http.GetAsync(page);

        using var paid = await Http.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "pay" }));

        Assert.That(await shown.Content.ReadAsStringAsync(), Does.Contain(json["address"]!.GetValue<string>()));
        Assert.That((await Look("payments/ORDER-12345"))["status"]!.GetValue<string>(), Is.EqualTo("completed"));
    }

    [TestCase("cf_test_sandbox", HttpStatusCode.OK)]
    [TestCase("another", HttpStatusCode.Unauthorized)]
    public async Task Wallets_are_listed_to_a_known_key(string key, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cryptofuse/wallets");
        request.Headers.Add("X-API-Key", key);

        using var answer = await Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }
}
