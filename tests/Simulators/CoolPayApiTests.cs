using System.Net;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

public sealed class CoolPayApiTests : CoolPayFixture
{
    [Test]
    public async Task The_seeds_three_steps_authorize_a_payment()
    {
        using var answer = await Send(HttpMethod.Post, "payments", new { order_id = "1001", currency = "dkk", variables = new { order = "guid" } });
        var created = (await Json(answer))!;
        var id = created["id"]!.GetValue<int>();
        var link = await Do(HttpMethod.Put, $"payments/{id}/link", new { amount = 1000, continue_url = "http://shop.test/ok", cancel_url = "http://shop.test/no" });
        using var back = await Http.PostAsync(link["url"]!.GetValue<string>(), new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "pay" }));
        var paid = await Do(HttpMethod.Get, $"payments/{id}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That($"{created["order_id"]} {created["type"]} {created["currency"]} {created["state"]} {created["accepted"]}", Is.EqualTo("1001 Payment DKK initial false"));
        Assert.That(link.AsObject().Select(f => f.Key), Is.EqualTo(new[] { "url" }));
        Assert.That(back.Headers.Location, Is.EqualTo(new Uri("http://shop.test/ok")));
        Assert.That($"{paid["state"]} {paid["accepted"]} {paid["balance"]} {paid["test_mode"]} {paid["variables"]!["order"]}", Is.EqualTo("new true 0 false guid"));
        Assert.That($"{paid["operations"]![0]!["type"]} {paid["operations"]![0]!["qp_status_code"]}", Is.EqualTo("authorize 20000"));
    }

    [TestCase(":other", "v10", 401)]
    [TestCase("user:cp_test_sandbox", "v10", 401)]
    [TestCase(":cp_test_sandbox", "v9", 400)]
    public async Task The_key_the_empty_user_and_the_version_are_checked(string user, string version, int status)
    {
        using var answer = await Send(HttpMethod.Get, "payments", user: user, version: version);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Look("requests"))[0]!["headers"]!["Authorization"]!.GetValue<string>(), Is.EqualTo("Basic ***"));
    }

    [TestCase("123", "DKK")]
    [TestCase("123456789012345678901", "DKK")]
    [TestCase("order_1", "DKK")]
    [TestCase("1001", "kroner")]
    public async Task A_payment_outside_the_documents_is_refused(string order, string currency)
    {
        using var answer = await Send(HttpMethod.Post, "payments", new { order_id = order, currency });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task An_order_id_is_taken_once_and_finds_its_payment()
    {
        var id = await Make();
        using var second = await Send(HttpMethod.Post, "payments", new { order_id = "1001", currency = "dkk" });

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Do(HttpMethod.Get, "payments?order_id=1001")).AsArray().Single()!["id"]!.GetValue<int>(), Is.EqualTo(id));
        Assert.That((await Do(HttpMethod.Get, "payments?order_id=1002")).AsArray(), Is.Empty);
    }

    [TestCase("""{"amount": 10.5}""")]
    [TestCase("""{"amount": 1000000000}""")]
    [TestCase("""{"amount": "1000"}""")]
    [TestCase("""{"amount": 1000, "continue_url": "/back"}""")]
    public async Task A_wrong_link_is_refused(string body)
    {
        using var answer = await Send(HttpMethod.Put, $"payments/{await Make()}/link", JsonNode.Parse(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("""{"amount": 1000, "auto_capture": "true", "callback_url": "http://shop.test/hook"}""")]
    [TestCase("""{"amount": 1000, "autocapture": true, "callbackurl": "http://shop.test/hook"}""")]
    public async Task Both_spellings_capture_at_once(string body)
    {
        var id = await Make();
        await Do(HttpMethod.Put, $"payments/{id}/link", JsonNode.Parse(body));
        await Control("payments/1001/pay", new { webhook = false });

        var paid = await Do(HttpMethod.Get, $"payments/{id}");

        Assert.That($"{paid["state"]} {paid["balance"]} {paid["link"]!["callback_url"]}", Is.EqualTo("processed 1000 http://shop.test/hook"));
    }

    [Test]
    public async Task A_form_is_read_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/coolpay/payments") { Content = new StringContent("order_id=1001&currency=dkk&variables[a]=b", null, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(":cp_test_sandbox"u8));
        request.Headers.Add("Accept-Version", "v10");

        using var answer = await Http.SendAsync(request);

        Assert.That((await Json(answer))!["variables"]!["a"]!.GetValue<string>(), Is.EqualTo("b"));
    }

    [Test]
    public async Task Parts_are_captured_and_refunded_and_not_more_than_there_is()
    {
        var id = await Authorized();
        await Do(HttpMethod.Post, $"payments/{id}/capture?synchronized", new { amount = 600 });
        using var tooMuch = await Send(HttpMethod.Post, $"payments/{id}/capture?synchronized", new { amount = 500 });
        await Do(HttpMethod.Post, $"payments/{id}/capture?synchronized", new { amount = 400 });
        var refunded = await Do(HttpMethod.Post, $"payments/{id}/refund?synchronized", new { amount = 250 });
        using var cancel = await Send(HttpMethod.Post, $"payments/{id}/cancel?synchronized");

        Assert.That($"{refunded["state"]} {refunded["balance"]}", Is.EqualTo("processed 750"));
        Assert.That((tooMuch.StatusCode, cancel.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
    }

    [Test]
    public async Task Without_synchronized_the_operation_is_pending_until_it_is_finished()
    {
        await Control("settings", new { operationSeconds = "0" });
        var id = await Authorized();
        using var answer = await Send(HttpMethod.Post, $"payments/{id}/cancel");
        var pending = (await Json(answer))!;
        await Control("payments/1001/finish");
        var done = await Do(HttpMethod.Get, $"payments/{id}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That($"{pending["state"]} {pending["operations"]![1]!["pending"]}", Is.EqualTo("pending true"));
        Assert.That($"{done["state"]} {done["operations"]![1]!["pending"]} {done["operations"]![1]!["qp_status_code"]}", Is.EqualTo("processed false 20000"));
    }

    [Test]
    public async Task A_declined_operation_is_answered_as_a_success()
    {
        var id = await Authorized();
        await Control("settings", new { declineOperations = "capture", statusNames = "cp" });

        using var answer = await Send(HttpMethod.Post, $"payments/{id}/capture?synchronized", new { amount = 1000 });

        var json = (await Json(answer))!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That($"{json["balance"]} {json["state"]} {json["operations"]![1]!["cp_status_code"]}", Is.EqualTo("0 new 40000"));
    }

    [Test]
    public async Task A_declined_card_can_be_followed_by_another_on_the_same_page()
    {
        var id = await Make();
        var page = (await Do(HttpMethod.Put, $"payments/{id}/link", new { amount = 1000 }))["url"]!.GetValue<string>();
        using var declined = await Http.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "decline" }));
        var rejected = await Do(HttpMethod.Get, $"payments/{id}");
        using var paid = await Http.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "pay-test" }));
        var accepted = await Do(HttpMethod.Get, $"payments/{id}");

        Assert.That($"{rejected["state"]} {rejected["accepted"]} {rejected["operations"]![0]!["qp_status_code"]}", Is.EqualTo("rejected false 40000"));
        Assert.That($"{accepted["state"]} {accepted["accepted"]} {accepted["test_mode"]}", Is.EqualTo("new true true"));
    }
}
