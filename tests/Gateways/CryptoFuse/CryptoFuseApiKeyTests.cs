using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The API with an API key, with its documented examples.
/// </summary>
public sealed class CryptoFuseApiKeyTests : CryptoFuseFixture
{
    private const string Id = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

    private static readonly Uri _page = new("https://cryptofuse.io/payment/" + Id);

    private static readonly PayTo _payTo = new("TYN2WuEqttM5JjGk4ynGkxcnMRR9SZcvVx", new Money(100m, "USDTTRC20"));

    [Test]
    public async Task Create_is_the_documents_example_but_for_the_token_in_the_callbacks_address()
    {
        var request = await SentAsync(Documented, (CryptoFuseSettings.WalletIdField, "550e8400-e29b-41d4-a716-446655440000"));

        Assert.That((request.Method, request.Target), Is.EqualTo(("POST", "/payments/create")));
        Assert.That((request.Headers["X-API-Key"], request.Headers["Content-Type"]), Is.EqualTo((ApiKey, "application/json; charset=utf-8")));
        Assert.That(request.Headers, Does.Not.ContainKey("Authorization"));

        var sent = JsonNode.Parse(request.Body)!;
        // printf 'callback:ORDER-12345' | openssl dgst -sha256 -hmac 'your_api_key_here'
        Assert.That(sent["callback_url"]!.GetValue<string>(), Is.EqualTo(
            "https://your-site.com/payment/callback?token=ORDER-12345.67721fe7d359a6cac7ab5efcf04509e35feb92aa33d4a0c2b400d9b5be943799"));
        sent["callback_url"] = "https://your-site.com/payment/callback";
        Assert.That(JsonNode.DeepEquals(sent, JsonNode.Parse(CryptoFuseDocuments.CreateByKey)), Is.True, sent.ToJsonString());
    }

    [Test]
    public async Task Without_a_wallet_the_main_balance_is_paid() =>
        Assert.That((await SentAsync(Documented)).Body, Does.Not.Contain("wallet_id"));

    [TestCase("https://shop.example.com/hook", true)]
    [TestCase("http://127.0.0.1:5080/hook", true)]
    [TestCase("http://shop.example.com/hook", false)]
    public async Task A_callback_address_is_sent_only_where_the_provider_takes_it(string webhookUrl, bool isSent) =>
        Assert.That((await SentAsync(Documented with { WebhookUrl = new Uri(webhookUrl) })).Body.Contains("callback_url"), Is.EqualTo(isSent));

    [TestCase("", "/payments/create")]
    [TestCase("/v1/", "/v1/payments/create")]
    public async Task The_base_address_may_have_a_path(string path, string target) =>
        Assert.That((await SentAsync(Documented, (CryptoFuseSettings.BaseUrlField, Provider.Url.GetLeftPart(UriPartial.Authority) + path))).Target, Is.EqualTo(target));

    [Test]
    public async Task The_documented_answer_leads_to_the_providers_page()
    {
        Assert.That(await CreatedAsync(CryptoFuseDocuments.CreatedByKey), Is.EqualTo(
            new CreatedPayment(Id, _page, "pending") { ExpiresOnUtc = new DateTime(2025, 4, 30, 14, 30, 25, 123, DateTimeKind.Utc) }));
    }

    [Test]
    public async Task The_owner_may_prefer_the_stores_page()
    {
        var created = await CreatedAsync(CryptoFuseDocuments.CreatedByKey, (CryptoFuseSettings.OwnPageField, "true"));

        Assert.That((created.CheckoutUrl, created.PayTo), Is.EqualTo(((Uri?)null, _payTo)));
    }

    [TestCase("\"payment_url\"", "\"no_url\"")]
    [TestCase("\"https://cryptofuse.io/payment/f47ac10b-58cc-4372-a567-0e02b2c3d479\"", "null")]
    [TestCase("\"https://cryptofuse.io/payment/f47ac10b-58cc-4372-a567-0e02b2c3d479\"", "\"\"")]
    [TestCase("https://cryptofuse.io/", "https://cryptofuse.io.example.com/")]
    [TestCase("https://cryptofuse.io/", "http://cryptofuse.io/")]
    [TestCase("https://cryptofuse.io/", "javascript:")]
    public async Task Without_a_page_that_shoppers_may_be_sent_to_the_stores_page_shows_the_address(string documented, string instead)
    {
        var created = await CreatedAsync(CryptoFuseDocuments.CreatedByKey.Replace(documented, instead));

        Assert.That((created.CheckoutUrl, created.PayTo), Is.EqualTo(((Uri?)null, _payTo)));
    }

    [Test]
    public async Task A_page_without_an_address_is_enough_whatever_the_owner_prefers() =>
        Assert.That((await CreatedAsync(CryptoFuseDocuments.CreatedByKey.Replace("TYN2WuEqttM5JjGk4ynGkxcnMRR9SZcvVx", ""), (CryptoFuseSettings.OwnPageField, "true"))).CheckoutUrl, Is.EqualTo(_page));

    [TestCase("2025-04-30T16:30:25+02:00", "2025-04-30T14:30:25")]
    [TestCase("2025-04-30T14:30:25Z", "2025-04-30T14:30:25")]
    [TestCase("", null)]
    [SetCulture("th-TH")]
    public async Task The_time_of_expiry_is_utc(string told, string? utc) =>
        Assert.That((await CreatedAsync(CryptoFuseDocuments.CreatedByKey.Replace("2025-04-30T14:30:25.123Z", told))).ExpiresOnUtc?.ToString("s", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(utc));

    [TestCase("2025-04-30T14:30:25.123Z", "2025-04-30T14:30:25", Description = "no time zone")]
    [TestCase("2025-04-30T14:30:25.123Z", "in an hour")]
    [TestCase("100.00", "\"100,00\"")]
    [TestCase("\"payment_id\"", "\"id\"")]
    [TestCase("\"f47ac10b-58cc-4372-a567-0e02b2c3d479\",", "null,")]
    [TestCase("100.00", "99.99")]
    [TestCase("100.00", "100.01")]
    [TestCase("\"USDTTRC20\"", "\"USDTERC20\"")]
    [TestCase("\"status\"", "\"custom_id\": \"ORDER-1\", \"status\"")]
    public async Task An_answer_about_another_payment_than_was_sent_is_none(string documented, string instead)
    {
        var answer = CryptoFuseDocuments.CreatedByKey.Replace(documented, instead);
        Assert.That(answer, Is.Not.EqualTo(CryptoFuseDocuments.CreatedByKey));

        var exception = await FaultAsync(() => CreatedAsync(answer));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.BadAnswer, false)));
    }

    private static readonly object[][] _codes =
    [
        [400, "invalid_request", GatewayFault.Refused, "outside the coin's limits"],
        [401, "unauthorized", GatewayFault.BadKey, "enter it again"],
        [403, "forbidden", GatewayFault.Forbidden, "may not create payments"],
        [404, "wallet_not_found", GatewayFault.Refused, "no wallet with this id"],
        [422, "currency_invalid", GatewayFault.Refused, "not enabled for this account"],
        [429, "rate_limit_exceeded", GatewayFault.TooManyRequests, "calls to CryptoFuse pause"],
        [500, "server_error", GatewayFault.ServerError, "error at CryptoFuse"],
        [410, "deprecated_endpoint", GatewayFault.Refused, "shut down"]
    ];

    [TestCaseSource(nameof(_codes))]
    public async Task Each_documented_code_is_explained_in_every_form_of_an_error(int status, string code, GatewayFault fault, string meaning)
    {
        foreach (var form in new[] { """{"error":"CODE","message":"x"}""", """{"code":"CODE"}""", """{"error":{"code":"CODE","message":"x","details":{}}}""" })
        {
            Provider.Answer = Answers.Json(form.Replace("CODE", code), status);

            var exception = await FaultAsync(() => Gateway.CreateAsync(Documented, WithApiKey(), default));

            Assert.That((exception.Fault, exception.StatusCode), Is.EqualTo((fault, status)));
            Assert.That(exception.Message, Does.StartWith($"answered {status}: ").And.Contains(meaning));
        }
    }

    [TestCase("""{"error":"of_tomorrow"}""")]
    [TestCase("""{"error":["unauthorized"]}""")]
    [TestCase("""{"error":{"code":["unauthorized"]}}""")]
    [TestCase("""{"code":401}""")]
    [TestCase("unauthorized")]
    [TestCase("")]
    public async Task An_error_without_a_documented_code_is_told_as_it_came(string body)
    {
        Provider.Answer = Answers.Json(body, 400);

        Assert.That((await FaultAsync(() => Gateway.CreateAsync(Documented, WithApiKey(), default))).Message, Does.StartWith("answered 400: ").And.Not.Contain("("));
    }

    [Test]
    public async Task The_status_is_asked_for_by_the_providers_id_with_the_key()
    {
        var found = await FoundAsync(CryptoFuseDocuments.CreatedByKey);

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Headers["X-API-Key"]), Is.EqualTo(("GET", $"/payments/{Id}", ApiKey)));
        Assert.That(found! with { Answer = null }, Is.EqualTo(new ProviderPayment
        {
            Status = ProviderStatus.Waiting,
            StatusText = "pending",
            Reference = null,
            ExternalId = Id,
            Amount = new Money(100m, "USDTTRC20"),
            CheckoutUrl = _page,
            ExpiresOnUtc = new DateTime(2025, 4, 30, 14, 30, 25, 123, DateTimeKind.Utc)
        }));
    }

    [Test]
    public async Task What_was_sent_is_told_where_the_provider_tells_it()
    {
        var found = await FoundAsync(CryptoFuseDocuments.CreatedByKey.Replace("\"status\": \"pending\"",
            """ "status": "completed", "transaction_hash": "h2", "confirmations": 7, "payment_history": [{"amount": "60.5", "transaction_hash": "h1"}, {"amount": 39.5, "transaction_hash": "h2"}, null]"""));

        Assert.That((found.Received, found.ConfirmationsSeen), Is.EqualTo((new Money(100m, "USDTTRC20"), 7)));
        Assert.That(found.TransactionIds, Is.EqualTo(new[] { "h1", "h2" }));
    }

    [Test]
    public async Task A_payment_whose_id_was_lost_cannot_be_asked_about()
    {
        Assert.That(await Gateway.FindAsync(new PaymentHandle("ORDER-12345", null), WithApiKey(), default), Is.Null);
        Assert.That(Provider.Requests, Is.Empty);
    }

    [Test]
    public async Task An_id_cannot_lead_to_another_address()
    {
        await Gateway.FindAsync(new PaymentHandle("ORDER-12345", "../wallets?a=b#c"), WithApiKey(), default);

        Assert.That(Provider.Requests.Single().Target, Is.EqualTo("/payments/..%2Fwallets%3Fa%3Db%23c"));
    }

    [TestCase("\"pending\"", "null")]
    [TestCase("100.00", "null")]
    [TestCase("100.00", "\"much\"")]
    [TestCase("\"USDTTRC20\"", "\"\"")]
    [TestCase("2025-04-30T14:30:25.123Z", "2025-04-30T14:30:25", Description = "no time zone")]
    [TestCase("2025-04-30T14:30:25.123Z", "in an hour")]
    [TestCase("100.00", "\"100,00\"")]
    [TestCase("\"payment_id\"", "\"id\"")]
    [TestCase("\"status\"", "\"payment_history\": [{\"amount\": 79228162514264337593543950335}, {\"amount\": 1}], \"status\"")]
    public async Task A_status_without_what_it_is_about_is_none(string documented, string instead) =>
        Assert.That((await FaultAsync(() => FoundAsync(CryptoFuseDocuments.CreatedByKey.Replace(documented, instead)))).Fault, Is.EqualTo(GatewayFault.BadAnswer));

    [TestCase(200, null)]
    [TestCase(401, GatewayFault.BadKey)]
    [TestCase(404, GatewayFault.Refused)]
    public async Task A_connection_is_tested_by_listing_the_wallets(int status, GatewayFault? fault)
    {
        Provider.Answer = Answers.Json("[]", status);

        if (fault is null)
            await Gateway.TestAsync(WithApiKey(), default);
        else
            Assert.That((await FaultAsync(() => Gateway.TestAsync(WithApiKey(), default))).Fault, Is.EqualTo(fault));
        Assert.That((Provider.Requests.Single().Target, Provider.Requests.Single().Headers["X-API-Key"]), Is.EqualTo(("/wallets", ApiKey)));
    }

    [Test]
    public void Each_contract_needs_its_own_keys()
    {
        Assert.That(Missing(CryptoFuseSettings.ApiKeyVersion), Is.EqualTo(new[] { CryptoFuseSettings.ApiKeyField }));
        Assert.That(Missing(CryptoFuseSettings.OAuthVersion), Is.EqualTo(new[] { CryptoFuseSettings.ClientIdField, CryptoFuseSettings.ClientSecretField }));

        IEnumerable<string> Missing(string contract) => new GatewaySettings(Gateway.Descriptor, new Dictionary<string, string> { [CryptoFuseSettings.ContractField] = contract })
            .Missing().Select(field => field.Name);
    }

    [Test]
    public void Amounts_count_coins_with_an_api_key_and_dollars_with_oauth()
    {
        foreach (var coin in Gateway.Descriptor.Coins)
            Assert.That((Gateway.BasisFor(coin, WithApiKey()), Gateway.BasisFor(coin, WithOAuth())), Is.EqualTo((PriceBasis.Coin, PriceBasis.UsDollar)));
    }

    [TestCase(CryptoFuseSettings.WalletIdField, "550e8400-e29b-41d4-a716-446655440000", true)]
    [TestCase(CryptoFuseSettings.WalletIdField, "550e8400e29b41d4a716446655440000", false)]
    [TestCase(CryptoFuseSettings.WalletIdField, "main", false)]
    [TestCase(CryptoFuseSettings.ClientIdField, "a:b", false)]
    [TestCase(CryptoFuseSettings.SignatureHeaderField, "X-Signature", true)]
    [TestCase(CryptoFuseSettings.SignatureHeaderField, "X-Signature: a", false)]
    public void What_an_owner_enters_is_checked(string field, string value, bool isWellFormed) =>
        Assert.That(Gateway.Descriptor.Fields.Single(each => each.Name == field).IsWellFormed(value), Is.EqualTo(isWellFormed));

    private async Task<ReceivedRequest> SentAsync(PaymentRequest request, params (string Field, string Value)[] settings)
    {
        Provider.Answer = Answers.Status(400);
        await FaultAsync(() => Gateway.CreateAsync(request, WithApiKey(settings), default));
        return Provider.Requests.Single();
    }

    private Task<CreatedPayment> CreatedAsync(string answer, params (string Field, string Value)[] settings)
    {
        Provider.Answer = Answers.Json(answer);
        return Gateway.CreateAsync(Documented, WithApiKey(settings), default);
    }

    private async Task<ProviderPayment> FoundAsync(string answer)
    {
        Provider.Answer = Answers.Json(answer);
        return (await Gateway.FindAsync(new PaymentHandle("ORDER-12345", Id), WithApiKey(), default))!;
    }
}
