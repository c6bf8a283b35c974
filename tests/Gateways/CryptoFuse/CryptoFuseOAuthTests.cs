using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The OAuth2 API with its documented fields.
/// </summary>
public sealed class CryptoFuseOAuthTests : CryptoFuseFixture
{
    private const string Id = "550e8400-e29b-41d4-a716-446655440000";

    private static readonly PaymentRequest _bitcoin = Documented with { Coin = new CoinDescriptor("BTC", "Bitcoin", 10m), Amount = new Money(100m, "BTC") };

    private static Money Bitcoin(string amount) => new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "BTC");

    [SetUp]
    public void GiveTokens() => Provider.Aside = path => path == "/o/token/" ? Answers.Json("""{"access_token":"tkA1","expires_in":36000}""") : null;

    [TestCase("true", true)]
    [TestCase("false", false)]
    public async Task Create_has_the_documented_fields(string setting, bool shopperPays)
    {
        Provider.Answer = Answers.Status(400);
        await FaultAsync(() => Gateway.CreateAsync(_bitcoin, WithOAuth((CryptoFuseSettings.ShopperPaysNetworkFeeField, setting)), default));

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Headers["Authorization"]), Is.EqualTo(("POST", "/payments/", "Bearer tkA1")));
        Assert.That(request.Headers, Does.Not.ContainKey("X-API-Key"));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(request.Body), new JsonObject
        {
            ["price_amount"] = 100.0m,
            ["price_currency"] = "USD",
            ["pay_currency"] = "BTC",
            ["order_id"] = "ORDER-12345",
            ["order_description"] = "Payment for order #12345",
            // printf 'callback:ORDER-12345' | openssl dgst -sha256 -hmac 'cf_secret_4fX9mQ2vL7bT0cN5'
            ["callback_url"] = "https://your-site.com/payment/callback?token=ORDER-12345.9a0c5d0b43a14d34211560870391f522db998b2e9cc22c296d99dbff744f07df",
            ["success_url"] = "https://your-site.com/return?result=success",
            ["cancel_url"] = "https://your-site.com/return?result=failure",
            ["is_fee_paid_by_user"] = shopperPays
        }), Is.True, request.Body);
    }

    [Test]
    public async Task Without_a_page_the_stores_page_shows_the_coins_that_the_provider_asks_for()
    {
        Provider.Answer = Answers.Json(CryptoFuseDocuments.Payment, 201);

        Assert.That(await Gateway.CreateAsync(_bitcoin, WithOAuth(), default), Is.EqualTo(new CreatedPayment(Id, null, "waiting")
        {
            PayTo = new PayTo("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", new Money(0.00125m, "BTC")),
            ExpiresOnUtc = new DateTime(2025, 1, 15, 11, 0, 0, DateTimeKind.Utc)
        }));
    }

    [TestCase("100.00", "99.99")]
    [TestCase("100.00", "100.01")]
    [TestCase("\"BTC\",\n\"address\"", "\"ETH\",\n\"address\"")]
    [TestCase("ORDER-12345", "ORDER-1")]
    [TestCase("0.00125", "0")]
    [TestCase("0.00125", "-1")]
    [TestCase("\"amount_usd\"", "\"price_currency\": \"EUR\", \"price_amount\"")]
    public async Task An_answer_about_another_payment_than_was_sent_is_none(string documented, string instead)
    {
        var answer = CryptoFuseDocuments.Payment.Replace(documented, instead);
        Assert.That(answer, Is.Not.EqualTo(CryptoFuseDocuments.Payment));
        Provider.Answer = Answers.Json(answer);

        Assert.That((await FaultAsync(() => Gateway.CreateAsync(_bitcoin, WithOAuth(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    /// <summary>100 dollars were requested as 0.00125 BTC.</summary>
    [TestCase("[]", null)]
    [TestCase("null", null)]
    [TestCase("""[{"amount": 0.00125}]""", "0.00125")]
    [TestCase("""[{"amount": "0.00125"}]""", "0.00125")]
    [TestCase("""[{"amount": 0.000625}]""", "0.000625")]
    [TestCase("""[{"amount": 0.0004}, {"amount": 0.00085}]""", "0.00125")]
    [TestCase("""[{"amount": 0.0025}]""", "0.0025")]
    [TestCase("""[{"amount": 0.00124999}]""", "0.00124999")]
    [TestCase("""[{"amount": 0}]""", "0")]
    public async Task What_arrived_is_told_in_coins(string history, string? received)
    {
        var found = await FoundAsync(CryptoFuseDocuments.Payment.Replace("[]", history));

        Assert.That((found.Received, found.Expected), Is.EqualTo((received is null ? (Money?)null : Bitcoin(received), (Money?)Bitcoin("0.00125"))));
    }

    [TestCase("waiting")]
    [TestCase("pending")]
    [TestCase("confirming")]
    [TestCase("partially_paid")]
    public async Task Of_a_half_paid_payment_the_address_takes_the_rest(string status)
    {
        var found = await FoundAsync(CryptoFuseDocuments.Payment.Replace("\"waiting\"", $"\"{status}\"").Replace("[]", """[{"amount": 0.000625}]"""));

        Assert.That((found.Status, found.AcceptsBalance, found.Received), Is.EqualTo((ProviderStatus.Confirming, true, (Money?)Bitcoin("0.000625"))));
    }

    /// <summary>Only the create response may contain the amount in coins.</summary>
    [Test]
    public async Task Transfers_are_compared_with_what_the_shopper_was_told_and_with_nothing_else()
    {
        Provider.Answer = Answers.Json(CryptoFuseDocuments.Payment.Replace("\"amount_crypto\": 0.00125,", "").Replace("[]", """[{"amount": 0.000625}]"""));
        var told = new PaymentHandle("ORDER-12345", Id) { Quoted = _bitcoin.Amount, AmountToSend = Bitcoin("0.00125") };

        var found = await Gateway.FindAsync(told, WithOAuth(), default);
        var unknown = await Gateway.FindAsync(told with { AmountToSend = null }, WithOAuth(), default);

        Assert.That((found!.Received, found.Expected), Is.EqualTo(((Money?)Bitcoin("0.000625"), (Money?)Bitcoin("0.00125"))));
        Assert.That((unknown!.Received, unknown.Expected), Is.EqualTo(((Money?)null, (Money?)null)), "coins are not compared with dollars");
    }

    /// <summary>The requested amount is 0.00125 BTC.</summary>
    [TestCase("d1 h1 0.000625|d1 h1 0.000625", "0.000625", Description = "a duplicate row")]
    [TestCase("d1 h1 0.000625|d1 h2 0.000625", "0.000625", Description = "one id, two transactions")]
    [TestCase("d1 h1 0.000625|d2 h1 0.000625", "0.000625", Description = "two ids, one transaction")]
    [TestCase("d1 h1 0.000625|d2 H1 0.000625", "0.000625")]
    [TestCase("d1 h1 0.00125|d1 h1 0.000625", "0.000625", Description = "two amounts: only the smaller is certain")]
    [TestCase("d1 - 0.000625|d1 - 0.000625", "0.000625")]
    [TestCase("- h1 0.000625|- h1 0.000625", "0.000625")]
    [TestCase("d1 h1 0.000625|d2 h2 0.000625", "0.00125")]
    [TestCase("d1 - 0.000625|- h2 0.000625", "0.00125")]
    [TestCase("- - 0.000625|- - 0.000625", "0.000625")]
    [TestCase("- - 0.000625|- - 0.0003125", "0.0009375")]
    [TestCase("d1 - 0.000625|D1 - 0.000625", "0.000625")]
    [TestCase("d1 h1 0", "0")]
    public async Task A_transfer_counts_once(string history, string received)
    {
        var rows = history.Split('|').Select(row => row.Split(' ')).Select(row => $$"""
            {"deposit_id":{{Text(row[0])}},"transaction_hash":{{Text(row[1])}},"amount":{{row[2]}},"confirmations":3}
            """);

        var found = await FoundAsync(CryptoFuseDocuments.Payment.Replace("[]", $"[{string.Join(',', rows)}]"));

        Assert.That(found.Received, Is.EqualTo(Bitcoin(received)));

        static string Text(string word) => word == "-" ? "null" : $"\"{word}\"";
    }

    [TestCase("""{"deposit_id":"d1","transaction_hash":"h1"}""", Description = "no amount")]
    [TestCase("""{"deposit_id":"d1","amount":79228162514264337593543950335},{"deposit_id":"d2","amount":79228162514264337593543950335}""", Description = "sum exceeds the range of decimal")]
    [TestCase("""{"deposit_id":"d1","amount":"0,000625"}""")]
    [TestCase("""{"deposit_id":"d1","amount":-0.000625}""")]
    [TestCase("5")]
    public async Task Transfers_that_cannot_be_added_up_are_a_bad_answer(string rows) =>
        Assert.That((await FaultAsync(() => FoundAsync(CryptoFuseDocuments.Payment.Replace("[]", $"[{rows}]")))).Fault, Is.EqualTo(GatewayFault.BadAnswer));

    [Test]
    public async Task A_row_that_cannot_be_read_hides_no_other_and_leaves_open_whether_ours_is_there()
    {
        Provider.Answer = Answers.Json($$"""[5, {"order_id":"x","amount_usd":"much"}, {{CryptoFuseDocuments.Payment}}]""");

        Assert.That((await Gateway.FindAsync(new PaymentHandle("ORDER-12345", null) { Quoted = _bitcoin.Amount }, WithOAuth(), default))?.ExternalId, Is.EqualTo(Id));
        Assert.That((await FaultAsync(() => Gateway.FindAsync(new PaymentHandle("another", null), WithOAuth(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task Funds_were_seen_with_the_first_transfer()
    {
        var found = await FoundAsync(CryptoFuseDocuments.Payment.Replace("[]", """
            [{"deposit_id":"d1","amount":1,"timestamp":"2025-01-15T11:30:00+01:00"},{"deposit_id":"d2","amount":1,"timestamp":"2025-01-15T10:15:00Z"},{"deposit_id":"d3","amount":1}]
            """));

        Assert.That(found.FundsSeenOnUtc, Is.EqualTo(new DateTime(2025, 1, 15, 10, 15, 0, DateTimeKind.Utc)));
        Assert.That((await FoundAsync(CryptoFuseDocuments.Payment)).FundsSeenOnUtc, Is.Null);
    }

    [Test]
    public async Task A_payment_is_found_by_its_transaction_with_all_that_is_told()
    {
        var found = await FoundAsync(CryptoFuseDocuments.Payment.Replace("\"waiting\"", "\"partially_completed\"").Replace("\"confirmations\": 0", "\"confirmations\": 3")
            .Replace("[]", """[{"deposit_id": "d1", "amount": 0.000625, "transaction_hash": "h1", "confirmations": 3, "timestamp": "2025-01-15T10:15:00Z"}], "merchant_received_usd": "49.5" """));

        Assert.That(Provider.Requests.Single().Target, Is.EqualTo($"/payments/{Id}/"));
        Assert.That((found.Status, found.Reference, found.ExternalId, found.Amount, found.Received, found.Net, found.ConfirmationsSeen),
            Is.EqualTo((ProviderStatus.Underpaid, "ORDER-12345", Id, new Money(100m, "BTC"), Bitcoin("0.000625"), new Money(49.5m, "USD"), 3)));
        Assert.That(found.TransactionIds, Is.EqualTo(new[] { "h1" }));
    }

    [TestCase("[{0}]", true)]
    [TestCase("{{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [{0}]}}", true)]
    [TestCase("[null, {0}]", true)]
    [TestCase("[]", false)]
    [TestCase("{{\"count\": 0, \"results\": []}}", false)]
    public async Task A_payment_whose_id_was_lost_is_found_by_our_reference(string list, bool isFound)
    {
        Provider.Answer = Answers.Json(list.Replace("{0}", CryptoFuseDocuments.Payment).Replace("{{", "{").Replace("}}", "}"));

        var found = await Gateway.FindAsync(new PaymentHandle("ORDER-12345", null) { Quoted = _bitcoin.Amount }, WithOAuth(), default);

        Assert.That(Provider.Requests.Single().Target, Is.EqualTo("/payments/?order_id=ORDER-12345"));
        Assert.That(found?.ExternalId, Is.EqualTo(isFound ? Id : null));
        Assert.That(found?.PayTo?.Address, Is.EqualTo(isFound ? "1BoatSLRHtKNngkdXEeobR76b53LETtpyT" : null), "its page can be shown");
    }

    [Test]
    public async Task A_list_that_ignores_what_it_was_asked_for_holds_no_payment_of_ours()
    {
        Provider.Answer = Answers.Json($"[{CryptoFuseDocuments.Payment.Replace("ORDER-12345", "ORDER-1")}]");

        Assert.That(await Gateway.FindAsync(new PaymentHandle("ORDER-12345", null), WithOAuth(), default), Is.Null);
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"results\": {}}")]
    public async Task What_is_no_list_tells_nothing(string list)
    {
        Provider.Answer = Answers.Json(list);

        Assert.That((await FaultAsync(() => Gateway.FindAsync(new PaymentHandle("ORDER-12345", null), WithOAuth(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [TestCase("""{"currency": "BTC", "rate_usd": "67123.45"}""", "67123.45")]
    [TestCase("""{"rate_usd": 0.000000012345}""", "0.000000012345")]
    [SetCulture("de-DE")]
    public async Task A_coins_price_is_asked_for_with_a_token_also_beside_an_api_key(string answer, string price)
    {
        Provider.Answer = Answers.Json(answer);

        Assert.That(await Gateway.PriceAsync(_bitcoin.Coin, WithApiKey(), default), Is.EqualTo(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That((Provider.Requests.Single().Target, Provider.Requests.Single().Headers["Authorization"]), Is.EqualTo(("/rates/BTC/", "Bearer tkA1")));
    }

    [TestCase(CryptoFuseSettings.ClientIdField)]
    [TestCase(CryptoFuseSettings.ClientSecretField)]
    public async Task Without_a_client_no_price_is_told(string missing)
    {
        Assert.That(await Gateway.PriceAsync(_bitcoin.Coin, WithApiKey((missing, "")), default), Is.Null);
        Assert.That(Provider.Requests, Is.Empty);
    }

    [Test]
    public async Task A_coin_that_the_provider_does_not_know_has_no_price() =>
        Assert.That(await Gateway.PriceAsync(_bitcoin.Coin, WithOAuth(), default), Is.Null);

    [TestCase("""{"rate_usd": 0}""")]
    [TestCase("""{"rate_usd": -1}""")]
    [TestCase("{}")]
    [TestCase("[]")]
    public async Task What_is_no_price_is_none(string answer)
    {
        Provider.Answer = Answers.Json(answer);

        Assert.That((await FaultAsync(() => Gateway.PriceAsync(_bitcoin.Coin, WithOAuth(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task A_connection_is_tested_by_listing_one_payment()
    {
        Provider.Answer = Answers.Json("{}");

        await Gateway.TestAsync(WithOAuth(), default);

        Assert.That((Provider.Requests.Single().Method, Provider.Requests.Single().Target), Is.EqualTo(("GET", "/payments/?page_size=1")));
    }

    private async Task<ProviderPayment> FoundAsync(string answer)
    {
        Provider.Answer = Answers.Json(answer);
        return (await Gateway.FindAsync(new PaymentHandle("ORDER-12345", Id) { Quoted = _bitcoin.Amount }, WithOAuth(), default))!;
    }
}
