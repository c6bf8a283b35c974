using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.BtcPay;

namespace CryptoGateways.Tests.Simulators;

/// <summary>The simulated BTCPay Server answers as the real one was observed to.</summary>
public sealed class BtcPayTests : SimulatorFixture
{
    private const string Invoices = "/btcpay/api/v1/stores/SandboxStore1111111111111111111111111111111/invoices";

    protected override string ProviderName => "btcpay";

    [SetUp]
    public void UseKey() => Http.DefaultRequestHeaders.Authorization = new("token", "btcpay_sandbox");

    [Test]
    public async Task An_invoice_is_created_with_the_fields_of_the_real_server()
    {
        using var answer = await CreateInvoice("ref1");

        var invoice = (await Json(answer))!;
        Assert.That(invoice.AsObject().Select(field => field.Key), Is.SupersetOf(new[] { "id", "storeId", "status", "additionalStatus", "amount", "paidAmount", "currency", "checkoutLink", "expirationTime", "metadata" }));
        Assert.That(((string)invoice["status"]!, (string)invoice["amount"]!, (string)invoice["metadata"]!["orderId"]!), Is.EqualTo(("New", "92.50", "ref1")));
        Assert.That((string)invoice["checkoutLink"]!, Is.EqualTo($"{Http.BaseAddress}btcpay/i/{invoice["id"]}"));
    }

    [TestCase("pay", "Settled/None", "92.50")]
    [TestCase("send", "Processing/None", "92.50")]
    [TestCase("pay-short", "New/PaidPartial", "23.13")]
    [TestCase("pay-over", "Settled/PaidOver", "185.00")]
    [TestCase("pay-late", "Expired/PaidLate", "92.50")]
    [TestCase("expire", "Expired/None", "0")]
    [TestCase("mark-settled", "Settled/Marked", "0")]
    [TestCase("mark-invalid", "Invalid/Marked", "0")]
    public async Task An_action_leads_to_the_state_of_the_real_server(string action, string state, string paid)
    {
        await CreateInvoice("ref1");

        await Control($"payments/ref1/{action}");

        var invoice = (await Json(await Http.GetAsync($"{Invoices}?orderId=ref1&includePaymentMethods=true")))![0]!;
        Assert.That(($"{invoice["status"]}/{invoice["additionalStatus"]}", (string)invoice["paidAmount"]!), Is.EqualTo((state, paid)));
    }

    /// <summary>The amount due then contains a network fee.</summary>
    [Test]
    public async Task The_due_after_a_partial_payment_is_paid_exactly_by_a_second_one()
    {
        await CreateInvoice("ref1");
        await Control("payments/ref1/pay-short", new { amount = "0.0004" });
        var due = (string)(await Json(await Http.GetAsync($"{Invoices}?orderId=ref1&includePaymentMethods=true")))![0]!["paymentMethods"]![0]!["due"]!;

        await Control("payments/ref1/pay", new { amount = due });

        var invoice = (await Json(await Http.GetAsync($"{Invoices}?orderId=ref1")))![0]!;
        Assert.That(($"{invoice["status"]}/{invoice["additionalStatus"]}", (string)invoice["paidAmount"]!), Is.EqualTo(("Settled/None", "92.50")));
    }

    [Test]
    public async Task A_double_spend_sends_no_webhook()
    {
        await CreateInvoice("ref1");
        await Control("payments/ref1/send");
        var before = (await Look("webhooks")).AsArray().Count;

        await Control("payments/ref1/double-spend");

        var invoice = (await Json(await Http.GetAsync($"{Invoices}?orderId=ref1")))![0]!;
        Assert.That((invoice["status"]!.ToString(), invoice["paidAmount"]!.ToString(), (await Look("webhooks")).AsArray().Count), Is.EqualTo(("New", "0", before)));
    }

    [TestCase("btcpay_other", "orderId=a", 401, "unauthenticated")]
    [TestCase("btcpay_sandbox", "unknown", 403, "missing-permission")]
    public async Task Errors_are_those_of_the_real_server(string key, string what, int status, string code)
    {
        Http.DefaultRequestHeaders.Authorization = new("token", key);

        using var answer = await Http.GetAsync(what == "unknown" ? $"{Invoices}/Unknown1234567890abcdef" : $"{Invoices}?{what}");

        Assert.That(((int)answer.StatusCode, (string)(await Json(answer))!["code"]!), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task Lazy_payment_methods_get_their_address_on_activation()
    {
        using var created = await CreateInvoice("ref1", "\"lazyPaymentMethods\": true");
        var id = (await Json(created))!["id"]!.ToString();
        var before = (await Json(await Http.GetAsync($"{Invoices}/{id}/payment-methods")))![0]!;

        using var activated = await Http.PostAsync($"{Invoices}/{id}/payment-methods/BTC-CHAIN/activate", null);

        var after = (await Json(await Http.GetAsync($"{Invoices}/{id}/payment-methods")))![0]!;
        Assert.That((activated.StatusCode, (bool)before["activated"]!, before["destination"], (bool)after["activated"]!), Is.EqualTo((HttpStatusCode.OK, false, (JsonNode?)null, true)));
    }

    [Test]
    public async Task Webhooks_are_signed_with_the_secret_over_indented_json()
    {
        await CreateInvoice("ref1");
        await Control("payments/ref1/pay");

        var settled = (await Look("webhooks")).AsArray().Last(webhook => webhook!["eventType"]!.ToString() == "InvoiceSettled")!;

        Assert.That(settled["headers"]!["BTCPay-Sig"]!.ToString(), Is.EqualTo(BtcPayProvider.Sign(settled["body"]!.ToString(), "btcpay_webhook_sandbox")));
        Assert.That(settled["body"]!.ToString(), Does.Contain("\n  \"type\": \"InvoiceSettled\"").And.Contains("\"orderId\": \"ref1\""));
    }

    private Task<HttpResponseMessage> CreateInvoice(string reference, string checkout = "") => Http.PostAsync(Invoices, new StringContent(
        $$$"""{"amount": "92.5", "currency": "USD", "metadata": {"orderId": "{{{reference}}}"}, "checkout": { {{{checkout}}} }}""", Encoding.UTF8, "application/json"));
}
