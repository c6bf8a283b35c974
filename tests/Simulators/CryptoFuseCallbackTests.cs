using System.Text.Json.Nodes;
using CryptoGateways.Simulators.CryptoFuse;

namespace CryptoGateways.Tests.Simulators;

public sealed class CryptoFuseCallbackTests : CryptoFuseFixture
{
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task OpenShop() => _shop = await Shop.OpenAsync();

    [OneTimeTearDown]
    public ValueTask CloseShop() => _shop.DisposeAsync();

    [SetUp]
    public void Forget() => _shop.Forget();

    [TestCase("auto", "payment_id")]
    [TestCase("v0.9", "payment_id")]
    [TestCase("flow", "transaction_id")]
    [TestCase("reference", "transaction_id")]
    public async Task A_paid_payment_is_told_to_its_own_address_in_the_shape_set(string shape, string idName)
    {
        await Control("settings", new { callbackShape = shape });
        using var created = await CreateSeed(Example($"{_shop.Hook()}?token=a%2Fb"));
        await Control("payments/ORDER-12345/pay");
        await Look("wait?for=webhooks&state=delivered");

        var callback = _shop.Received.Single();
        var json = JsonNode.Parse(callback.Body)!;
        var data = json["data"] ?? json;
        Assert.That(callback.PathAndQuery, Is.EqualTo("/hook/200?token=a%2Fb"));
        Assert.That(data[idName]!.GetValue<string>(), Is.EqualTo((await Json(created))!["payment_id"]!.GetValue<string>()));
        Assert.That(data["status"]!.GetValue<string>(), Is.EqualTo("completed"));
    }

    [Test]
    public async Task The_current_contract_tells_the_status_before()
    {
        using var created = await Current(HttpMethod.Post, "payments/", await Token(), CurrentExample(_shop.Hook()));
        await Control("payments/ORDER-1/seen");
        await Look("wait?for=webhooks&state=delivered");

        var data = JsonNode.Parse(_shop.Received.Single().Body)!["data"]!;
        Assert.That($"{data["previous_status"]} {data["status"]} {data["order_id"]} {data["price_amount"]}", Is.EqualTo("waiting confirming ORDER-1 120"));
    }

    /// <summary>The HMAC computed by: printf '{"status":"completed"}' | openssl dgst -sha256 -hmac whsk_sandbox</summary>
    [Test]
    public void The_signature_is_hex_of_hmac_sha256() =>
        Assert.That(CryptoFuseProvider.Sign("""{"status":"completed"}""", "whsk_sandbox"), Is.EqualTo("1afa3883db8f1d0ab6580aaf4ad8e26637b6b18125909669af6a80cfd123960b"));

    [TestCase("correct", true)]
    [TestCase("forged", false)]
    [TestCase("unsigned", false)]
    public async Task It_is_signed_in_the_header_that_is_set(string kind, bool genuine)
    {
        await Control("settings", new { signatureHeader = "X-Fuse-Signature" });
        using var created = await CreateSeed(Example(_shop.Hook()));

        await Control("payments/ORDER-12345/webhook", new { kind });

        var callback = _shop.Received.Single();
        Assert.That(callback.Headers["X-Fuse-Signature"].ToString() == CryptoFuseProvider.Sign(callback.Body, "whsk_sandbox"), Is.EqualTo(genuine));
        Assert.That(callback.Headers.ContainsKey("X-Fuse-Signature"), Is.EqualTo(kind != "unsigned"));
    }

    [TestCase("wrong-amount", "crypto_amount", "50")]
    [TestCase("wrong-currency", "blockchain", "ETHEREUM")]
    [TestCase("correct", "status", "pending")]
    [TestCase("unsigned", "status", "completed")]
    public async Task A_callback_made_by_hand_says_what_its_kind_says(string kind, string field, string value)
    {
        using var created = await CreateSeed(Example(_shop.Hook()));

        await Control("payments/ORDER-12345/webhook", new { kind });

        Assert.That(JsonNode.Parse(_shop.Received.Single().Body)![field]!.ToString(), Does.StartWith(value));
    }

    [Test]
    public async Task An_unknown_reference_is_of_no_payment()
    {
        using var created = await CreateSeed(Example(_shop.Hook()));

        await Control("payments/ORDER-12345/webhook", new { kind = "unknown-reference" });

        Assert.That(JsonNode.Parse(_shop.Received.Single().Body)!["payment_id"]!.GetValue<string>(), Does.StartWith("unknown"));
    }

    [Test]
    public async Task A_payment_paid_twice_is_told_twice_and_redelivered_byte_for_byte()
    {
        using var created = await CreateSeed(Example(_shop.Hook()));
        await Control("payments/ORDER-12345/pay-twice");
        await Look("wait?for=webhooks&state=delivered&count=2");
        var first = (await Look("webhooks"))[0]!["body"]!.GetValue<string>();
        _shop.Forget();

        await Control("webhooks/1/redeliver");

        Assert.That(_shop.Received.Single().Body, Is.EqualTo(first));
    }

    [Test]
    public async Task Without_any_address_nothing_is_sent()
    {
        var body = Example();
        body.Remove("callback_url");
        using var created = await CreateSeed(body);

        await Control("payments/ORDER-12345/pay");

        Assert.That((await Look("webhooks"))[0]!["state"]!.GetValue<string>(), Is.EqualTo("no-url"));
    }
}
