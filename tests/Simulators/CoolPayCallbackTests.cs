using System.Text.Json.Nodes;
using CryptoGateways.Simulators.CoolPay;

namespace CryptoGateways.Tests.Simulators;

public sealed class CoolPayCallbackTests : CoolPayFixture
{
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task OpenShop() => _shop = await Shop.OpenAsync();

    [OneTimeTearDown]
    public ValueTask CloseShop() => _shop.DisposeAsync();

    [SetUp]
    public void Forget() => _shop.Forget();

    [TestCase("CoolPay-Checksum-Sha256")]
    [TestCase("QuickPay-Checksum-Sha256")]
    public async Task An_authorized_payment_is_told_to_the_links_address(string checksumHeader)
    {
        await Control("settings", new { checksumHeader });
        var id = await Make();
        await Do(HttpMethod.Put, $"payments/{id}/link", new { amount = 1000, callback_url = _shop.Hook() });
        await Control("payments/1001/pay");
        await Look("wait?for=webhooks&state=delivered");

        var callback = _shop.Received.Single();
        Assert.That(callback.Headers[checksumHeader].ToString(), Is.EqualTo(CoolPayProvider.Sign(callback.Body, "cp_private_sandbox")));
        Assert.That($"{callback.Headers["CoolPay-Resource-Type"]} {callback.Headers["CoolPay-Account-ID"]} {callback.Headers["CoolPay-API-Version"]}", Is.EqualTo("Payment 1234 v10"));
        var read = await Do(HttpMethod.Get, $"payments/{id}");
        Assert.That($"{read["operations"]![0]!["callback_success"]} {read["operations"]![0]!["callback_response_code"]}", Is.EqualTo("true 200"));
        Assert.That(JsonNode.Parse(callback.Body)!.AsObject().Select(f => f.Key), Is.EqualTo(read.AsObject().Select(f => f.Key)));
    }

    /// <summary>Computed by: printf '{"id":99685196}' | openssl dgst -sha256 -hmac cp_private_sandbox</summary>
    [Test]
    public void The_checksum_is_hex_of_hmac_sha256() =>
        Assert.That(CoolPayProvider.Sign("""{"id":99685196}""", "cp_private_sandbox"), Is.EqualTo("2971f141031ddb09c17b2915f961f131e73dce20948505a12c3c1e9a02fe2f42"));

    [TestCase("CoolPay-Callback-Url", "/hook/201")]
    [TestCase("QuickPay-Callback-Url", "/hook/201")]
    [TestCase("X-Other", "/hook/202")]
    public async Task An_operation_of_the_api_is_told_to_the_requests_address_else_the_accounts(string header, string path)
    {
        await Control("settings", new { webhookUrl = _shop.Hook(202) });
        var id = await Make();
        await Do(HttpMethod.Put, $"payments/{id}/link", new { amount = 1000, callback_url = _shop.Hook() });
        await Control("payments/1001/pay", new { webhook = false });

        await Do(HttpMethod.Post, $"payments/{id}/capture?synchronized", new { amount = 1000 }, (header, _shop.Hook(201)));
        await Look("wait?for=webhooks&state=delivered");

        Assert.That(_shop.Received.Single().PathAndQuery, Is.EqualTo(path));
    }

    [TestCase(303, "delivered")]
    [TestCase(302, "delivered")]
    [TestCase(301, "waiting")]
    [TestCase(410, "waiting")]
    public async Task Redirects_302_and_303_count_as_delivered(int status, string state)
    {
        await Control("settings", new { webhookUrl = _shop.Hook(status) });
        await Make();

        await Control("payments/1001/webhook", new { retry = true });

        Assert.That((await Look("webhooks"))[0]!["state"]!.GetValue<string>(), Is.EqualTo(state));
    }

    [Test]
    public void There_are_24_retries_with_growing_pauses() =>
        Assert.That(CoolPayProvider.RetryDelays, Has.Count.EqualTo(24).And.Ordered.And.Unique);

    [TestCase("forged", "link", "1000", false)]
    [TestCase("unsigned", "link", "1000", false)]
    [TestCase("wrong-amount", "link", "500", true)]
    public async Task A_callback_made_by_hand_lies_as_its_kind_says(string kind, string part, string amount, bool genuine)
    {
        await Control("settings", new { webhookUrl = _shop.Hook() });
        await Authorized();

        await Control("payments/1001/webhook", new { kind });

        var callback = _shop.Received.Single();
        Assert.That(JsonNode.Parse(callback.Body)![part]!["amount"]!.ToString(), Is.EqualTo(amount));
        Assert.That(callback.Headers["CoolPay-Checksum-Sha256"].ToString() == CoolPayProvider.Sign(callback.Body, "cp_private_sandbox"), Is.EqualTo(genuine));
    }
}
