using System.Net;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

public sealed class CryptoFuseCurrentTests : CryptoFuseFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_token_is_given_to_the_client_by_header_or_by_form(bool basic)
    {
        using var answer = await AskToken(basic: basic);

        var json = (await Json(answer))!;
        Assert.That((json["token_type"]!.GetValue<string>(), json["expires_in"]!.GetValue<int>()), Is.EqualTo(("Bearer", 36000)));
        Assert.That((await Look("requests"))[0]!.ToJsonString(), Does.Not.Contain("cf_client_secret"));
    }

    [TestCase("wrong", "client_credentials", 401)]
    [TestCase("cf_client_secret", "password", 400)]
    public async Task No_token_without_the_secret_or_for_another_grant(string secret, string grant, int status)
    {
        using var answer = await AskToken(secret, grant: grant);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_price_in_dollars_becomes_an_amount_of_the_coin_and_is_found_by_order_id()
    {
        var token = await Token();
        using var created = await Current(HttpMethod.Post, "payments/", token, CurrentExample());
        var json = (await Json(created))!;
        await Control("payments/ORDER-1/pay-short");

        using var info = await Current(HttpMethod.Get, $"payments/{json["transaction_id"]}/", token);
        using var list = await Current(HttpMethod.Get, "payments/?order_id=ORDER-1", token);
        using var none = await Current(HttpMethod.Get, "payments/?order_id=ORDER-2", token);

        var read = (await Json(info))!;
        Assert.That((json["status"]!.GetValue<string>(), json["amount_crypto"]!.GetValue<decimal>()), Is.EqualTo(("waiting", 0.002m)));
        Assert.That(read["status"]!.GetValue<string>(), Is.EqualTo("partially_completed"));
        Assert.That(read["payment_history"]![0]!["amount"]!.GetValue<decimal>(), Is.EqualTo(0.001m));
        Assert.That((await Json(list))!["results"]!.AsArray().Single()!["transaction_id"]!.GetValue<string>(), Is.EqualTo(json["transaction_id"]!.GetValue<string>()));
        Assert.That((await Json(none))!["results"]!.AsArray(), Is.Empty);
    }

    [TestCase("price_currency", "EUR", 400, "invalid_request")]
    [TestCase("pay_currency", "GOLD", 422, "currency_invalid")]
    [TestCase("callback_url", "ftp://shop.test", 400, "invalid_request")]
    public async Task A_wrong_request_is_refused_in_the_current_envelope(string field, string value, int status, string code)
    {
        var body = CurrentExample();
        body[field] = value;

        using var answer = await Current(HttpMethod.Post, "payments/", await Token(), body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Json(answer))!["error"]!.AsObject().Select(f => f.Key), Is.EqualTo(new[] { "code", "message", "details" }));
        Assert.That((await Json(answer))!["error"]!["code"]!.GetValue<string>(), Is.EqualTo(code));
    }

    [Test]
    public async Task A_token_must_be_known_and_may_write_to_create()
    {
        using var unknown = await Current(HttpMethod.Post, "payments/", "guessed", CurrentExample());
        using var reader = await Current(HttpMethod.Post, "payments/", await Token("read"), CurrentExample());

        Assert.That((unknown.StatusCode, reader.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden)));
    }

    [Test]
    public async Task A_fault_has_the_shape_of_the_contract_that_was_called()
    {
        await Control("faults", new { endpoint = "create", kind = "status", status = 429 });

        using var current = await Current(HttpMethod.Post, "payments/", "any", CurrentExample());
        using var seed = await CreateSeed(Example());

        Assert.That((await Json(current))!["error"]!["code"]!.GetValue<string>(), Is.EqualTo("rate_limit_exceeded"));
        Assert.That((await Json(seed))!["error"]!.GetValue<string>(), Is.EqualTo("rate_limit_exceeded"));
        Assert.That(seed.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [TestCase("pay", "https://shop.test/success")]
    [TestCase("fail", "https://shop.test/cancel")]
    [TestCase("seen", "/payment/")]
    public async Task The_page_leads_back_when_the_payment_is_over(string button, string to)
    {
        var body = CurrentExample();
        (body["success_url"], body["cancel_url"], body["order_description"], body["is_fee_paid_by_user"]) = ("https://shop.test/success", "https://shop.test/cancel", "Order", true);
        using var created = await Current(HttpMethod.Post, "payments/", await Token(), body);

        using var form = new FormUrlEncodedContent([new("do", button)]);
        using var answer = await Http.PostAsync((await Json(created))!["payment_url"]!.GetValue<string>(), form);

        Assert.That((answer.StatusCode, answer.Headers.Location!.ToString().Contains(to)), Is.EqualTo((HttpStatusCode.SeeOther, true)));
        Assert.That((await Look("payments"))[0]!["unknownFields"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Rates_are_told_to_a_bearer_only()
    {
        var token = await Token();
        using var all = await Current(HttpMethod.Get, "rates/", token);
        using var one = await Current(HttpMethod.Get, "rates/BTC/", token);
        using var estimate = await Current(HttpMethod.Get, "rates/?amount=120&currency_from=USD&currency_to=BTC", token);
        using var stranger = await Http.GetAsync("/cryptofuse/rates/");

        Assert.That((await Json(all))!["rates"]!["BTC"]!.GetValue<decimal>(), Is.EqualTo(60000m));
        Assert.That((await Json(one))!["rate_usd"]!.GetValue<decimal>(), Is.EqualTo(60000m));
        Assert.That((await Json(estimate))!["estimated_amount"]!.GetValue<decimal>(), Is.EqualTo(0.002m));
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
