using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

namespace CryptoGateways.Tests.Gateways.CoinPay24;

/// <summary>
/// Requests and responses of the documented examples.
/// </summary>
public sealed partial class CoinPay24CallTests : GatewayFixture<CoinPay24Gateway>
{
    private const string Key = "c0ffee1234567890c0ffee1234567890";
    private const string Reference = "k3v9x0q2m8r7t1z5w4y6";
    private const string Page = "https://coinpay24.com/invoice/39b3c1d8984385b44489dcac27ef0d0e";

    private static readonly DateTimeOffset _now = new(2018, 4, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The invoice of the documented create example.</summary>
    private static readonly PaymentRequest _documented = new()
    {
        Reference = "123456",
        Coin = new CoinDescriptor("ANY", "Any coin", 0m) { IsMethod = true },
        Amount = new Money(100m, "USD"),
        OrderId = 7,
        OrderNumber = "2018-7",
        StoreId = 1,
        Attempt = 2,
        CustomerId = 5,
        CustomerEmail = "shopper@example.com",
        CustomerName = "Sam Sample",
        WebhookUrl = new Uri("http://your-callback-url.com"),
        SuccessUrl = new Uri("http://your-success-url.com"),
        FailureUrl = new Uri("http://your-cancel-url.com")
    };

    protected override Dictionary<string, string> Defaults => new()
    {
        [CoinPay24Settings.ApiKeyField] = Key,
        [CoinPay24Settings.BaseUrlField] = new Uri(Provider.Url, "v1").AbsoluteUri
    };

    /// <summary>Five minutes before the documented invoice expires.</summary>
    protected override TimeProvider CreateClock() => new FakeTimeProvider(_now);

    [Test]
    public async Task Create_is_the_documents_example()
    {
        Provider.Answer = Answers.Json(Document.Text("created"));

        Assert.That(await Gateway.CreateAsync(_documented, Settings(), default), Is.EqualTo(new CreatedPayment(null, new Uri(Page), "new")));

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Headers["Content-Type"]), Is.EqualTo(("POST", "/v1/invoices/create", "application/x-www-form-urlencoded")));
        Assert.That(Form(request), Is.EqualTo(new Dictionary<string, string>
        {
            ["api_key"] = Key,
            ["order_id"] = "123456",
            ["price_amount"] = "100",
            ["price_currency"] = "USD",
            ["title"] = "Order 2018-7",
            ["description"] = "2018-7-2",
            ["callback_url"] = "http://your-callback-url.com",
            ["cancel_url"] = "http://your-cancel-url.com",
            ["success_url"] = "http://your-success-url.com"
        }));
    }

    [Test]
    public async Task Requests_may_be_json_as_the_providers_plugins_send_them()
    {
        Provider.Answer = Answers.Json(Document.Text("created"));

        await Gateway.CreateAsync(_documented with { Amount = new Money(1050.99m, "USD") }, Settings((CoinPay24Settings.RequestFormField, "json")), default);

        var request = Provider.Requests.Single();
        var body = JsonNode.Parse(request.Body)!.AsObject();
        Assert.That(request.Headers["Content-Type"], Does.StartWith("application/json"));
        Assert.That(body.Select(field => field.Key), Is.EquivalentTo(
            new[] { "api_key", "order_id", "price_amount", "price_currency", "title", "description", "callback_url", "cancel_url", "success_url" }));
        Assert.That((body["api_key"]!.GetValue<string>(), body["price_amount"]!.GetValue<decimal>()), Is.EqualTo((Key, 1050.99m)));
    }

    [Test]
    public async Task A_title_has_150_characters_at_most()
    {
        Provider.Answer = Answers.Json(Document.Text("created"));

        await Gateway.CreateAsync(_documented with { OrderNumber = new string('7', 200) }, Settings(), default);

        Assert.That(Form(Provider.Requests.Single())["title"], Has.Length.EqualTo(150));
    }

    [TestCase("""{"error_message":"price_currency is not supported."}""")]
    [TestCase("""{"message":"price_currency is not supported.","errors":[]}""")]
    [TestCase("""{"code":7,"error":"price_currency is not supported."}""")]
    public async Task An_invoice_that_is_not_valid_is_told_in_the_providers_sentence(string answer)
    {
        Provider.Answer = Answers.Json(answer, 422);

        var exception = await FaultAsync(() => Gateway.CreateAsync(_documented, Settings(), default));

        Assert.That((exception.Fault, exception.Message, exception.CreatedNothing), Is.EqualTo((GatewayFault.Refused, "answered 422: price_currency is not supported.", true)));
    }

    [Test]
    public async Task A_sentence_in_a_success_without_a_page_is_a_refusal_too()
    {
        Provider.Answer = Answers.Json("""{"error_message":"Your account is not <b>active</b>"}""");

        var exception = await FaultAsync(() => Gateway.CreateAsync(_documented, Settings(), default));

        Assert.That((exception.Fault, exception.Message), Is.EqualTo((GatewayFault.Refused, "answered create with: Your account is not  b active /b")));
    }

    /// <summary>1,000 invoices an hour; above that, the plugin pauses calls to this gateway.</summary>
    [Test]
    public async Task Too_many_invoices_made_nothing()
    {
        Provider.Answer = Answers.Json("""{"error_message":"The limit of invoices per hour is reached."}""", 429);

        var exception = await FaultAsync(() => Gateway.CreateAsync(_documented, Settings(), default));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.TooManyRequests, true, 1)));
        Assert.That(Services.GetRequiredService<ProviderRateLimiter>().HasCapacity(Gateway.Descriptor), Is.False);
    }

    [Test]
    public void The_limits_are_the_documented_ones() =>
        Assert.That(Gateway.Descriptor.Limits, Is.EqualTo(new[] { new CallLimit(200, TimeSpan.FromMinutes(1)), new CallLimit(1000, TimeSpan.FromHours(1)) }));

    [Test]
    public async Task A_coin_by_its_name_takes_three_calls_and_is_paid_on_the_stores_own_page()
    {
        Provider.Answer = ForOwnPage();

        var created = await Gateway.CreateAsync(InBitcoin(), Settings((CoinPay24Settings.PageField, "own"), (CoinPay24Settings.SendPurchaserField, "true")), default);

        Assert.That(created, Is.EqualTo(new CreatedPayment("1723", new Uri(Page), "pending")
        {
            PayTo = new PayTo("3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5", new Money(0.000023m, "BTC")),
            ExpiresOnUtc = new DateTime(2018, 5, 4, 22, 11, 58, DateTimeKind.Utc)
        }));
        Assert.That(Provider.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/v1/invoices/create", "/v1/invoices", "/v1/invoices/1723/checkout" }));
        Assert.That(Form(Provider.Requests[1]), Is.EqualTo(
            new Dictionary<string, string> { ["api_key"] = Key, ["per_page"] = "100", ["page"] = "1", ["sort"] = "created_at_desc" }));
        Assert.That(Form(Provider.Requests[2]), Is.EqualTo(
            new Dictionary<string, string> { ["api_key"] = Key, ["pay_currency"] = "BTC", ["purchaser_fullname"] = "Sam Sample", ["purchaser_email"] = "shopper@example.com" }));
    }

    [Test]
    public async Task A_coin_by_its_name_may_be_paid_on_the_providers_page_and_nothing_is_told_of_the_shopper()
    {
        Provider.Answer = ForOwnPage();

        var created = await Gateway.CreateAsync(InBitcoin(), Settings(), default);

        Assert.That((created.ExternalId, created.CheckoutUrl, created.PayTo), Is.EqualTo(("1723", new Uri(Page), (PayTo?)null)));
        Assert.That(Form(Provider.Requests[2]).Keys, Is.EquivalentTo(new[] { "api_key", "pay_currency" }));
    }

    [TestCase(404, "{}")]
    [TestCase(422, """{"error_message":"page is wrong"}""")]
    [TestCase(429, "{}")]
    [TestCase(200, """{"total_pages":1,"invoices":[]}""")]
    [TestCase(200, "<html>")]
    public async Task An_invoice_whose_id_cannot_be_learnt_is_paid_on_the_providers_page(int status, string list)
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("created")), Answers.Json(list, status));

        Assert.That(await Gateway.CreateAsync(InBitcoin(), Settings((CoinPay24Settings.PageField, "own")), default),
            Is.EqualTo(new CreatedPayment(null, new Uri(Page), "new")));
    }

    [TestCase("\"payment_address\":\"3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5\"", "\"payment_address\":\"\"")]
    [TestCase("\"pay_amount\":\"0.000023\"", "\"pay_amount\":\"0\"")]
    [TestCase("\"pay_currency\":\"BTC\"", "\"pay_currency\":\"LTC\"")]
    [TestCase("\"price_amount\":\"0.01\"", "\"price_amount\":\"0.02\"")]
    [TestCase("\"price_currency\":\"USD\"", "\"price_currency\":\"EUR\"")]
    [TestCase("\"id\":1723", "\"id\":1724")]
    public async Task An_address_for_something_else_is_not_shown(string documented, string instead)
    {
        var checkout = Document.Json("checkout").ToJsonString();
        Assert.That(checkout, Does.Contain(documented));
        Provider.Answer = ForOwnPage(Answers.Json(checkout.Replace(documented, instead)));

        var created = await Gateway.CreateAsync(InBitcoin(), Settings((CoinPay24Settings.PageField, "own")), default);

        Assert.That((created.ExternalId, created.CheckoutUrl, created.PayTo), Is.EqualTo(("1723", new Uri(Page), (PayTo?)null)));
    }

    /// <summary>"The currency selected must be active in your panel": the owner must be told.</summary>
    [Test]
    public async Task A_coin_that_is_refused_ends_the_attempt_and_what_was_sent_of_the_shopper_is_not_told()
    {
        Provider.Answer = ForOwnPage(Answers.Json("""{"error_message":"pay_currency is not active (Sam Sample, shopper@example.com)"}""", 422));

        var exception = await FaultAsync(() => Gateway.CreateAsync(InBitcoin(), Settings((CoinPay24Settings.SendPurchaserField, "true")), default));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.Refused, true)));
        Assert.That(exception.ToString(), Does.Contain("answered 422: pay_currency is not active").And.Not.Contain("Sam").And.Not.Contain("shopper@"));
    }

    [Test]
    public async Task A_refusal_that_repeats_the_form_tells_nothing_of_the_shopper()
    {
        Provider.Answer = ForOwnPage(context => Answers.Text(Provider.Requests[^1].Body, "text/plain", 422)(context));

        var exception = await FaultAsync(() => Gateway.CreateAsync(InBitcoin(), Settings((CoinPay24Settings.SendPurchaserField, "true")), default));

        Assert.That(exception.ToString(), Does.Contain("answered 422").And.Not.Contain("Sam").And.Not.Contain("shopper").And.Not.Contain(Key));
    }

    [TestCase(null)]
    [TestCase("https://coinpay24.com.example.com/invoice/1")]
    public void Shoppers_are_sent_to_the_provider_only(string? elsewhere) =>
        Assert.That(Gateway.Descriptor.IsAllowedRedirect(new Uri(elsewhere ?? Page), Settings()), Is.EqualTo(elsewhere is null));

    [Test]
    public async Task The_connection_test_reads_one_invoice_with_the_key()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("list")), Answers.Json("""{"error_message":"Your API key is wrong."}""", 401), Answers.Status(404));

        await Gateway.TestAsync(Settings(), default);

        Assert.That((Provider.Requests[0].Target, Form(Provider.Requests[0])["per_page"], Form(Provider.Requests[0])["api_key"]), Is.EqualTo(("/v1/invoices", "1", Key)));
        Assert.That((await FaultAsync(() => Gateway.TestAsync(Settings(), default))).Message, Is.EqualTo("answered 401: Your API key is wrong."));
        Assert.That((await FaultAsync(() => Gateway.TestAsync(Settings(), default))).Message, Does.Contain("check the API URL"));
    }

    [Test]
    public void Amounts_count_in_the_stores_currency_and_money_is_always_real()
    {
        Assert.That(Gateway.Descriptor.Coins.Select(coin => Gateway.BasisFor(coin, Settings())), Has.All.EqualTo(PriceBasis.StoreCurrency));
        Assert.That(Gateway.IsTest(Settings()), Is.False);
    }

    private static PaymentRequest InBitcoin() =>
        _documented with { Reference = "110", Coin = new CoinDescriptor("BTC", "Bitcoin", 0m), Amount = new Money(0.01m, "USD") };

    /// <summary>Responds to the three calls; the third response can be replaced.</summary>
    private static Func<HttpContext, Task> ForOwnPage(Func<HttpContext, Task>? checkout = null) => Answers.InTurn(
        Answers.Json(Document.Text("created")),
        Answers.Json(Document.Text("list").Replace("1195824", "1723")),
        checkout ?? Answers.Json(Document.Text("checkout")));

    private static Dictionary<string, string> Form(ReceivedRequest request) =>
        QueryHelpers.ParseQuery(request.Body).ToDictionary(field => field.Key, field => field.Value.ToString());
}
