using System.Net;
using System.Text;

namespace CryptoGateways.Tests.Simulators;

/// <summary>The documents' examples answer as documented.</summary>
public sealed class CoinskroApiTests : SimulatorFixture
{
    [Test]
    public async Task The_documented_payment_is_created_with_the_documented_names()
    {
        using var answer = await Create("""{"amount": 100.00, "currency": "PI", "payment_type": "deposit", "payment_reference": "ORDER_2026_00123"}""");

        var json = (await Json(answer))!;
        var data = json["data"]!["PaymentData"]!.AsObject();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json["message"]!.GetValue<string>(), Is.EqualTo("Payment created"));
        Assert.That(data.Select(f => f.Key), Is.EqualTo(new[] { "id", "payment_reference", "amount", "currency", "payment_status", "payment_type", "created_at" }));
        Assert.That(data["amount"]!.GetValue<decimal>(), Is.EqualTo(100m));
        Assert.That(data["payment_status"]!.GetValue<string>(), Is.EqualTo("unlinked"));
        Assert.That(data["created_at"]!.GetValue<string>(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"));
        Assert.That(json["data"]!["PaymentURL"]!.GetValue<string>(), Does.StartWith($"{Http.BaseAddress}coinskro/pay?reference=ORDER_2026_00123&app="));
    }

    [Test]
    public async Task Without_a_reference_one_is_made()
    {
        using var answer = await Create("""{"amount": 100.00, "currency": "PI", "payment_type": "deposit"}""");

        Assert.That((await Json(answer))!["data"]!["PaymentData"]!["payment_reference"]!.GetValue<string>(), Does.Match("^PAY_[a-z0-9]{9}$"));
    }

    [Test]
    public async Task The_complete_example_is_accepted_and_unknown_fields_are_noted()
    {
        using var answer = await Create("""
            {
              "amount": 299.99, "currency": "PI", "payment_type": "deposit", "payment_reference": "ORD_20260206_001",
              "customer_email": "buyer@example.com", "customer_reference": "USER_789",
              "success_url": "https://mystore.com/checkout/success?order=ORD_20260206_001",
              "failure_url": "https://mystore.com/checkout/failed?order=ORD_20260206_001",
              "payment_note": "Order #ORD_20260206_001", "fee_payer": "merchant", "surprise": 1,
              "item_list": {"items": [{"name": "Wireless Headphones", "price": 249.99, "quantity": 1}, {"name": "Shipping", "price": 50.00, "quantity": 1}]},
              "meta_data": "{\"shipping_address\": \"123 Main St\", \"coupon\": \"SAVE10\"}"
            }
            """);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Look("payments/ORD_20260206_001"))["unknownFields"]!.AsArray().Select(f => f!.GetValue<string>()), Is.EqualTo(new[] { "surprise" }));
    }

    [TestCase("""{"amount": 100, "currency": "BTC", "payment_type": "deposit"}""", "Currency not supported")]
    [TestCase("""{"amount": 100, "currency": "PI"}""", "Payment type is required")]
    [TestCase("""{"amount": 100, "currency": "PI", "payment_type": "gift"}""", "Payment type not supported")]
    [TestCase("""{"amount": "100", "currency": "PI", "payment_type": "deposit"}""", "amount must be a positive number")]
    [TestCase("""{"amount": 4.99, "currency": "USDT", "payment_type": "deposit"}""", "Minimum amount for USDT is 5")]
    [TestCase("""{"amount": 100, "currency": "PI", "payment_type": "deposit", "success_url": "/back"}""", "success_url must be an absolute URL")]
    [TestCase("""{"amount": 9, "currency": "PI", "payment_type": "deposit", "item_list": {"items": [{"name": "a", "price": 1, "quantity": 2}]}}""",
        "item_list does not add up to amount")]
    public async Task A_wrong_request_is_refused_in_the_documented_envelope(string body, string message)
    {
        using var answer = await Create(body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"message":"{{message}}","data":null,"code":1001}"""));
    }

    [Test]
    public async Task A_reference_is_taken_once()
    {
        using var first = await Create(Payment("once"));
        using var second = await Create(Payment("once"));

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.BadRequest)));
    }

    [TestCase("sk_test_other", 401, "Unauthorized: Missing secret key")]
    [TestCase("sk_live_unapproved", 403, "Integration is not yet approved")]
    public async Task A_key_that_is_not_accepted_gets_the_documented_answer(string key, int status, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/coinskro/payment/create") { Content = new StringContent(Payment("k"), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", key);

        using var answer = await Http.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Json(answer))!["message"]!.GetValue<string>(), Is.EqualTo(message));
    }

    [Test]
    public async Task The_status_is_told_without_a_key_and_follows_the_payment()
    {
        await Create(Payment("ref1"));
        await Control("payments/ref1/pay");
        using var stranger = new HttpClient { BaseAddress = Http.BaseAddress };

        using var answer = await stranger.GetAsync("/coinskro/payment/info/ref1");

        var data = (await Json(answer))!["data"]!.AsObject();
        Assert.That(data.Select(f => f.Key), Is.EqualTo(new[] { "payment_reference", "amount", "currency", "payment_status", "created_at", "updated_at" }));
        Assert.That(data["payment_status"]!.GetValue<string>(), Is.EqualTo("completed"));
    }

    [Test]
    public async Task An_unknown_reference_has_no_status()
    {
        using var answer = await Info("nobody");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Json(answer))!["message"]!.GetValue<string>(), Is.EqualTo("Payment information not found"));
    }

    [TestCase("pay", "completed", "ok")]
    [TestCase("pay-short", "pending", "ok")]
    [TestCase("cancel", "cancelled", "no")]
    [TestCase("fail", "failed", "no")]
    [TestCase("leave", "linked", "no")]
    public async Task The_pay_page_sets_the_status_and_sends_the_shopper_back(string button, string status, string url)
    {
        await Create("""
            {"amount": 50, "currency": "USDT", "payment_type": "deposit", "payment_reference": "page", "success_url": "http://shop.test/ok", "failure_url": "http://shop.test/no"}
            """);
        var page = (await Look("payments/page"))["payUrl"]!.GetValue<string>();
        using var shown = await Http.GetAsync(page);

        using var back = await Http.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = button }));

        Assert.That(await shown.Content.ReadAsStringAsync(), Does.Contain("50 USDT"));
        Assert.That(back.Headers.Location, Is.EqualTo(new Uri($"http://shop.test/{url}")));
        Assert.That((await Look("payments/page"))["status"]!.GetValue<string>(), Is.EqualTo(status));
    }

    [Test]
    public async Task What_the_merchant_sent_is_kept_without_the_key()
    {
        await Create(Payment("kept"));

        var request = (await Look("requests?endpoint=create"))[0]!;

        Assert.That(request["headers"]!["Authorization"]!.GetValue<string>(), Is.EqualTo("Bearer sk_test_***"));
        Assert.That(request["body"]!.GetValue<string>(), Is.EqualTo(Payment("kept")));
    }

    [TestCase("{}", 400, "username is required")]
    [TestCase("""{"username": "john_doe", "amount": 25.00, "currency": "usdt-bep20"}""", 200, "User wallet funded successfully")]
    [TestCase("""{"username": "nobody", "amount": 25.00, "currency": "pi"}""", 404, "User not found")]
    [TestCase("""{"username": "john_doe", "amount": 1000.01, "currency": "pi"}""", 403, "Insufficient business balance")]
    public async Task A_users_wallet_is_funded_as_documented(string body, int status, string message)
    {
        using var answer = await Http.PostAsync("/coinskro/payment/fund-user", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Json(answer))!["message"]!.GetValue<string>(), Is.EqualTo(message));
    }
}
