using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// Payments and links of the documented examples.
/// </summary>
public sealed class CoolPayCreateTests : CoolPayFixture
{
    private const string Page = "https://payment.coolpay.com/payments/b4674ca58c6c8a2afeea105fb1b5ca22293a1dc17fa852afa0495010999c2d00";

    /// <summary>CoolPay documents no errors; this is QuickPay's.</summary>
    private const string Taken = """{"message":"Validation error","errors":{"order_id":["already exists on another payment"]},"error_code":null}""";

    [Test]
    public async Task The_documented_answers_are_a_payment_and_its_page() =>
        Assert.That(await CreateAsync(), Is.EqualTo(new CreatedPayment(Id, new Uri(Page), "initial")));

    [Test]
    public async Task Both_calls_are_json_with_an_empty_user_the_key_and_the_version()
    {
        await CreateAsync();

        Assert.That(Provider.Requests.Select(request => (request.Method, request.Target)), Is.EqualTo(new[] { ("POST", "/payments"), ("PUT", $"/payments/{Id}/link") }));
        foreach (var request in Provider.Requests)
        {
            Assert.That(request.Headers["Authorization"], Is.EqualTo(Authorization));
            Assert.That(request.Headers["Accept-Version"], Is.EqualTo("v10"));
            Assert.That(request.Headers["Content-Type"], Does.StartWith("application/json"));
        }
    }

    [Test]
    public async Task What_is_sent_is_the_documents_examples_and_what_names_the_order()
    {
        await CreateAsync();
        var (create, link) = (Sent(0), Sent(1));

        Assert.That(JsonNode.DeepEquals(create["variables"], JsonNode.Parse("""{"order_number":"2026-17","nop_order_id":"17"}""")), Is.True, create.ToJsonString());
        create.Remove("variables");
        Assert.That(JsonNode.DeepEquals(create, Document.Json("create")), Is.True, create.ToJsonString());
        foreach (var (name, value) in new[]
        {
            ("continue_url", Documented.SuccessUrl.AbsoluteUri), ("cancel_url", Documented.FailureUrl.AbsoluteUri),
            ("callback_url", WebhookUrl.AbsoluteUri), ("language", "da")
        })
        {
            Assert.That((string?)link[name], Is.EqualTo(value));
            link.Remove(name);
        }
        Assert.That(JsonNode.DeepEquals(link, Document.Json("link")), Is.True, link.ToJsonString());
    }

    [Test]
    public async Task Money_is_taken_at_once_and_by_certain_methods_only_when_the_owner_says_so()
    {
        await CreateAsync((CoolPaySettings.AutoCaptureField, "true"), (CoolPaySettings.PaymentMethodsField, "creditcard, !visa"));

        Assert.That(((string?)Sent(1)["auto_capture"], (string?)Sent(1)["payment_methods"]), Is.EqualTo(("true", "creditcard, !visa")));
    }

    [Test]
    public async Task The_links_fields_may_be_written_without_underscores()
    {
        await CreateAsync((CoolPaySettings.LinkNamesField, CoolPaySettings.LinkNamesJoined), (CoolPaySettings.AutoCaptureField, "true"));

        Assert.That(Sent(1).Select(field => field.Key), Is.EquivalentTo(new[] { "amount", "continueurl", "cancelurl", "callbackurl", "autocapture", "language" }));
    }

    [TestCase("12.50", "USD", 1250)]
    [TestCase("1250", "JPY", 1250)]
    [TestCase("1.234", "KWD", 1234)]
    [TestCase("1.2345", "CLF", 12345)]
    [TestCase("0.01", "EUR", 1)]
    [TestCase("9999999.99", "EUR", 999999999)]
    [TestCase("999999999", "JPY", 999999999)]
    [SetCulture("de-DE")]
    public async Task An_amount_counts_the_currencys_smallest_unit(string amount, string currency, int minor)
    {
        var price = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency);
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("created").Replace("DKK", currency)), Answers.Json(Document.Text("linked")));

        await Gateway.CreateAsync(Documented with { Amount = price }, Settings(), default);

        Assert.That(Sent(1)["amount"]!.ToJsonString(), Is.EqualTo($"{minor}"));
        Assert.That(Gateway.AcceptsPrice(price, Settings()), Is.True);
    }

    [TestCase("0", "EUR")]
    [TestCase("-1", "EUR")]
    [TestCase("10000000", "EUR")]
    [TestCase("1000000000", "JPY")]
    [TestCase("79228162514264337593543950335", "EUR")]
    public async Task An_amount_of_more_than_nine_digits_or_none_is_neither_offered_nor_asked(string amount, string currency)
    {
        var price = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency);

        Assert.That(Gateway.AcceptsPrice(price, Settings()), Is.False);
        var exception = await FaultAsync(() => Gateway.CreateAsync(Documented with { Amount = price }, Settings(), default));
        Assert.That((exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task A_fraction_of_the_smallest_unit_is_not_asked() =>
        Assert.That((await FaultAsync(() => Gateway.CreateAsync(Documented with { Amount = new Money(1.005m, "EUR") }, Settings(), default))).CreatedNothing, Is.True);

    [Test]
    public async Task A_payment_whose_answer_was_lost_is_gone_on_with()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Taken, 400), Answers.Json($"[{Document.Text("created")}]"), Answers.Json(Document.Text("linked")));

        var created = await Gateway.CreateAsync(Documented, Settings(), default);

        Assert.That(created, Is.EqualTo(new CreatedPayment(Id, new Uri(Page), "initial")));
        Assert.That(Provider.Requests.Select(request => (request.Method, request.Target)),
            Is.EqualTo(new[] { ("POST", "/payments"), ("GET", "/payments?order_id=1001"), ("PUT", $"/payments/{Id}/link") }));
    }

    [Test]
    public async Task An_order_id_that_is_said_to_be_taken_and_is_not_found_made_nothing()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Taken, 400), Answers.Json("[]"));

        var exception = await FaultAsync(() => Gateway.CreateAsync(Documented, Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Refused, true, 2)));
    }

    [TestCase(429)]
    [TestCase(403)]
    [TestCase(500)]
    public async Task A_payment_that_exists_and_cannot_be_read_may_be_paid(int status)
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Taken, 400), Answers.Json("{}", status));

        Assert.That((await FaultAsync(() => Gateway.CreateAsync(Documented, Settings(), default))).CreatedNothing, Is.False);
    }

    [Test]
    public async Task A_payment_that_exists_and_whose_link_is_refused_may_be_paid()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Taken, 400), Answers.Json($"[{Document.Text("payment")}]"), Answers.Json("""{"message":"wrong state"}""", 400));

        Assert.That((await FaultAsync(() => Gateway.CreateAsync(Documented, Settings(), default))).CreatedNothing, Is.False);
    }

    [TestCase(400, true)]
    [TestCase(401, true)]
    [TestCase(500, false)]
    public async Task A_payment_without_a_link_cannot_be_paid(int status, bool createdNothing)
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("created")), Answers.Json("""{"message":"Validation error"}""", status));

        Assert.That((await FaultAsync(() => Gateway.CreateAsync(Documented, Settings(), default))).CreatedNothing, Is.EqualTo(createdNothing));
    }

    [TestCase("created", "\"1001\"", "\"1002\"")]
    [TestCase("created", "\"DKK\"", "\"EUR\"")]
    [TestCase("created", "99685196", "null")]
    [TestCase("linked", "\"url\"", "\"link\"")]
    [TestCase("linked", "https://payment.coolpay.com", "payment.coolpay.com")]
    public async Task An_answer_about_another_payment_than_was_sent_is_none(string document, string documented, string instead)
    {
        var answers = new[] { "created", "linked" }.Select(name => Document.Text(name).Replace(name == document ? documented : "never", instead)).ToList();
        Provider.Answer = Answers.InTurn([.. answers.Select(answer => Answers.Json(answer))]);

        var exception = await FaultAsync(() => Gateway.CreateAsync(Documented, Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
    }

    [TestCase("/v10", "/v10/payments")]
    [TestCase("/v10/", "/v10/payments")]
    public async Task The_base_address_may_have_a_path(string path, string target)
    {
        await CreateAsync((CoolPaySettings.BaseUrlField, Provider.Url.GetLeftPart(UriPartial.Authority) + path));

        Assert.That(Provider.Requests[0].Target, Is.EqualTo(target));
    }

    [TestCase("", true)]
    [TestCase("creditcard, !visa", true)]
    [TestCase("3d-dankort,mobile_pay", true)]
    [TestCase("creditcard;visa", false)]
    [TestCase("\"creditcard\"", false)]
    public void Payment_methods_are_words_and_commas(string value, bool valid) =>
        Assert.That(CoolPaySettings.Fields.Single(field => field.Name == CoolPaySettings.PaymentMethodsField).IsWellFormed(value), Is.EqualTo(valid));

    private Task<CreatedPayment> CreateAsync(params (string Field, string Value)[] settings)
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("created"), 201), Answers.Json(Document.Text("linked")));
        return Gateway.CreateAsync(Documented, Settings(settings), default);
    }

    private JsonObject Sent(int call) => JsonNode.Parse(Provider.Requests[call].Body)!.AsObject();
}
