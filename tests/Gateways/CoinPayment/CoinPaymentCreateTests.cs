using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// The create mutation and its responses.
/// </summary>
public sealed class CoinPaymentCreateTests : CoinPaymentFixture
{
    private static readonly CreatedPayment _documented = new(TxnId, new Uri($"https://www.coinpayments.net/index.php?cmd=checkout&id={TxnId}&key=0a1b2c3d"), "")
    {
        PayTo = new PayTo("3F1tAaz5x1HUXrCNLbtMDqcw6o5GNn4xqX", new Money(0.00038462m, "BTC")),
        ExpiresOnUtc = Now.AddSeconds(9000),
        ConfirmationsNeeded = 2
    };

    [Test]
    public async Task Create_is_a_post_of_json_with_the_token_as_bearer()
    {
        var request = await SentAsync(Request());

        Assert.That((request.Method, request.Target), Is.EqualTo(("POST", "/coinpaymentCreatePayment")));
        Assert.That(request.Headers["Authorization"], Is.EqualTo($"Bearer {Token}"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
    }

    [TestCase("", "/coinpaymentCreatePayment", "/coinpaymentCreatePayment")]
    [TestCase("", "/graphql", "/graphql")]
    [TestCase("/api/", "/graphql", "/api/graphql")]
    [TestCase("/api", "/graphql/", "/api/graphql/")]
    [TestCase("/graphql", "", "/graphql")]
    public async Task The_address_is_the_owners(string basePath, string path, string target)
    {
        var request = await SentAsync(Request(),
            (CoinPaymentSettings.BaseUrlField, Provider.Url.GetLeftPart(UriPartial.Authority) + basePath), (CoinPaymentSettings.PathField, path));

        Assert.That(request.Target, Is.EqualTo(target));
    }

    [Test]
    public async Task The_mutation_is_the_documents_with_the_plan_and_the_coin_as_variables()
    {
        var sent = JsonNode.Parse((await SentAsync(Request(coin: "BTC.BEP20"))).Body)!.AsObject();

        Assert.That(Words(sent["query"]!.GetValue<string>()), Is.EqualTo(Words(Document.Mutation)));
        Assert.That(JsonNode.DeepEquals(sent["variables"], JsonNode.Parse("""{"category":"GROUP","groupId":2,"moreLoginCount":3,"coin":"BTC.BEP20"}""")), Is.True, sent.ToJsonString());
        Assert.That(sent.Select(field => field.Key), Is.EquivalentTo(new[] { "query", "variables" }));
    }

    [Test]
    public async Task A_number_that_the_plan_leaves_out_is_not_sent() =>
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse((await SentAsync(Request(5.5m))).Body)!["variables"],
            JsonNode.Parse("""{"category":"MORE_LOGIN","moreLoginCount":1,"coin":"BTC"}""")), Is.True);

    [Test]
    public async Task Nothing_is_sent_for_a_price_that_no_plan_has()
    {
        var exception = await FaultAsync(() => Gateway.CreateAsync(Request(24.99m), Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.NotCalled, true, 0)));
        Assert.That(exception.Message, Does.Contain("24.99 USD"));
    }

    [Test]
    public async Task The_documented_answer_is_understood() => Assert.That(await CreatedAsync(_ => { }), Is.EqualTo(_documented));

    [Test]
    public async Task The_id_may_be_a_number_and_names_the_payment_when_there_is_no_transaction_id()
    {
        Assert.That(await CreatedAsync(payment => payment["id"] = 1001), Is.EqualTo(_documented));
        Assert.That((await CreatedAsync(payment => payment["txn_id"] = null)).ExternalId, Is.EqualTo("1001"));
        Assert.That((await CreatedAsync(payment => { payment["id"] = 1001; payment["txn_id"] = ""; })).ExternalId, Is.EqualTo("1001"));
        Assert.That((await CreatedAsync(payment => payment["id"] = null)).ExternalId, Is.EqualTo(TxnId));
    }

    [TestCase("timeout", "\"9000\"", 9000, 2)]
    [TestCase("timeout", "0", null, 2)]
    [TestCase("timeout", "null", null, 2)]
    [TestCase("confirms_needed", "12", 9000, 12)]
    [TestCase("confirms_needed", "\"\"", 9000, null)]
    public async Task Time_and_confirmations_may_be_missing(string field, string value, int? seconds, int? confirmations)
    {
        var created = await CreatedAsync(payment => payment[field] = JsonNode.Parse(value));

        Assert.That((created.ExpiresOnUtc, created.ConfirmationsNeeded), Is.EqualTo((seconds is null ? (DateTime?)null : Now.AddSeconds(seconds.Value), confirmations)));
    }

    [TestCase("timeout", "-1")]
    [TestCase("timeout", "\"soon\"")]
    [TestCase("confirms_needed", "\"some\"")]
    [TestCase("amount", "\"0,00038462\"")]
    public async Task A_number_that_is_none_is_a_bad_answer(string field, string value) =>
        Assert.That((await FaultAsync(() => CreatedAsync(payment => payment[field] = JsonNode.Parse(value)))).Fault, Is.EqualTo(GatewayFault.BadAnswer));

    [TestCase("0.1")]
    [TestCase("123456789.123456789012345678")]
    [SetCulture("de-DE")]
    public async Task The_amount_is_taken_to_the_last_digit_as_text_and_as_a_number(string amount)
    {
        var expected = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That((await CreatedAsync(payment => payment["amount"] = amount)).PayTo!.Due, Is.EqualTo(new Money(expected, "BTC")));
        Assert.That((await CreatedAsync(payment => payment["amount"] = JsonNode.Parse(amount))).PayTo!.Due, Is.EqualTo(new Money(expected, "BTC")));
    }

    [TestCase("https://www.coinpayments.net/a", "https://www.coinpayments.net/b", "https://www.coinpayments.net/a")]
    [TestCase("https://coinpayments.net/a", "https://www.coinpayments.net/b", "https://coinpayments.net/a")]
    [TestCase("https://coinpayments.net.evil.example/a", "https://www.coinpayments.net/b", "https://www.coinpayments.net/b")]
    [TestCase("https://evilcoinpayments.net/a", "https://evil.example/b", null)]
    [TestCase("http://www.coinpayments.net/a", "http://www.coinpayments.net/b", null)]
    [TestCase("javascript:alert(1)", null, null)]
    [TestCase("", "index.php", null)]
    [TestCase(null, null, null)]
    public async Task The_providers_page_is_a_second_way_only_on_its_own_host(string? checkout, string? status, string? page)
    {
        var created = await CreatedAsync(payment => { payment["checkout_url"] = checkout; payment["status_url"] = status; });

        Assert.That((created.CheckoutUrl?.AbsoluteUri, created.PayTo), Is.EqualTo((page, _documented.PayTo)));
    }

    [TestCase("address", "null")]
    [TestCase("address", "\"\"")]
    [TestCase("amount", "null")]
    [TestCase("amount", "\"0\"")]
    [TestCase("amount", "\"-1\"")]
    [TestCase("amount", "\"much\"")]
    public async Task An_answer_that_cannot_be_paid_may_have_made_a_payment(string field, string value)
    {
        var exception = await FaultAsync(() => CreatedAsync(payment => payment[field] = JsonNode.Parse(value)));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
    }

    [Test]
    public async Task An_answer_without_any_id_is_none() =>
        Assert.That((await FaultAsync(() => CreatedAsync(payment => { payment.Remove("id"); payment.Remove("txn_id"); }))).Fault, Is.EqualTo(GatewayFault.BadAnswer));

    /// <summary>According to the server's code, an error response contains only id and error.</summary>
    [Test]
    public async Task An_error_without_an_address_made_no_payment()
    {
        Provider.Answer = Answers.Json("""{"data":{"coinpaymentCreatePayment":{"id":"1002","error":"Amount too small, there would be nothing left!","address":null}}}""");

        var exception = await FaultAsync(() => Gateway.CreateAsync(Request(), Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.Refused, true)));
        Assert.That(exception.Message, Does.Contain("Amount too small, there would be nothing left!"));
    }

    [Test]
    public async Task An_error_beside_an_address_may_have_made_one()
    {
        var exception = await FaultAsync(() => CreatedAsync(payment => payment["error"] = "Mail not sent"));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
        Assert.That(await CreatedAsync(payment => payment["error"] = "ok"), Is.EqualTo(_documented), "CoinPayments' word for no error");
        Assert.That(await CreatedAsync(payment => payment["error"] = ""), Is.EqualTo(_documented));
    }

    [TestCase("""{"message":"Wrong token","extensions":{"classification":"UNAUTHORIZED"}}""", GatewayFault.BadKey)]
    [TestCase("""{"message":"Not yours","extensions":{"classification":"FORBIDDEN"}}""", GatewayFault.Forbidden)]
    [TestCase("""{"message":"Group not found","extensions":{"classification":"NOT_FOUND"}}""", GatewayFault.Refused)]
    [TestCase("""{"message":"groupId: must be at least 1","extensions":{"classification":"BAD_REQUEST"}}""", GatewayFault.Refused)]
    [TestCase("""{"message":"No such category","extensions":{"classification":"ValidationError"}}""", GatewayFault.Refused)]
    [TestCase("""{"message":"No such category","extensions":{"classification":{"type":"ExtendedValidationError","validatedPath":["x"]}}}""", GatewayFault.Refused)]
    [TestCase("""{"message":"INTERNAL_ERROR for 12ab","extensions":{"classification":"INTERNAL_ERROR"}}""", GatewayFault.BadAnswer)]
    [TestCase("""{"message":"Fetching failed","extensions":{"classification":"DataFetchingException"}}""", GatewayFault.BadAnswer)]
    [TestCase("""{"message":"What","extensions":{"classification":{"kind":"UNAUTHORIZED"}}}""", GatewayFault.BadAnswer)]
    [TestCase("""{"message":"What","extensions":null}""", GatewayFault.BadAnswer)]
    [TestCase("""{"message":"What"}""", GatewayFault.BadAnswer)]
    [TestCase("{}", GatewayFault.BadAnswer)]
    [TestCase("null", GatewayFault.BadAnswer)]
    public async Task Only_an_error_that_is_the_callers_ends_the_attempt(string error, GatewayFault fault)
    {
        foreach (var data in new[] { "", "\"data\":null,", "\"data\":{\"coinpaymentCreatePayment\":null}," })
        {
            Provider.Answer = Answers.Json($"{{{data}\"errors\":[{error}]}}");

            var exception = await FaultAsync(() => Gateway.CreateAsync(Request(), Settings(), default));

            Assert.That(exception.Fault, Is.EqualTo(fault), data);
            Assert.That(exception.Message, Does.Contain((JsonNode.Parse(error) as JsonObject)?["message"]?.GetValue<string>() ?? "answered with an error"));
        }
    }

    [Test]
    public async Task An_empty_list_of_errors_is_no_error()
    {
        var answer = Document.Json("created");
        answer["errors"] = new JsonArray();
        Provider.Answer = Answers.Json(answer.ToJsonString());

        Assert.That(await Gateway.CreateAsync(Request(), Settings(), default), Is.EqualTo(_documented));
    }

    [TestCase(25, true)]
    [TestCase(10, true)]
    [TestCase(5.5, true)]
    [TestCase(5.51, false)]
    [TestCase(24.999, false)]
    [TestCase(0, false)]
    public void Only_the_price_of_a_plan_is_taken(decimal price, bool takes) =>
        Assert.That(Gateway.AcceptsPrice(new Money(price, "USD"), Settings()), Is.EqualTo(takes));

    [Test]
    public void A_quote_is_in_the_stores_currency() =>
        Assert.That(Gateway.Descriptor.Coins.Select(coin => Gateway.BasisFor(coin, Settings())), Is.All.EqualTo(PriceBasis.StoreCurrency));

    private async Task<ReceivedRequest> SentAsync(PaymentRequest request, params (string Field, string Value)[] settings)
    {
        Provider.Answer = Answers.Status(400);
        await FaultAsync(() => Gateway.CreateAsync(request, Settings(settings), default));
        return Provider.Requests.Single();
    }

    private Task<CreatedPayment> CreatedAsync(Action<JsonObject> change)
    {
        var answer = Document.Json("created");
        change(answer["data"]!["coinpaymentCreatePayment"]!.AsObject());
        Provider.Answer = Answers.Json(answer.ToJsonString());
        return Gateway.CreateAsync(Request(), Settings(), default);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
