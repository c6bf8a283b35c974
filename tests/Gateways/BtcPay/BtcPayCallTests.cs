using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

namespace CryptoGateways.Tests.Gateways.BtcPay;

/// <summary>
/// Creating invoices, testing the connection, and webhooks.
/// </summary>
public sealed class BtcPayCallTests : BtcPayFixture
{
    [Test]
    public async Task An_invoice_is_created_with_the_reference_as_its_orderId()
    {
        Provider.Answer = Answers.Json(Invoice().ToJsonString());

        var created = await Gateway.CreateAsync(Request(), Settings(), CancellationToken.None);

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Headers["Authorization"]), Is.EqualTo(("POST", Path, $"token {Key}")));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(request.Body), JsonNode.Parse($$"""
            {
              "amount": "92.5", "currency": "EUR", "metadata": {"orderId": "{{Reference}}", "itemDesc": "Order 2026-17"},
              "checkout": {"paymentTolerance": 0, "redirectURL": "https://shop.example.com/return?result=success", "redirectAutomatically": true, "defaultLanguage": "de"}
            }
            """)), request.Body);
        Assert.That((created.ExternalId, created.CheckoutUrl?.AbsolutePath, created.PayTo, created.ProviderStatus), Is.EqualTo((Document.InvoiceId, $"/i/{Document.InvoiceId}", (PayTo?)null, "New")));
    }

    /// <summary>The server refuses an invoice with a language that it does not have.</summary>
    [Test]
    public async Task An_unknown_language_is_left_to_the_server()
    {
        Provider.Answer = Answers.Json(Invoice().ToJsonString());

        await Gateway.CreateAsync(Request() with { Language = "sq" }, Settings(), CancellationToken.None);

        Assert.That(Provider.Requests.Single().Body, Does.Not.Contain("defaultLanguage"));
    }

    [Test]
    public async Task A_chosen_coin_is_paid_on_the_stores_page_with_the_address_and_amount_that_the_server_states()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Invoice().ToJsonString()), Answers.Json(Document.Text("payment-methods")));

        var created = await Gateway.CreateAsync(Request("BTC"), Settings((BtcPaySettings.PageField, BtcPaySettings.PageOwn)), CancellationToken.None);

        var method = JsonNode.Parse(Document.Text("payment-methods"))![0]!;
        Assert.That(created.PayTo, Is.EqualTo(new PayTo((string)method["destination"]!, new Money(StrictText.Number((string)method["due"]!)!.Value, "BTC"))));
        Assert.That(Provider.Requests[0].Body, Does.Contain("\"paymentMethods\":[\"BTC-CHAIN\"]"));
    }

    /// <summary>With lazy payment methods, an address exists only once the method is activated.</summary>
    [Test]
    public async Task A_payment_method_that_is_not_active_is_activated()
    {
        var inactive = JsonNode.Parse(Document.Text("payment-methods"))!;
        (inactive[0]!["activated"], inactive[0]!["destination"]) = (false, null);
        Provider.Answer = Answers.InTurn(Answers.Json(Invoice().ToJsonString()), Answers.Json(inactive.ToJsonString()), Answers.Json(""), Answers.Json(Document.Text("payment-methods")));

        var created = await Gateway.CreateAsync(Request("BTC"), Settings((BtcPaySettings.PageField, BtcPaySettings.PageOwn)), CancellationToken.None);

        Assert.That(created.PayTo, Is.Not.Null);
        Assert.That((Provider.Requests[2].Method, Provider.Requests[2].Target), Is.EqualTo(("POST", $"{Path}/{Document.InvoiceId}/payment-methods/BTC-CHAIN/activate")));
    }

    [TestCase(500)]
    [TestCase(404)]
    public async Task Without_an_address_the_shopper_pays_on_the_servers_page(int status)
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Invoice().ToJsonString()), Answers.Status(status));

        var created = await Gateway.CreateAsync(Request("BTC"), Settings((BtcPaySettings.PageField, BtcPaySettings.PageOwn)), CancellationToken.None);

        Assert.That((created.PayTo, created.CheckoutUrl), Is.EqualTo(((PayTo?)null, new Uri((string)Invoice()["checkoutLink"]!))));
    }

    [Test]
    public async Task An_address_of_a_test_network_is_not_shown_unless_the_owner_says_so()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Invoice().ToJsonString()), Answers.Json(Document.Text("payment-methods")));

        var exception = await FaultAsync(() => Gateway.CreateAsync(
            Request("BTC"), Settings((BtcPaySettings.PageField, BtcPaySettings.PageOwn), (BtcPaySettings.TestNetworkField, "false")), CancellationToken.None));

        Assert.That(exception.Fault, Is.EqualTo(GatewayFault.BadAddress));
    }

    /// <summary>The server answers a failed create with its log.</summary>
    [Test]
    public async Task The_servers_log_is_not_repeated()
    {
        Provider.Answer = Answers.Json(Document.Text("generic-error"), 400);

        var exception = await FaultAsync(() => Gateway.CreateAsync(Request(), Settings(), CancellationToken.None));

        Assert.That((exception.Fault, exception.Message), Is.EqualTo((GatewayFault.Refused, "answered 400: generic-error")));
    }

    [Test]
    public async Task A_validation_error_is_told()
    {
        Provider.Answer = Answers.Json(Document.Text("validation-error"), 422);

        var exception = await FaultAsync(() => Gateway.CreateAsync(Request(), Settings((BtcPaySettings.SendEmailField, "true")), CancellationToken.None));

        Assert.That(exception.Message, Does.StartWith("answered 422: The amount should be 0 or more."));
    }

    [TestCase("btcpay.store.canviewinvoices,btcpay.store.cancreateinvoice", true)]
    [TestCase("btcpay.store.canviewinvoices:{0},btcpay.store.cancreateinvoice:{0}", true)]
    [TestCase("btcpay.store.canmodifystoresettings:{0}", true)]
    [TestCase("unrestricted", true)]
    [TestCase("btcpay.store.canviewinvoices:{0},btcpay.store.cancreateinvoice:another", false)]
    [TestCase("", false)]
    public async Task The_connection_test_checks_that_the_key_may_create_invoices(string permissions, bool isFine)
    {
        var list = new JsonArray([.. permissions.Replace("{0}", Document.StoreId).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(permission => (JsonNode)permission)]);
        Provider.Answer = Answers.InTurn(Answers.Json("[]"), Answers.Json(new JsonObject { ["apiKey"] = Key, ["permissions"] = list }.ToJsonString()));

        if (isFine)
            await Gateway.TestAsync(Settings(), CancellationToken.None);
        else
            Assert.That((await FaultAsync(() => Gateway.TestAsync(Settings(), CancellationToken.None))).Fault, Is.EqualTo(GatewayFault.Forbidden));
        Assert.That(Provider.Requests.Select(request => request.Target), Is.EqualTo(new[] { $"{Path}?orderId=connectiontest&includeArchived=true&includePaymentMethods=true", "/pay/api/v1/api-keys/current" }));
    }

    /// <summary>Recorded with the secret from a real server.</summary>
    [Test]
    public void A_recorded_webhook_is_authentic()
    {
        var recorded = Document.Object("recorded-webhook");
        var request = new WebhookRequest(Encoding.UTF8.GetBytes((string)recorded["body"]!), name => name == "BTCPay-Sig" ? (string)recorded["signature"]! : null);

        Assert.That(Gateway.Verify(request, Settings((BtcPaySettings.WebhookSecretField, (string)recorded["secret"]!))), Is.Not.Null);
    }

    [Test]
    public void A_redelivery_is_the_same_event()
    {
        var (first, again) = (Document.Object("webhook"), Document.Object("webhook"));
        (again["deliveryId"], again["isRedelivery"], again["timestamp"]) = ("AnotherDelivery", true, 1796009999);

        Assert.That(Key(again), Is.EqualTo(Key(first)));

        string Key(JsonObject body) => Gateway.Read(new WebhookRequest(Encoding.UTF8.GetBytes(body.ToJsonString()), _ => null)).EventKey;
    }

    [TestCase("", TestName = "A_signature_without_its_prefix_is_wrong")]
    [TestCase("sha1=", TestName = "A_signature_with_another_prefix_is_wrong")]
    public void Prefixes(string prefix)
    {
        var recorded = Document.Object("recorded-webhook");
        var request = new WebhookRequest(Encoding.UTF8.GetBytes((string)recorded["body"]!), _ => prefix + ((string)recorded["signature"]!)["sha256=".Length..]);

        Assert.That(Gateway.Verify(request, Settings((BtcPaySettings.WebhookSecretField, (string)recorded["secret"]!))), Is.Null);
    }
}
