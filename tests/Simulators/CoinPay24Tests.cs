using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.CoinPay24;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoGateways.Tests.Simulators;

/// <summary>The page's examples answer as the page says, and what it forbids is refused.</summary>
public sealed class CoinPay24Tests : SimulatorFixture
{
    private const string Key = "cp24_sandbox";
    private readonly ManualTime _time = new();

    protected override string ProviderName => "coinpay24";

    protected override TimeProvider Time => _time;

    [Test]
    public async Task Create_answers_the_time_and_the_address_and_no_id()
    {
        using var answer = await Post("create", Example("14037"));

        var json = (await Json(answer))!.AsObject();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json.Select(f => f.Key), Is.EqualTo(new[] { "created_at", "payment_url" }));
        Assert.That(json["created_at"]!.GetValue<string>(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$"));
        Assert.That(json["payment_url"]!.GetValue<string>(), Does.Match("/coinpay24/invoice/[0-9a-f]{32}$"));
    }

    [TestCase("clockAheadMinutes", 32)]
    [TestCase("clockBehindMinutes", -32)]
    public async Task The_providers_clock_may_be_wrong_in_its_header_and_in_what_it_tells(string setting, int minutes)
    {
        await Control("settings", new Dictionary<string, string> { [setting] = "32" });

        using var answer = await Post("create", Example("14037"));

        var clock = _time.GetUtcNow().AddMinutes(minutes);
        Assert.That(answer.Headers.Date, Is.EqualTo(clock));
        Assert.That(DateTimeOffset.Parse((await Json(answer))!["created_at"]!.GetValue<string>(), CultureInfo.InvariantCulture), Is.EqualTo(clock));
    }

    [Test]
    public async Task Json_is_taken_as_well_and_the_key_is_not_kept()
    {
        using var answer = await Http.PostAsync("/coinpay24/v1/invoices/create", new StringContent(
            """{"api_key":"cp24_sandbox","order_id":7,"price_amount":"10.50","price_currency":"EUR"}""", Encoding.UTF8, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Look("payments/7"))["amount"]!.GetValue<decimal>(), Is.EqualTo(10.5m));
        Assert.That(await Http.GetStringAsync("/control/coinpay24"), Does.Not.Contain("api_key\\\":\\\"cp24").And.Contain("api_key\\\":\\\"***"));
    }

    [TestCase("order_id", "", "order_id is required.")]
    [TestCase("price_amount", "0", "price_amount must be a positive number.")]
    [TestCase("price_amount", "1,5", "price_amount must be a positive number.")]
    [TestCase("price_currency", "XXX", "price_currency is not supported.")]
    [TestCase("callback_url", "/back", "callback_url must be a valid URL.")]
    public async Task An_invalid_invoice_is_422_with_error_message(string field, string value, string message)
    {
        using var answer = await Post("create", Example("1", (field, value)));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That((await Json(answer))!["error_message"]!.GetValue<string>(), Is.EqualTo(message));
    }

    [TestCase(150, 200)]
    [TestCase(151, 422)]
    public async Task A_title_has_at_most_150_characters(int length, int status)
    {
        using var answer = await Post("create", Example("1", ("title", new string('t', length))));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("")]
    [TestCase("other")]
    public async Task A_wrong_key_is_401(string key)
    {
        using var answer = await Post("create", Example("1", ("api_key", key)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Checkout_chooses_the_coin_and_get_tells_it()
    {
        using var created = await Post("create", Example("14037"));
        var before = await List();
        var id = before["invoices"]![0]!["id"]!.GetValue<long>();

        using var checkout = await Post($"{id}/checkout", [("pay_currency", "BTC"), ("purchaser_email", "a@b.test")]);
        using var got = await Post($"{id}");

        var chosen = (await Json(checkout))!.AsObject();
        Assert.That(before["invoices"]![0]!.AsObject().Select(f => f.Key), Is.EqualTo(new[] { "id", "status", "price_currency", "price_amount", "created_at", "order_id", "payment_url" }));
        Assert.That(chosen.Select(f => f.Key), Is.EqualTo(new[]
        {
            "id", "order_id", "pay_amount", "pay_currency", "payment_address", "payment_url", "price_amount", "price_currency", "status", "created_at", "expire_at"
        }));
        Assert.That(chosen["pay_amount"]!.GetValue<string>(), Is.EqualTo("0.00153847"));
        Assert.That(chosen["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That((await Json(got))!["underpaid_amount"]!.GetValue<string>(), Is.EqualTo("0"));
    }

    [Test]
    public async Task Lists_have_pages_and_bounds()
    {
        for (var i = 1; i <= 3; i++)
            (await Post("create", Example($"{i}"))).Dispose();

        var page = await List("&per_page=2&page=2&sort=created_at_asc");
        using var tooMany = await Post("", [("per_page", "101")]);
        var none = await List("&created_at[to]=2026-02-05");

        Assert.That(page["invoices"]!.AsArray().Single()!["order_id"]!.GetValue<string>(), Is.EqualTo("3"));
        Assert.That(page["total_pages"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That((int)tooMany.StatusCode, Is.EqualTo(422));
        Assert.That(none["total_invoices"]!.GetValue<int>(), Is.Zero);
    }

    [Test]
    public async Task More_than_the_limit_is_429_until_the_time_is_over()
    {
        await Control("settings", new { invoicesPerHour = "1" });
        using var first = await Post("create", Example("1"));
        using var second = await Post("create", Example("2"));
        _time.Advance(TimeSpan.FromHours(1));
        using var third = await Post("create", Example("3"));

        Assert.That(new[] { (int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode }, Is.EqualTo(new[] { 200, 429, 200 }));
    }

    [Test]
    public async Task An_unpaid_invoice_expires_20_minutes_after_the_choice_of_the_coin()
    {
        (await Post("create", Example("1"))).Dispose();
        _time.Advance(TimeSpan.FromMinutes(19));
        await Control("payments/1/choose");
        _time.Advance(TimeSpan.FromMinutes(19));
        var before = (await Look("payments/1"))["status"]!.GetValue<string>();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Look("wait?for=payments&state=expired");

        Assert.That(before, Is.EqualTo("pending"));
    }

    [Test]
    public async Task Without_a_life_an_invoice_never_expires()
    {
        await Control("settings", new { lifeMinutes = "0" });
        using var created = await Post("create", Example("1"));
        await Control("payments/1/choose");

        _time.Advance(TimeSpan.FromDays(40));

        Assert.That((await Look("payments/1"))["status"]!.GetValue<string>(), Is.EqualTo("pending"));
    }

    [TestCase("pay", "paid", "0", "0")]
    [TestCase("pay-short", "pending", "0.00076923", "0")]
    [TestCase("pay-over", "paid", "0", "0.00153847")]
    [TestCase("pay-twice", "paid", "0", "0.00153847")]
    [TestCase("pay-late", "paid", "0", "0")]
    [TestCase("cancel", "canceled", "0", "0")]
    public async Task An_action_is_seen_in_the_status_and_the_amounts(string action, string status, string under, string over)
    {
        (await Post("create", Example("1"))).Dispose();
        var id = (await List())["invoices"]![0]!["id"]!.GetValue<long>();

        await Control($"payments/1/{action}", action == "pay-short" ? new { amount = "0.00076924" } : null);

        using var got = await Post($"{id}");
        var json = (await Json(got))!;
        Assert.That((json["status"]!.GetValue<string>(), json["underpaid_amount"]!.GetValue<string>(), json["overpaid_amount"]!.GetValue<string>()),
            Is.EqualTo((status, under, over)));
    }

    [Test]
    public async Task The_shopper_chooses_a_coin_pays_and_comes_back()
    {
        using var created = await Post("create", Example("1", ("success_url", "http://shop.test/ok")));
        var url = (await Json(created))!["payment_url"]!.GetValue<string>();
        var choice = await Http.GetStringAsync(url);

        using var chosen = await Http.PostAsync(url, Form(("do", "choose-LTC")));
        var page = await Http.GetStringAsync(url);
        using var paid = await Http.PostAsync(url, Form(("do", "pay")));

        Assert.That(choice, Does.Contain("value=\"choose-LTC\"").And.Not.Contain("value=\"pay\""));
        Assert.That(chosen.Headers.Location, Is.EqualTo(new Uri(url)));
        Assert.That(page, Does.Contain("1.25 LTC"));
        Assert.That(paid.Headers.Location, Is.EqualTo(new Uri("http://shop.test/ok")));
    }

    /// <summary>Computed by: printf '%s' "$form" | openssl dgst -sha256 -hmac API_KEY (and -sha512), with the form that CoinPay24's own plugins hash.</summary>
    [TestCase("sha256", false, "dbdfeb96db59c4e17207346edd2feced866f9e66b49a70a7e8f9d1327122e919")]
    [TestCase("sha512", true, "C18019BF112E5A860CE7BA1EF692D012C7C559C5D0B6BB2F083E9DAEFC82DD723287524106D9BA7136FDA91614553773C938A7C8FAB01E0D921C41062583EE90")]
    public void The_hash_is_an_hmac_of_the_sorted_form(string algorithm, bool upper, string hash) => Assert.That(
        CoinPay24Provider.Hash(new Dictionary<string, string>
        {
            ["txn_id"] = "309272569091632",
            ["order_id"] = "14037",
            ["status"] = "paid",
            ["price_amount"] = "1050.99",
            ["price_currency"] = "USD",
            ["pay_amount"] = "4.81849315",
            ["pay_currency"] = "BTC",
            ["created_at"] = "2014-11-03T13:07:28+00:00"
        }, "API_KEY", algorithm, sorted: true, upper), Is.EqualTo(hash));

    [TestCase("forged", true)]
    [TestCase("unsigned", false)]
    [TestCase("correct", true)]
    public async Task A_callback_is_a_form_whose_hash_is_genuine_only_when_it_should_be(string kind, bool hashed)
    {
        (await Post("create", Example("a b+1"))).Dispose();
        await Control("payments/a%20b%2B1/pay", new { webhook = false });

        var delivery = (await Control("payments/a%20b%2B1/webhook", new { kind }))![0]!;

        var body = delivery["body"]!.GetValue<string>();
        var fields = QueryHelpers.ParseQuery(body).ToDictionary(f => f.Key, f => f.Value.ToString());
        Assert.That(body, Does.Contain("order_id=a+b%2B1"));
        Assert.That(fields.Remove("verify_hash", out var hash), Is.EqualTo(hashed));
        Assert.That(hash == CoinPay24Provider.Hash(fields, Key, "sha256", sorted: true, upper: false), Is.EqualTo(kind == "correct"));
        Assert.That(fields.Keys, Is.EqualTo(new[]
        {
            "txn_id", "order_id", "status", "price_amount", "price_currency", "receive_currency", "receive_amount", "pay_amount", "pay_currency",
            "underpaid_amount", "overpaid_amount", "created_at"
        }));
    }

    [Test]
    public void Callbacks_are_sent_forty_times_over_six_days_and_more()
    {
        Assert.That(CoinPay24Provider.RetryDelays, Has.Count.EqualTo(39));
        Assert.That(CoinPay24Provider.RetryDelays.GroupBy(d => d.TotalMinutes).Select(g => (g.Key, g.Count())),
            Is.EqualTo(new[] { (1d, 5), (5d, 5), (10d, 5), (20d, 5), (30d, 5), (60d, 5), (300d, 5), (1440d, 4) }));
        Assert.That(new[] { 200, 201, 204, 302 }.Select(CoinPay24Provider.Rules.Delivered), Is.EqualTo(new[] { true, false, false, false }));
        Assert.That(new[] { 301, 302, 401, 410, 500 }.Select(CoinPay24Provider.Rules.GivesUp), Is.EqualTo(new[] { true, true, true, false, false }));
    }

    [TestCase("create")]
    [TestCase("checkout")]
    [TestCase("get")]
    [TestCase("list")]
    public async Task Every_endpoint_has_faults(string endpoint)
    {
        (await Post("create", Example("1"))).Dispose();
        var id = (await List())["invoices"]![0]!["id"]!.GetValue<long>();
        await Control("faults", new { endpoint, kind = "status", status = 503, times = 1 });

        using var answer = await Post(endpoint switch { "create" => "create", "checkout" => $"{id}/checkout", "get" => $"{id}", _ => "" }, Example("2", ("pay_currency", "BTC")));

        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That((await Json(answer))!["error_message"], Is.Not.Null);
    }

    private static (string, string)[] Example(string order, params (string, string)[] more) =>
    [
        ("order_id", order), ("price_amount", "100"), ("price_currency", "USD"), ("title", "Test Title"), ("description", "Test Description"), .. more
    ];

    private Task<HttpResponseMessage> Post(string path, params (string, string)[] fields) =>
        Http.PostAsync($"/coinpay24/v1/invoices{(path.Length > 0 ? "/" : "")}{path}", Form([("api_key", Key), .. fields]));

    private async Task<JsonNode> List(string query = "") => JsonNode.Parse(await Http.GetStringAsync($"/coinpay24/v1/invoices?api_key={Key}{query}"))!;

    /// <summary>A later field replaces an earlier one.</summary>
    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.GroupBy(f => f.Name).Select(g => KeyValuePair.Create(g.Key, g.Last().Value)));
}
