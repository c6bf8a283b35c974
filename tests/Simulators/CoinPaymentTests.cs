using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.CoinPayment;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoGateways.Tests.Simulators;

/// <summary>The documented mutation, and CoinPayments.net's api.php and IPNs.</summary>
public sealed class CoinPaymentTests : SimulatorFixture
{
    private const string Query = """
        mutation coinpaymentCreatePayment (
        $category: PaymentCategory!,
        $groupId: Int,
        $moreLoginCount: Int,
        $coin: String!
        ) {
        coinpaymentCreatePayment (
        category: $category,
        groupId: $groupId,
        moreLoginCount: $moreLoginCount,
        coin: $coin
        ) {
        id
        error
        address
        amount
        txn_id
        confirms_needed
        timeout
        checkout_url
        status_url
        qrcode_url
        }
        }
        """;

    private readonly ManualTime _time = new();

    protected override string ProviderName => "coinpayment";

    protected override TimeProvider Time => _time;

    [SetUp]
    public void LogIn() => Http.DefaultRequestHeaders.Authorization = new("Bearer", "orb_sandbox");

    [TestCase("/graphql")]
    [TestCase("/coinpaymentCreatePayment")]
    [TestCase("")]
    public async Task The_seeds_mutation_answers_the_seeds_fields(string path)
    {
        using var answer = await Http.PostAsJsonAsync($"/coinpayment{path}", new { query = Query, variables = Variables() });

        var result = (await Json(answer))!["data"]!["coinpaymentCreatePayment"]!.AsObject();
        Assert.That(result.Select(f => f.Key), Is.EqualTo(new[]
        {
            "id", "error", "address", "amount", "txn_id", "confirms_needed", "timeout", "checkout_url", "status_url", "qrcode_url"
        }));
        Assert.That(result["id"]!.GetValue<string>(), Is.EqualTo("1001"));
        Assert.That(result["error"], Is.Null);
        Assert.That(result["amount"]!.GetValue<string>(), Is.EqualTo("0.00076924"));
        Assert.That(result["timeout"]!.GetValue<int>(), Is.EqualTo(9000));
    }

    [TestCase("SUBSCRIPTION", 2, 0, 25)]
    [TestCase("ONE_TIME", 1, 0, 10)]
    [TestCase("GROUP", 4, 3, 100)]
    [TestCase("ADDON", 1, 3, 15)]
    [TestCase("MORE_LOGIN", null, 2, 10)]
    [TestCase("BUY_CREDIT", null, 42, 42)]
    public async Task The_price_follows_from_category_group_and_logins(string category, int? groupId, int logins, decimal usd)
    {
        var result = await Create(new { category, groupId, moreLoginCount = logins, coin = "USDT" });

        Assert.That(decimal.Parse(result["amount"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(usd));
    }

    [TestCase("GIFT", 1, 0, "BTC", "No value found for name 'GIFT'")]
    [TestCase("GROUP", 0, 0, "BTC", "groupId: must be greater than or equal to 1")]
    [TestCase("GROUP", 1, -1, "BTC", "moreLoginCount: must be greater than or equal to 0")]
    [TestCase("GROUP", 1, 0, " ", "coin: must not be blank")]
    [TestCase("GROUP", 9, 0, "BTC", "Group not found")]
    public async Task What_the_schema_forbids_comes_back_in_errors(string category, int groupId, int logins, string coin, string message)
    {
        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query = Query, variables = new { category, groupId, moreLoginCount = logins, coin } });

        var json = (await Json(answer))!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json["errors"]![0]!["message"]!.GetValue<string>(), Does.Contain(message));
        Assert.That(json["data"], Is.Null);
    }

    [TestCase("query { me { id } }", "offending token 'query'")]
    [TestCase("mutation { coinpaymentCreatePayment(category: GROUP, groupId: 1, coin: \"BTC\") { id price } }", "Field 'price'")]
    [TestCase("mutation { coinpaymentCreatePayment(category: GROUP, amount: 1, coin: \"BTC\") { id } }", "Unknown field argument 'amount'")]
    [TestCase("mutation ($coin: String!) { coinpaymentCreatePayment(category: $category, coin: $coin) { id } }", "Undefined variable 'category'")]
    [TestCase("mutation m { # a comment\n coinpaymentCreatePayment(category: GROUP", "offending token '<EOF>'")]
    public async Task A_wrong_query_is_refused(string query, string message)
    {
        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query, variables = Variables() });

        Assert.That((await Json(answer))!["errors"]![0]!["message"]!.GetValue<string>(), Does.Contain(message));
    }

    [Test]
    public async Task Values_may_stand_in_the_query_and_only_what_is_asked_for_is_answered()
    {
        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query = "mutation { coinpaymentCreatePayment(category: GROUP, groupId: 1, coin: \"BTC\") { txn_id amount } }" });

        Assert.That((await Json(answer))!["data"]!["coinpaymentCreatePayment"]!.AsObject().Select(f => f.Key), Is.EqualTo(new[] { "txn_id", "amount" }));
    }

    [TestCase("{ __typename }", """{"data":{"__typename":"Query"}}""")]
    [TestCase("query { __typename }", """{"data":{"__typename":"Query"}}""")]
    public async Task The_name_of_the_root_type_is_told_as_every_GraphQL_server_does(string query, string told)
    {
        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query });

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(told));
    }

    [Test]
    public async Task Without_the_right_token_it_is_401_with_errors()
    {
        Http.DefaultRequestHeaders.Authorization = new("Bearer", "other");

        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query = Query, variables = Variables() });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Json(answer))!["errors"], Is.Not.Null);
    }

    [Test]
    public async Task An_error_of_the_provider_fills_id_and_error_only()
    {
        await Control("settings", new { ids = "number" });

        var result = await Create(new { category = "GROUP", groupId = 1, coin = "NOPE" });

        Assert.That(result.Where(f => f.Value is not null).Select(f => f.Key), Is.EqualTo(new[] { "id", "error" }));
        Assert.That(result["id"]!.GetValue<int>(), Is.EqualTo(1001));
    }

    /// <summary>The documents' own vector.</summary>
    [Test]
    public void The_signature_is_hex_of_hmac_sha512() => Assert.That(
        CoinPaymentProvider.Sign("currency=BTC&version=1&cmd=get_callback_address&key=your_api_public_key&format=json", "test"),
        Is.EqualTo("5590eac015e7692902e1a9cd5464f1d305a4b593d2f1343d826ac5affc5ac6f960a5167284f9bf31295cba0e04df9d8f7087935b5344c468ccf2dd036e159102"));

    [Test]
    public async Task A_transactions_info_follows_the_payment()
    {
        var id = (await Create(Variables()))["txn_id"]!.GetValue<string>();
        await Control($"payments/{id}/confirm", new { confirms = 1 });

        var json = await Api($"cmd=get_tx_info&txid={id}");

        var info = json["result"]!;
        Assert.That(json["error"]!.GetValue<string>(), Is.EqualTo("ok"));
        Assert.That((info["status"]!.GetValue<int>(), info["recv_confirms"]!.GetValue<int>(), info["receivedf"]!.GetValue<string>()), Is.EqualTo((0, 1, "0.00076924")));
        Assert.That((info["amount"]!.GetValue<long>(), info["amountf"]!.GetValue<string>(), info["coin"]!.GetValue<string>()), Is.EqualTo((76924L, "0.00076924", "BTC")));
    }

    [Test]
    public async Task Several_transactions_are_asked_for_at_once()
    {
        var first = (await Create(Variables()))["txn_id"]!.GetValue<string>();
        var second = (await Create(Variables()))["txn_id"]!.GetValue<string>();
        await Control($"payments/{second}/pay");

        var result = (await Api($"cmd=get_tx_info_multi&txid={first}%7C{second}%7CNONE"))["result"]!;

        Assert.That((result[first]!["status"]!.GetValue<int>(), result[second]!["status"]!.GetValue<int>()), Is.EqualTo((0, 100)));
        Assert.That(result["NONE"]!["error"]!.GetValue<string>(), Is.EqualTo("Transaction not found"));
    }

    [TestCase("cmd=get_tx_info&txid=NONE", "cp_private_sandbox", "Transaction not found")]
    [TestCase("cmd=balances", "cp_private_sandbox", "Invalid command name")]
    [TestCase("cmd=get_tx_info&txid=NONE", "other", "HMAC signature does not match")]
    public async Task A_wrong_call_is_answered_200_with_an_error(string call, string key, string error) =>
        Assert.That((await Api(call, key)).ToJsonString(), Is.EqualTo($$"""{"error":"{{error}}","result":[]}"""));

    [TestCase("pay", "100")]
    [TestCase("pay-short", "0")]
    [TestCase("queue", "2")]
    [TestCase("cancel", "-1")]
    public async Task An_action_sends_a_signed_ipn_with_the_status(string action, string status)
    {
        var id = (await Create(Variables()))["txn_id"]!.GetValue<string>();

        await Control($"payments/{id}/{action}");

        var ipn = (await Look("webhooks"))[0]!;
        var body = ipn["body"]!.GetValue<string>();
        var fields = QueryHelpers.ParseQuery(body);
        Assert.That(ipn["headers"]!["HMAC"]!.GetValue<string>(), Is.EqualTo(CoinPaymentProvider.Sign(body, "cp_ipn_sandbox")));
        Assert.That((fields["ipn_mode"].ToString(), fields["merchant"].ToString(), fields["txn_id"].ToString(), fields["status"].ToString(), fields["currency1"].ToString(), fields["amount1"].ToString(),
            fields["currency2"].ToString(), fields["amount2"].ToString()), Is.EqualTo(("hmac", "cp_merchant_sandbox", id, status, "USD", "50", "BTC", "0.00076924")));
    }

    [Test]
    public async Task Without_an_ipn_secret_no_ipn_is_sent()
    {
        await Control("settings", new { ipnSecret = "" });
        var id = (await Create(Variables()))["txn_id"]!.GetValue<string>();

        await Control($"payments/{id}/pay");

        Assert.That((await Look("webhooks")).AsArray(), Is.Empty);
    }

    [Test]
    public async Task An_unpaid_payment_times_out()
    {
        await Create(Variables());

        _time.Advance(TimeSpan.FromSeconds(9000));

        await Look("wait?for=payments&state=-1");
        Assert.That((await Look("wait?for=webhooks"))["count"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_checkout_page_takes_the_payment()
    {
        var url = (await Create(Variables()))["checkout_url"]!.GetValue<string>();

        using var page = await Http.PostAsync(url, new FormUrlEncodedContent([new("do", "pay")]));

        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("Complete").And.Not.Contain("value=\"pay\""));
        using var stranger = await Http.GetAsync($"{url}x");
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("create", "errors")]
    [TestCase("api", "error")]
    public async Task Every_endpoint_has_faults_in_its_own_shape(string endpoint, string field)
    {
        await Control("faults", new { endpoint, kind = "status", status = 500, times = 1 });

        using var answer = endpoint == "api"
            ? await Http.PostAsync("/coinpayment/api.php", new StringContent(""))
            : await Http.PostAsJsonAsync("/coinpayment/graphql", new { query = Query });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((await Json(answer))![field], Is.Not.Null);
    }

    private static object Variables() => new { category = "GROUP", groupId = 3, moreLoginCount = 0, coin = "BTC" };

    private async Task<JsonObject> Create(object variables)
    {
        using var answer = await Http.PostAsJsonAsync("/coinpayment/graphql", new { query = Query, variables });
        return (await Json(answer))!["data"]!["coinpaymentCreatePayment"]!.AsObject();
    }

    private async Task<JsonNode> Api(string call, string privateKey = "cp_private_sandbox")
    {
        var body = $"version=1&key=cp_public_sandbox&format=json&{call}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/coinpayment/api.php") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("HMAC", CoinPaymentProvider.Sign(body, privateKey));
        using var answer = await Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return (await Json(answer))!;
    }
}
