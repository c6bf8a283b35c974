using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Web;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// Status queries at CoinPayments.net. The documented payment is 0.00038462 BTC for a price of 25 in the store's currency; its deadline is 12:30, an
/// hour and a half from now.
/// </summary>
public sealed class CoinPaymentStatusTests : CoinPaymentFixture
{
    private static readonly PaymentHandle _payment = new("k3v9x0q2m8r7t1z5w4y6", TxnId)
    {
        Quoted = new Money(25m, "USD"),
        AmountToSend = new Money(0.00038462m, "BTC"),
        CreatedOnUtc = Now.AddHours(-1)
    };

    /// <summary>The test vector of coinpayments.net/apidoc-intro.</summary>
    [Test]
    public void The_signature_is_the_documents() =>
        Assert.That(WebhookSignature.ToHex(HashAlgorithmName.SHA512, "test", "currency=BTC&version=1&cmd=get_callback_address&key=your_api_public_key&format=json"u8),
            Is.EqualTo("5590eac015e7692902e1a9cd5464f1d305a4b593d2f1343d826ac5affc5ac6f960a5167284f9bf31295cba0e04df9d8f7087935b5344c468ccf2dd036e159102"));

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha512 -hmac private_Key09</summary>
    [Test]
    public async Task The_status_is_asked_for_by_the_transaction_id_in_a_signed_form()
    {
        await FindAsync(_ => { });

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("POST", "/api.php", $"version=1&format=json&key=d2b5a1f0c3e4&cmd=get_tx_info&txid={TxnId}")));
        Assert.That(request.Headers["HMAC"], Is.EqualTo("06b5db90c565e785d2f0a286eb4220a380598bd15dd5b27f728222dc6cb4c53fb2328a7aaf7669c5758cd2c45107bea39a681d350817efc0dc1d24fb687352eb"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-www-form-urlencoded"));
        Assert.That(request.Headers, Does.Not.ContainKey("Authorization"), "CoinPayments.net has nothing to do with OrbVPN's token");
    }

    [Test]
    public async Task An_id_cannot_become_another_command()
    {
        Provider.Answer = Answers.Json(Document.Json("info").ToJsonString());

        await Gateway.FindAsync(_payment with { ExternalId = "1&cmd=create_withdrawal|2" }, Settings(), default);

        Assert.That(Provider.Requests.Single().Body, Does.EndWith("&cmd=get_tx_info&txid=1%26cmd%3Dcreate_withdrawal%7C2"));
    }

    [Test]
    public async Task The_documented_answer_is_understood() => Assert.That((await FindAsync(_ => { }))! with { Answer = null }, Is.EqualTo(new ProviderPayment
    {
        Status = ProviderStatus.Waiting,
        StatusText = "Waiting for buyer funds...",
        Reference = null,
        ExternalId = TxnId,
        Amount = new Money(25m, "USD"),
        Received = new Money(0m, "BTC"),
        Expected = new Money(0.00038462m, "BTC"),
        ExpiresOnUtc = new DateTime(2026, 11, 21, 12, 30, 0, DateTimeKind.Utc),
        ConfirmationsSeen = 0
    }));

    /// <summary>If the create response was lost, nobody knows the address.</summary>
    [Test]
    public async Task A_payment_without_an_id_is_not_asked_for()
    {
        Assert.That(await Gateway.FindAsync(_payment with { ExternalId = null }, Settings(), default), Is.Null);
        Assert.That(Provider.Requests, Is.Empty);
    }

    [TestCase(CoinPaymentSettings.ControlsAccountField)]
    [TestCase(CoinPaymentSettings.PrivateKeyField)]
    public async Task Nobody_is_asked_without_keys_and_an_own_account(string field)
    {
        var fault = await FaultAsync(() => Gateway.FindAsync(_payment, Settings((field, "")), default));

        Assert.That((fault.Fault, Provider.Requests.Count), Is.EqualTo((GatewayFault.NotCalled, 0)));
    }

    /// <summary>CoinPayments.net reports coins: matching coins confirm the quote; others contradict it through their currency.</summary>
    [TestCase("0.00038462", "BTC", "25 USD")]
    [TestCase("0.0003846200000", "btc", "25 USD")]
    [TestCase("0.00038461", "BTC", "0.00038461 BTC")]
    [TestCase("0.00038463", "BTC", "0.00038463 BTC")]
    [TestCase("0.00038462", "LTC", "0.00038462 LTC")]
    [TestCase("0.00038462", "BTC.BEP20", "0.00038462 BTC.BEP20")]
    [TestCase("0", "BTC", "0 BTC")]
    [SetCulture("de-DE")]
    public async Task What_the_payment_is_for_is_the_quote_only_when_the_coins_are_those_of_the_quote(string amount, string coin, string told) =>
        Assert.That((await FindAsync(result => { result["amountf"] = amount; result["coin"] = coin; })).Amount.ToString(), Is.EqualTo(told));

    [Test]
    public async Task Coins_without_a_known_debt_are_not_the_quote()
    {
        Provider.Answer = Answers.Json(Document.Json("info").ToJsonString());

        var found = await Gateway.FindAsync(_payment with { AmountToSend = null }, Settings(), default);

        Assert.That((found!.Amount, found.Received), Is.EqualTo((new Money(0.00038462m, "BTC"), new Money(0m, "BTC"))));
    }

    [TestCase("0.00038462")]
    [TestCase("0.0003846200")]
    [TestCase("0.00038461")]
    [TestCase("0.00000001")]
    [TestCase("0")]
    [TestCase("0.00076924")]
    [TestCase("7922816251426433759354395033.5")]
    public async Task What_arrived_is_told_in_coins(string received)
    {
        var found = await FindAsync(result => result["receivedf"] = received);

        Assert.That((found.Received, found.Expected), Is.EqualTo((new Money(Number(received), "BTC"), new Money(0.00038462m, "BTC"))));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Of_a_half_paid_payment_the_address_takes_the_rest(int status)
    {
        var found = await FindAsync(result => { result["status"] = status; result["receivedf"] = "0.00019231"; });

        Assert.That((found.Status, found.AcceptsBalance, found.Received), Is.EqualTo((ProviderStatus.Confirming, true, new Money(0.00019231m, "BTC"))));
    }

    [Test]
    public async Task What_arrived_may_be_missing() =>
        Assert.That((await FindAsync(result => result.Remove("receivedf"))).Received, Is.Null);

    /// <summary>One status for four outcomes.</summary>
    [TestCase("0", 3600, ProviderStatus.Canceled)]
    [TestCase("0", 0, ProviderStatus.Expired)]
    [TestCase("0", -3600, ProviderStatus.Expired)]
    [TestCase("0", null, ProviderStatus.Expired)]
    [TestCase("0.00038461", 3600, ProviderStatus.Underpaid)]
    [TestCase("0.00038461", -3600, ProviderStatus.Underpaid)]
    [TestCase("0.00038462", -3600, ProviderStatus.Disputed)]
    [TestCase("1", 3600, ProviderStatus.Disputed)]
    public async Task A_payment_that_is_over_is_told_by_what_arrived_and_by_its_time(string received, int? secondsLeft, ProviderStatus meaning)
    {
        var found = await FindAsync(result =>
        {
            result["status"] = -1;
            result["receivedf"] = received;
            result["time_expires"] = secondsLeft is { } seconds ? new DateTimeOffset(Now.AddSeconds(seconds)).ToUnixTimeSeconds() : null;
        });

        Assert.That(found.Status, Is.EqualTo(meaning));
    }

    [TestCase("time_expires", "0")]
    [TestCase("time_expires", "null")]
    public async Task A_time_that_is_none_is_left_out(string field, string value) =>
        Assert.That((await FindAsync(result => result[field] = JsonNode.Parse(value))).ExpiresOnUtc, Is.Null);

    [TestCase("status", "null")]
    [TestCase("coin", "null")]
    [TestCase("amountf", "null")]
    [TestCase("amountf", "\"much\"")]
    [TestCase("receivedf", "{}")]
    [TestCase("receivedf", "\"0,00038462\"")]
    [TestCase("time_expires", "-5")]
    [TestCase("time_expires", "99999999999999")]
    public async Task A_status_without_what_it_is_about_is_none(string field, string value) =>
        Assert.That((await FaultAsync(() => FindAsync(result => result[field] = JsonNode.Parse(value)))).Fault, Is.EqualTo(GatewayFault.BadAnswer));

    /// <summary>Texts from public reports; there is no documented list.</summary>
    [TestCase("HMAC signature does not match", GatewayFault.BadKey)]
    [TestCase("Invalid API public key passed", GatewayFault.BadKey)]
    [TestCase("This API Key does not have permission to use that command!", GatewayFault.Forbidden)]
    [TestCase("This API key may not be used from this IP address: 192.0.2.1", GatewayFault.Forbidden)]
    [TestCase("Something of tomorrow", GatewayFault.Refused)]
    public async Task An_error_tells_what_is_wrong_with_the_keys(string error, GatewayFault fault)
    {
        Provider.Answer = Answers.Json(Error(error));

        var exception = await FaultAsync(() => Gateway.FindAsync(_payment, Settings(), default));
        var ofTest = await FaultOfTestAsync();

        Assert.That((exception.Fault, exception.Message), Is.EqualTo((fault, $"answered with an error: {error}")));
        Assert.That(ofTest, Is.EqualTo(fault == GatewayFault.Refused ? null : (GatewayFault?)fault), "a connection is fine when only the payment is unknown");
    }

    [Test]
    public async Task A_transaction_that_the_account_does_not_know_is_not_found()
    {
        Provider.Answer = Answers.Json(Error("Transaction not found"));

        Assert.That(await Gateway.FindAsync(_payment, Settings(), default), Is.Null);
        Assert.That(await FaultOfTestAsync(), Is.Null);
    }

    [Test]
    public async Task Many_payments_are_asked_for_in_calls_of_at_most_25_and_told_by_our_reference()
    {
        Provider.Answer = context => Answers.Json(Multi(Asked(Provider.Requests[^1]), (_, _) => { }))(context);
        var payments = Enumerable.Range(1, 60).Select(n => _payment with { Reference = $"reference{n}", ExternalId = $"CP{n}" }).ToList();

        var found = await Gateway.FindManyAsync([.. payments, _payment with { Reference = "lost", ExternalId = null }], Settings(), default);

        Assert.That(Provider.Requests.Select(request => (HttpUtility.ParseQueryString(request.Body)["cmd"], Asked(request).Length)),
            Is.EqualTo(new[] { ("get_tx_info_multi", 25), ("get_tx_info_multi", 25), ("get_tx_info_multi", 10) }));
        Assert.That(found.Keys, Is.EquivalentTo(payments.Select(payment => payment.Reference)));
        Assert.That(found.Values.Select(payment => payment.ExternalId), Is.EqualTo(payments.Select(payment => payment.ExternalId)));
        Assert.That(found.Values.Select(payment => payment.Amount), Is.All.EqualTo(new Money(25m, "USD")));
    }

    [Test]
    public async Task What_an_answer_about_many_does_not_tell_is_left_for_a_question_of_its_own()
    {
        string[] ids = ["CP1", "CP2", "CP3", "CP4", "CP5"];
        Provider.Answer = Answers.Json(Multi(["CP1", "CP2", "CP3", "CP5", "CP6"], (id, fields) =>
        {
            if (id == "CP2")
                fields["error"] = "Transaction not found";
            if (id == "CP3")
                fields.Remove("amountf");
            if (id == "CP5")
                fields.Remove("error");
        }));

        var found = await Gateway.FindManyAsync([.. ids.Select(id => _payment with { Reference = id.ToLowerInvariant(), ExternalId = id })], Settings(), default);

        Assert.That(found.Keys, Is.EquivalentTo(new[] { "cp1", "cp5" }));
    }

    [TestCase("""{"error":"ok","result":[]}""")]
    [TestCase("""{"error":"ok","result":{"CPEI48A1P31Y1N2SKCXGXKQSTF":[]}}""")]
    public async Task An_empty_list_tells_about_nobody(string answer)
    {
        Provider.Answer = Answers.Json(answer);

        Assert.That(await Gateway.FindManyAsync([_payment], Settings(), default), Is.Empty);
    }

    [TestCase("""{"error":"HMAC signature does not match","result":[]}""", 200, GatewayFault.BadKey)]
    [TestCase("""{"result":{}}""", 200, GatewayFault.BadAnswer)]
    [TestCase("<html></html>", 200, GatewayFault.BadAnswer)]
    [TestCase("", 404, GatewayFault.Refused)]
    [TestCase("", 429, GatewayFault.TooManyRequests)]
    public async Task An_answer_about_many_that_is_none_is_told(string answer, int status, GatewayFault fault)
    {
        Provider.Answer = Answers.Json(answer, status);

        Assert.That((await FaultAsync(() => Gateway.FindManyAsync([_payment], Settings(), default))).Fault, Is.EqualTo(fault));
    }

    [Test]
    public async Task A_connection_is_tried_without_creating_anything()
    {
        Provider.Answer = Answers.InTurn(Answers.Json("""{"data":{"__typename":"Query"}}"""), Answers.Json(Error("Transaction not found")));

        await Gateway.TestAsync(Settings(), default);

        Assert.That(Provider.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/coinpaymentCreatePayment", "/api.php" }));
        Assert.That(Provider.Requests[0].Body, Is.EqualTo("""{"query":"{ __typename }"}"""));
        Assert.That(Provider.Requests[0].Headers["Authorization"], Is.EqualTo($"Bearer {Token}"));
    }

    [Test]
    public async Task Only_the_account_that_is_the_owners_is_tried()
    {
        Provider.Answer = Answers.Json("""{"data":{"__typename":"Query"}}""");

        await Gateway.TestAsync(Settings((CoinPaymentSettings.ControlsAccountField, "false")), default);

        Assert.That(Provider.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("""{"errors":[{"message":"Unauthorized","extensions":{"classification":"UNAUTHORIZED"}}]}""", 200, GatewayFault.BadKey)]
    [TestCase("""{"errors":[{"message":"Unauthorized"}]}""", 401, GatewayFault.BadKey)]
    [TestCase("""{"data":{}}""", 200, GatewayFault.BadAnswer)]
    [TestCase("<html></html>", 200, GatewayFault.BadAnswer)]
    [TestCase("", 404, GatewayFault.Refused)]
    public async Task A_connection_that_does_not_work_is_told(string answer, int status, GatewayFault fault)
    {
        Provider.Answer = Answers.Json(answer, status);

        Assert.That((await FaultAsync(() => Gateway.TestAsync(Settings(), default))).Fault, Is.EqualTo(fault));
    }

    private async Task<ProviderPayment> FindAsync(Action<JsonObject> change)
    {
        var answer = Document.Json("info");
        change(answer["result"]!.AsObject());
        Provider.Answer = Answers.Json(answer.ToJsonString());
        return (await Gateway.FindAsync(_payment, Settings(), default))!;
    }

    /// <summary>The result of the connection test with a working OrbVPN and this response from CoinPayments.net; null if it succeeds.</summary>
    private async Task<GatewayFault?> FaultOfTestAsync()
    {
        Provider.Answer = Answers.InTurn(Answers.Json("""{"data":{"__typename":"Query"}}"""), Provider.Answer);
        try
        {
            await Gateway.TestAsync(Settings(), default);
            return null;
        }
        catch (GatewayException exception)
        {
            return exception.Fault;
        }
    }

    private static string[] Asked(ReceivedRequest request) => HttpUtility.ParseQueryString(request.Body)["txid"]!.Split('|');

    private static string Multi(IEnumerable<string> ids, Action<string, JsonObject> change)
    {
        var result = new JsonObject();
        foreach (var id in ids)
        {
            var fields = Document.Json("info")["result"]!.DeepClone().AsObject();
            fields["error"] = "ok";
            change(id, fields);
            result[id] = fields;
        }
        return new JsonObject { ["error"] = "ok", ["result"] = result }.ToJsonString();
    }

    private static string Error(string text) => new JsonObject { ["error"] = text, ["result"] = new JsonArray() }.ToJsonString();

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
