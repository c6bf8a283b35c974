using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using static CryptoGateways.Tests.Gateways.CoolPay.Document;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// The status of a payment, derived from its state and operations.
/// </summary>
public sealed class CoolPayStatusTests : CoolPayFixture
{
    [Test]
    public async Task A_whole_payment_is_understood()
    {
        var found = await FoundAsync(Json("payment"));

        Assert.That(found! with { Answer = null }, Is.EqualTo(new ProviderPayment
        {
            Status = ProviderStatus.Authorized,
            StatusText = "new",
            Reference = "1001",
            ExternalId = Id,
            Amount = new Money(10m, "DKK"),
            Refunded = new Money(0m, "DKK"),
            CheckoutUrl = new Uri("https://payment.coolpay.com/payments/b4674ca58c6c8a2afeea105fb1b5ca22293a1dc17fa852afa0495010999c2d00")
        }));
        Assert.That((Provider.Requests.Single().Method, Provider.Requests.Single().Target), Is.EqualTo(("GET", $"/payments/{Id}")));
    }

    /// <summary>State; operations as type, amount and code ("-" if pending); expected status; received amount.</summary>
    [TestCase("initial", "", ProviderStatus.Waiting, null)]
    [TestCase("pending", "authorize 1000 -", ProviderStatus.Confirming, null)]
    [TestCase("rejected", "authorize 1000 40000", ProviderStatus.Failed, null)]
    [TestCase("rejected", "authorize 1000 30100", ProviderStatus.Failed, null)]
    [TestCase("new", "authorize 1000 40000|authorize 1000 20000", ProviderStatus.Authorized, null)]
    [TestCase("new", "authorize 1000 20000|capture 1000 40000", ProviderStatus.Authorized, null)]
    [TestCase("rejected", "authorize 1000 20000|capture 1000 40002", ProviderStatus.Authorized, null)]
    [TestCase("pending", "authorize 1000 20000|capture 1000 -", ProviderStatus.Authorized, null)]
    [TestCase("pending", "authorize 1000 20000|cancel - -", ProviderStatus.Authorized, null)]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000", ProviderStatus.Completed, "10")]
    [TestCase("PROCESSED", "authorize 1000 20000|capture 1000 20000", ProviderStatus.Completed, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 400 20000", ProviderStatus.Underpaid, "4")]
    [TestCase("processed", "authorize 1000 20000|capture 400 20000|capture 600 20000", ProviderStatus.Completed, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 400 20000|capture 600 40000", ProviderStatus.Underpaid, "4")]
    [TestCase("processed", "authorize 2000 20000|capture 2000 20000", ProviderStatus.Completed, "20")]
    [TestCase("pending", "authorize 1000 20000|capture 1000 20000|refund 1000 -", ProviderStatus.Completed, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000|refund 1000 40000", ProviderStatus.Completed, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000|refund 300 20000", ProviderStatus.PartiallyRefunded, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000|refund 300 20000|refund 700 20000", ProviderStatus.Refunded, "10")]
    [TestCase("processed", "authorize 1000 20000|capture 400 20000|refund 400 20000", ProviderStatus.Refunded, "4")]
    [TestCase("processed", "authorize 1000 20000|cancel - 20000", ProviderStatus.Canceled, null)]
    [TestCase("new", "authorize 1000 20000|cancel - 40000", ProviderStatus.Authorized, null)]
    [TestCase("new", "", ProviderStatus.Unknown, null)]
    [TestCase("processed", "", ProviderStatus.Unknown, null)]
    [TestCase("chargeback", "authorize 1000 20000|capture 1000 20000", ProviderStatus.Unknown, "10")]
    [SetCulture("tr-TR")]
    public async Task The_operations_tell_what_became_of_the_money(string state, string operations, ProviderStatus status, string? received)
    {
        var found = await FoundAsync(Payment(state, [.. Operations(operations)]));

        Assert.That((found.Status, found.StatusText), Is.EqualTo((status, state)));
        Assert.That(found.Received?.ToString(), Is.EqualTo(received is null ? null : $"{received} DKK"));
    }

    [Test]
    public async Task The_code_may_stand_under_the_other_prefix()
    {
        var found = await FoundAsync(Payment("processed", [.. Operations("authorize 1000 20000|capture 1000 20000")]), text => text.Replace("qp_status", "cp_status"));

        Assert.That((found.Status, found.Received), Is.EqualTo((ProviderStatus.Completed, new Money(10m, "DKK"))));
    }

    [TestCase("\"pending\":false", "\"pending\":true")]
    [TestCase("\"pending\":false,", "")]
    [TestCase("\"accepted\":true", "\"accepted\":false")]
    [TestCase("\"20000\"", "\"20001\"")]
    [TestCase("\"20000\"", "null")]
    public async Task Without_one_of_accepted_done_and_approved_nothing_is_reserved(string documented, string instead)
    {
        var found = await FoundAsync(Json("payment"), text => text.Replace(documented, instead));

        Assert.That(found.Status, Is.EqualTo(ProviderStatus.Unknown));
    }

    [TestCase("500")]
    [TestCase("2000")]
    public async Task Another_sum_than_quoted_on_the_card_contradicts_the_quote(string reserved)
    {
        var found = await FoundAsync(Payment("new", [.. Operations($"authorize {reserved} 20000")]));

        Assert.That((found.Status, found.Amount.Amount), Is.EqualTo((ProviderStatus.Authorized, decimal.Parse(reserved, System.Globalization.CultureInfo.InvariantCulture) / 100)));
    }

    [TestCase("initial", "", ProviderStatus.Waiting)]
    [TestCase("pending", "authorize 1000 -", ProviderStatus.Failed)]
    [TestCase("new", "authorize 1000 20000", ProviderStatus.Failed)]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000", ProviderStatus.Failed)]
    [TestCase("processed", "authorize 1000 20000|capture 1000 20000|refund 1000 20000", ProviderStatus.Failed)]
    [TestCase("processed", "authorize 1000 20000|cancel - 20000", ProviderStatus.Canceled)]
    public async Task A_test_card_pays_nothing(string state, string operations, ProviderStatus status)
    {
        var payment = Payment(state, [.. Operations(operations)]);
        payment["test_mode"] = true;

        var found = await FoundAsync(payment);

        Assert.That((found.Status, found.StatusText), Is.EqualTo((status, state + " (test_mode)")));
    }

    [Test]
    public async Task A_test_card_pays_when_the_owner_takes_test_payments()
    {
        var payment = Payment("processed", [.. Operations("authorize 1000 20000|capture 1000 20000")]);
        payment["test_mode"] = true;
        Provider.Answer = Answers.Json(payment.ToJsonString());

        var settings = Settings((CoolPaySettings.AcceptTestField, "true"));

        Assert.That((await Gateway.FindAsync(Handle, settings, default))!.Status, Is.EqualTo(ProviderStatus.Completed));
        Assert.That((Gateway.IsTest(settings), Gateway.IsTest(Settings())), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_payment_without_a_link_asks_for_nothing_yet()
    {
        var payment = Payment("initial");
        payment["link"] = null;

        var found = await FoundAsync(payment);

        Assert.That((found.Status, found.Amount, found.CheckoutUrl), Is.EqualTo((ProviderStatus.Waiting, new Money(10m, "DKK"), (Uri?)null)));
    }

    [TestCase("https://payment.coolpay.com.evil.example/")]
    [TestCase("http://payment.coolpay.com/")]
    [TestCase("/payments/")]
    public async Task A_link_to_somewhere_else_is_no_page(string start) =>
        Assert.That((await FoundAsync(Json("payment"), text => text.Replace("https://payment.coolpay.com/payments/", start))).CheckoutUrl, Is.Null);

    [Test]
    public async Task A_payment_in_another_currency_says_so_even_without_a_link()
    {
        var payment = Payment("initial");
        (payment["link"], payment["currency"]) = (null, "EUR");

        Assert.That((await FoundAsync(payment)).Amount, Is.EqualTo(new Money(10m, "EUR")));
    }

    [Test]
    public async Task Without_an_id_the_payment_is_found_by_its_order_id()
    {
        Provider.Answer = Answers.Json($"[{Text("payment").Replace("\"1001\"", "\"1002\"")},{Text("payment")}]");

        var found = await Gateway.FindAsync(Handle with { ExternalId = null }, Settings(), default);

        Assert.That((found?.ExternalId, found?.Reference, found?.CheckoutUrl?.Host), Is.EqualTo((Id, "1001", "payment.coolpay.com")));
        Assert.That(Provider.Requests.Single().Target, Is.EqualTo("/payments?order_id=1001"));
    }

    [Test]
    public async Task A_row_that_cannot_be_read_hides_no_other()
    {
        Provider.Answer = Answers.Json($"[null,5,{Text("payment").Replace("99685196", "\"x\"")},{Text("payment")}]");

        Assert.That((await Gateway.FindAsync(Handle with { ExternalId = null }, Settings(), default))?.ExternalId, Is.EqualTo(Id));
    }

    /// <summary>The documented maximum is nine digits.</summary>
    [Test]
    public async Task An_amount_that_cannot_be_is_a_bad_answer()
    {
        var operations = Operations("authorize 1000 20000|capture 1000000000 20000");

        Assert.That((await FaultAsync(() => FoundAsync(Payment("processed", [.. operations])))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task An_empty_list_means_that_there_is_no_payment()
    {
        Provider.Answer = Answers.Json("[]");

        Assert.That(await Gateway.FindAsync(Handle with { ExternalId = null }, Settings(), default), Is.Null);
    }

    [TestCase("[null]")]
    [TestCase("{}")]
    [TestCase("[[]]")]
    [TestCase("[{\"order_id\":\"1002\"}]")]
    public async Task A_list_of_something_else_says_nothing(string list)
    {
        Provider.Answer = Answers.Json(list);

        Assert.That((await FaultAsync(() => Gateway.FindAsync(Handle with { ExternalId = null }, Settings(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [TestCase("99685196", "null")]
    [TestCase("\"1001\"", "null")]
    [TestCase("\"DKK\"", "null")]
    [TestCase("\"new\"", "null")]
    [TestCase("\"amount\":1000", "\"amount\":\"much\"")]
    [TestCase("\"operations\":[", "\"operations\":[5,")]
    public async Task A_payment_without_what_it_is_about_is_none(string documented, string instead)
    {
        Provider.Answer = Answers.Json(Json("payment").ToJsonString().Replace(documented, instead));

        Assert.That((await FaultAsync(() => Gateway.FindAsync(Handle, Settings(), default))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task An_id_cannot_lead_to_another_address()
    {
        await Gateway.FindAsync(new PaymentHandle("1001", "../users?a=b#c"), Settings(), default);

        Assert.That(Provider.Requests.Single().Target, Is.EqualTo("/payments/..%2Fusers%3Fa%3Db%23c"));
    }

    [Test]
    public async Task Trying_the_keys_reads_and_changes_nothing()
    {
        Provider.Answer = Answers.Json("[]");

        await Gateway.TestAsync(Settings(), default);

        Assert.That((Provider.Requests.Single().Method, Provider.Requests.Single().Headers["Authorization"]), Is.EqualTo(("GET", Authorization)));
    }

    [TestCase(401, GatewayFault.BadKey)]
    [TestCase(404, GatewayFault.BadAnswer)]
    public async Task Wrong_keys_and_addresses_are_told(int status, GatewayFault fault)
    {
        Provider.Answer = Answers.Json("""{"message":"no"}""", status);

        Assert.That((await FaultAsync(() => Gateway.TestAsync(Settings(), default))).Fault, Is.EqualTo(fault));
    }

    private async Task<ProviderPayment> FoundAsync(JsonObject payment, Func<string, string>? change = null)
    {
        var text = payment.ToJsonString();
        var changed = change?.Invoke(text) ?? text;
        Assert.That(change is null || changed != text, "the change changes something");
        Provider.Answer = Answers.Json(changed);
        return (await Gateway.FindAsync(Handle, Settings(), default))!;
    }

    private static IEnumerable<JsonObject> Operations(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts =>
        Operation(parts[0], parts[1] == "-" ? null : decimal.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2] == "-" ? null : parts[2]));
}
