using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace CryptoGateways.Tests.Gateways.Coinskro;

/// <summary>
/// Requests and responses of the documented examples.
/// </summary>
public sealed class CoinskroCallTests : CoinskroFixture
{
    /// <summary>The order of the documented complete example.</summary>
    private static readonly PaymentRequest _complete = new()
    {
        Reference = "ORD_20260206_001",
        Coin = new CoinDescriptor("PI", "Pi", 1m),
        WebhookUrl = new Uri("https://mystore.com/Plugins/CryptoGateways/Webhook/coinskro"),
        Amount = new Money(299.99m, "PI"),
        OrderId = 1,
        OrderNumber = "ORD_20260206_001",
        StoreId = 2,
        Attempt = 3,
        CustomerId = 789,
        CustomerEmail = "buyer@example.com",
        SuccessUrl = new Uri("https://mystore.com/checkout/success?order=ORD_20260206_001"),
        FailureUrl = new Uri("https://mystore.com/checkout/failed?order=ORD_20260206_001"),
        Items = [new PaymentItem("Wireless Headphones", 249.99m, 1), new PaymentItem("Shipping", 50.00m, 1)]
    };

    private static readonly PaymentRequest _documented = _complete with { Reference = "PAY_abc123xyz", Amount = new Money(100m, "PI") };

    [Test]
    public async Task Create_is_a_put_of_json_with_the_key_as_bearer()
    {
        var request = await SentAsync(_complete);

        Assert.That((request.Method, request.Target), Is.EqualTo(("PUT", "/payment/create")));
        Assert.That(request.Headers["Authorization"], Is.EqualTo($"Bearer {Key}"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
    }

    [Test]
    public async Task All_that_can_be_sent_is_the_documents_complete_example()
    {
        var sent = JsonNode.Parse((await SentAsync(_complete, (CoinskroSettings.SendEmailField, "true"), (CoinskroSettings.SendItemsField, "true"))).Body)!.AsObject();
        var documented = Document.Json("create-complete.json").AsObject();

        Assert.That(sent["customer_reference"]!.GetValue<string>(), Is.EqualTo("customer-789"));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(sent["meta_data"]!.GetValue<string>()),
            JsonNode.Parse("""{"order_id": "1", "order_number": "ORD_20260206_001", "store_id": 2, "attempt": 3}""")), Is.True, "JSON text inside the JSON");
        foreach (var ours in new[] { "customer_reference", "meta_data" })
            Assert.That((sent.Remove(ours), documented.Remove(ours)), Is.EqualTo((true, true)));
        Assert.That(JsonNode.DeepEquals(sent, documented), Is.True, sent.ToJsonString());
    }

    [Test]
    public async Task What_the_owner_did_not_allow_is_left_out()
    {
        var sent = JsonNode.Parse((await SentAsync(_documented)).Body)!.AsObject();

        Assert.That(sent.Select(field => field.Key), Is.EquivalentTo(new[]
        {
            "amount", "currency", "payment_type", "payment_reference", "customer_reference", "success_url", "failure_url", "payment_note", "fee_payer", "meta_data"
        }));
        foreach (var (name, value) in Document.Json("create-minimal.json").AsObject())
            Assert.That(JsonNode.DeepEquals(sent[name], value), Is.True, name);
    }

    [Test]
    public async Task Neither_address_nor_items_are_made_up()
    {
        var sent = (await SentAsync(_complete with { CustomerEmail = null, Items = [] }, (CoinskroSettings.SendEmailField, "true"), (CoinskroSettings.SendItemsField, "true"))).Body;

        Assert.That(sent, Does.Not.Contain("customer_email").And.Not.Contain("item_list").And.Not.Contain("null"));
    }

    [TestCase("merchant")]
    [TestCase("customer")]
    public async Task The_payer_of_the_fee_is_the_owners_choice(string payer) =>
        Assert.That(JsonNode.Parse((await SentAsync(_complete, (CoinskroSettings.FeePayerField, payer))).Body)!["fee_payer"]!.GetValue<string>(), Is.EqualTo(payer));

    [TestCase("5", "5")]
    [TestCase("12345678.91", "12345678.91")]
    [TestCase("0.000000000000000001", "0.000000000000000001")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950335")]
    [SetCulture("de-DE")]
    public async Task An_amount_is_a_json_number_to_the_last_digit(string amount, string onTheWire)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        var sent = JsonNode.Parse((await SentAsync(_complete with { Amount = new Money(value, "PI") })).Body)!["amount"]!;

        Assert.That(sent.GetValueKind(), Is.EqualTo(JsonValueKind.Number));
        Assert.That(sent.ToJsonString(), Is.EqualTo(onTheWire).Or.EqualTo(onTheWire + ".0"));
    }

    [TestCase("", "/payment/create")]
    [TestCase("/", "/payment/create")]
    [TestCase("/v2", "/v2/payment/create")]
    [TestCase("/v2/", "/v2/payment/create")]
    public async Task The_base_address_may_have_a_path(string path, string target) =>
        Assert.That((await SentAsync(_complete, (CoinskroSettings.BaseUrlField, Provider.Url.GetLeftPart(UriPartial.Authority) + path))).Target, Is.EqualTo(target));

    [Test]
    public async Task The_documented_answer_to_create_is_understood()
    {
        Provider.Answer = Answers.Json(Document.Text("created.json"));

        Assert.That(await Gateway.CreateAsync(_documented, Settings(), default), Is.EqualTo(
            new CreatedPayment("550e8400-e29b-41d4-a716-446655440000", new Uri("https://pay.coinskro.com?reference=PAY_abc123xyz&app=123..."), "unlinked")));
    }

    [TestCase("\"amount\": 100.00,", "")]
    [TestCase("\"currency\": \"PI\",", "")]
    [TestCase("\"payment_status\": \"unlinked\",", "")]
    [TestCase("\"PI\"", "\"pi\"")]
    public async Task An_answer_to_create_may_lack_what_is_not_needed(string documented, string instead)
    {
        Provider.Answer = Answers.Json(Document.Text("created.json").Replace(documented, instead));

        Assert.That((await Gateway.CreateAsync(_documented, Settings(), default)).ExternalId, Is.EqualTo("550e8400-e29b-41d4-a716-446655440000"));
    }

    [TestCase("\"550e8400-e29b-41d4-a716-446655440000\"", "\"\"")]
    [TestCase("\"550e8400-e29b-41d4-a716-446655440000\"", "null")]
    [TestCase("PAY_abc123xyz\",", "PAY_other\",")]
    [TestCase("100.00", "99.99")]
    [TestCase("100.00", "1000")]
    [TestCase("\"PI\"", "\"CSK\"")]
    [TestCase("\"PaymentURL\"", "\"URL\"")]
    [TestCase("https://pay.coinskro.com", "pay.coinskro.com/")]
    [TestCase("PaymentData", "Payment")]
    public async Task An_answer_about_another_payment_than_was_sent_is_none(string documented, string instead)
    {
        var answer = Document.Text("created.json").Replace(documented, instead);
        Assert.That(answer, Is.Not.EqualTo(Document.Text("created.json")));
        Provider.Answer = Answers.Json(answer);

        Assert.That((await FaultAsync(_documented)).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    /// <summary>The samples on the error page: some have the whole envelope, some only the message.</summary>
    [TestCase(400, """{"message": "Currency not supported", "data": null, "code": 1001}""", GatewayFault.Refused)]
    [TestCase(400, """{"message": "Payment type is required"}""", GatewayFault.Refused)]
    [TestCase(400, """{"message": "Payment type not supported"}""", GatewayFault.Refused)]
    [TestCase(401, """{"message": "Unauthorized: Missing secret key"}""", GatewayFault.BadKey)]
    [TestCase(403, """{"message": "Integration is not yet approved"}""", GatewayFault.Forbidden)]
    [TestCase(403, """{"message": "Insufficient balance"}""", GatewayFault.Forbidden)]
    [TestCase(404, """{"message": "Payment information not found"}""", GatewayFault.Refused)]
    [TestCase(500, """{"message": "Internal server error"}""", GatewayFault.ServerError)]
    public async Task The_documented_errors_reach_the_log_in_the_providers_words(int status, string body, GatewayFault fault)
    {
        Provider.Answer = Answers.Json(body, status);

        var exception = await FaultAsync(_complete);

        Assert.That((exception.Fault, exception.Message), Is.EqualTo((fault, $"answered {status}: {body}")));
    }

    [Test]
    public async Task The_status_is_asked_for_by_our_reference()
    {
        Provider.Answer = Answers.Json(Document.Text("info.json"));

        var found = await FindAsync("PAY_abc123xyz");

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("GET", "/payment/info/PAY_abc123xyz", "")));
        Assert.That(found! with { Answer = null }, Is.EqualTo(new ProviderPayment { Status = ProviderStatus.Completed, StatusText = "completed", Reference = "PAY_abc123xyz", Amount = new Money(100m, "PI"), FundsSeenOnUtc = new DateTime(2026, 2, 6, 10, 35, 0, DateTimeKind.Utc) }));
    }

    [TestCase("pending", true)]
    [TestCase("completed", true)]
    [TestCase("linked", false)]
    [TestCase("cancelled", false)]
    public async Task The_last_change_tells_when_funds_were_seen_only_while_there_are_some(string word, bool isSeen)
    {
        Provider.Answer = Answers.Json(Document.Text("info.json").Replace("completed", word));

        Assert.That((await FindAsync("PAY_abc123xyz"))!.FundsSeenOnUtc is not null, Is.EqualTo(isSeen));
    }

    [Test]
    public async Task A_reference_cannot_lead_to_another_address()
    {
        await FindAsync("../create?a=b#c/ü");

        Assert.That(Provider.Requests.Single().Target, Is.EqualTo("/payment/info/..%2Fcreate%3Fa%3Db%23c%2F%C3%BC"));
    }

    [TestCase("\"completed\"", "null")]
    [TestCase("100.00", "null")]
    [TestCase("100.00", "\"much\"")]
    [TestCase("\"PI\"", "null")]
    [TestCase("\"PAY_abc123xyz\"", "null")]
    public async Task A_status_without_what_it_is_about_is_none(string documented, string instead)
    {
        Provider.Answer = Answers.Json(Document.Text("info.json").Replace(documented, instead));

        Assert.That((await FaultAsync(() => FindAsync("PAY_abc123xyz"))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [TestCase("COMPLETED", ProviderStatus.Completed)]
    [TestCase("In-Appeal", ProviderStatus.Disputed)]
    [TestCase("refunded", ProviderStatus.Unknown)]
    [SetCulture("tr-TR")]
    public async Task Words_are_read_in_any_case(string word, ProviderStatus meaning)
    {
        Provider.Answer = Answers.Json(Document.Text("info.json").Replace("completed", word));

        Assert.That((await FindAsync("PAY_abc123xyz"))!.Status, Is.EqualTo(meaning));
    }

    /// <summary>As documented, the customer pays 101 and the store receives 100.</summary>
    [TestCase("merchant", "100.00", 0)]
    [TestCase("merchant", "101", 0)]
    [TestCase("customer", "101", 1)]
    public async Task Only_a_fee_that_the_customer_pays_may_be_on_top(string payer, string amount, decimal allowance)
    {
        Provider.Answer = Answers.Json(Document.Text("info.json").Replace("100.00", amount));

        var found = (await FindAsync("PAY_abc123xyz", (CoinskroSettings.FeePayerField, payer)))!;

        Assert.That(found.FeeAllowance, Is.EqualTo(allowance));
    }

    [TestCase("merchant", "100.00", true)]
    [TestCase("merchant", "101", false)]
    [TestCase("customer", "101", true)]
    [TestCase("customer", "101.02", false)]
    [TestCase("customer", "99.99", false)]
    public async Task A_created_payment_is_of_the_amount_asked_for_or_that_and_the_customers_fee(string payer, string amount, bool accepted)
    {
        Provider.Answer = Answers.Json(Document.Text("created.json").Replace("100.00", amount));

        Task<CreatedPayment> CreateAsync() => Gateway.CreateAsync(_documented, Settings((CoinskroSettings.FeePayerField, payer)), default);
        if (accepted)
            Assert.That((await CreateAsync()).ExternalId, Is.Not.Empty);
        else
            Assert.That((await FaultAsync(CreateAsync)).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [TestCase("sk_test_abc", true)]
    [TestCase("sk_live_abc", false)]
    [TestCase("SK_TEST_abc", null)]
    [TestCase("abc", null)]
    [TestCase("", null)]
    public void The_key_tells_whether_money_is_real(string key, bool? isTest) =>
        Assert.That(Gateway.IsTest(Settings((CoinskroSettings.SecretKeyField, key))), Is.EqualTo(isTest));

    [TestCase("unknown", PriceBasis.Undecided)]
    [TestCase("usd", PriceBasis.UsDollar)]
    [TestCase("coin", PriceBasis.Coin)]
    [TestCase("", PriceBasis.Undecided)]
    public void What_an_amount_counts_is_the_owners_statement(string meaning, PriceBasis basis) =>
        Assert.That(Gateway.BasisFor(Gateway.Descriptor.Coins[0], Settings((CoinskroSettings.AmountMeaningField, meaning))), Is.EqualTo(basis));

    [Test]
    public void The_coins_and_minimums_are_the_documented_ones() =>
        Assert.That(Gateway.Descriptor.Coins.Select(coin => (coin.Code, coin.Minimum)), Is.EquivalentTo(new[] { ("PI", 1m), ("USDC", 1m), ("USDT", 5m), ("CSK", 5m) }));

    /// <summary>The documented responses to an empty call and to a wrong key, and responses of other servers.</summary>
    [Test]
    public async Task The_connection_test_creates_nothing_and_tells_a_wrong_key_from_a_wrong_address()
    {
        Provider.Answer = Answers.InTurn(Unknown(), Answers.Json("""{"message":"Payment type is required"}""", 400));
        await Gateway.TestAsync(Settings(), default);
        Assert.That(Provider.Requests.Select(request => (request.Method, request.Target, request.Body)), Is.EqualTo(new[] { ("GET", "/payment/info/connectiontest", ""), ("PUT", "/payment/create", "{}") }));
        Assert.That(Provider.Requests[1].Headers["Authorization"], Is.EqualTo($"Bearer {Key}"));

        Assert.That(await TriedAsync(Unknown(), Answers.Json("""{"message":"Unauthorized: Missing secret key"}""", 401)), Is.EqualTo(ConnectionAnalysis.WrongKey));
        Assert.That(await TriedAsync(Answers.Json("""{"message":"Unauthorized"}""", 401)), Is.EqualTo(ConnectionAnalysis.WrongKey));
        Assert.That(await TriedAsync(Unknown(), Answers.Json("""{"message":"Integration is not yet approved"}""", 403)), Is.EqualTo(ConnectionAnalysis.Forbidden));
        Assert.That(await TriedAsync(Unknown(), Answers.Text("<html>", "text/html", 400)), Is.EqualTo(ConnectionAnalysis.WrongAddress));
        Assert.That(await TriedAsync(Unknown(), Answers.Status(404)), Is.EqualTo(ConnectionAnalysis.WrongAddress));
        Assert.That(await TriedAsync(Unknown(), Answers.Json("{}")), Is.EqualTo(ConnectionAnalysis.WrongAddress));

        static Func<HttpContext, Task> Unknown() => Answers.Json("""{"message":"Payment information not found"}""", 404);
    }

    private async Task<ConnectionAnalysis> TriedAsync(params Func<HttpContext, Task>[] answers)
    {
        Provider.Answer = Answers.InTurn(answers);
        return ConnectionDiagnosis.Of(await FaultAsync(() => Gateway.TestAsync(Settings(), default)));
    }

    private async Task<ReceivedRequest> SentAsync(PaymentRequest request, params (string Field, string Value)[] settings)
    {
        Provider.Answer = Answers.Status(400);
        await FaultAsync(() => Gateway.CreateAsync(request, Settings(settings), default));
        return Provider.Requests.Single();
    }

    private Task<GatewayException> FaultAsync(PaymentRequest request) => FaultAsync(() => Gateway.CreateAsync(request, Settings(), default));

    private Task<ProviderPayment?> FindAsync(string reference, params (string Field, string Value)[] settings) =>
        Gateway.FindAsync(new PaymentHandle(reference, "550e8400-e29b-41d4-a716-446655440000"), Settings(settings), default);
}
