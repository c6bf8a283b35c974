using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;
using static CryptoGateways.Tests.Gateways.CoolPay.Document;

namespace CryptoGateways.Tests.Gateways.CoolPay;

/// <summary>
/// Callbacks with signatures that were computed independently.
/// </summary>
public sealed class CoolPayWebhookTests : CoolPayFixture
{
    private const string Body = """{"id":99685196,"order_id":"1001","state":"new"}""";
    private const string Signature = "a85b73df66b1127e7326c1b3d37f7da19d39773c51edc65268a9f2470adab4a7";

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha256 -hmac "$key"</summary>
    [TestCase(PrivateKey, Body, Signature)]
    [TestCase("other-Key_9", Body, "11bcb0774f662bc970654e5e46d15424aa05b17047657bbd089d4c2125e1d106")]
    [TestCase(PrivateKey, """{"note":"größe €"}""", "3d94486613021d6161b31ea791e33727cc87bb08ce159cd4c7dd82bc516a4dfc")]
    [TestCase(PrivateKey, "", "0a4d8b54227c5d1f4f4814ee5d4a1db176283a077892191a0cb6c1a0e4743138")]
    public void The_checksum_is_hex_of_the_bodys_hmac_sha256(string key, string body, string signature)
    {
        Assert.That(FormOf(body, key, ("CoolPay-Checksum-Sha256", signature)), Is.EqualTo("CoolPay-Checksum-Sha256"));
        Assert.That(FormOf(body, key, ("QuickPay-Checksum-Sha256", signature.ToUpperInvariant())), Is.EqualTo("QuickPay-Checksum-Sha256"));
    }

    [TestCase(" " + Signature + "\r\n", true)]
    [TestCase("", false)]
    [TestCase(Signature + "00", false)]
    [TestCase("sha256=" + Signature, false)]
    [TestCase("11bcb0774f662bc970654e5e46d15424aa05b17047657bbd089d4c2125e1d106", false, Description = "another key")]
    [TestCase("0a4d8b54227c5d1f4f4814ee5d4a1db176283a077892191a0cb6c1a0e4743138", false, Description = "another body")]
    [TestCase("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", false)]
    [TestCase("\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131\u0131", false)]
    public void Only_the_whole_checksum_counts(string signature, bool authentic) =>
        Assert.That(FormOf(Body, PrivateKey, ("CoolPay-Checksum-Sha256", signature)) is not null, Is.EqualTo(authentic));

    [Test]
    public void Of_two_headers_the_documented_one_counts()
    {
        Assert.That(FormOf(Body, PrivateKey, ("CoolPay-Checksum-Sha256", "00"), ("QuickPay-Checksum-Sha256", Signature)), Is.Null);
        Assert.That(FormOf(Body, PrivateKey, ("CoolPay-Checksum-Sha256", ""), ("QuickPay-Checksum-Sha256", Signature)), Is.Not.Null);
        Assert.That(FormOf(Body, PrivateKey, ("Checksum-Sha256", Signature)), Is.Null);
    }

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha256 -hmac ''</summary>
    [Test]
    public void An_empty_key_verifies_nothing_not_even_what_was_signed_with_it() =>
        Assert.That(FormOf(Body, "", ("CoolPay-Checksum-Sha256", "4a3cba5e1f5a15f2bf4991f9929f31abea519e263803c749b8df8895aea9dcf0")), Is.Null);

    [Test]
    public void A_callback_says_what_it_is_about()
    {
        var message = Read(Json("payment"));

        Assert.That(message with { ScrubbedBody = "" }, Is.EqualTo(new WebhookMessage
        {
            EventName = "authorize new",
            Reference = "1001",
            ExternalId = Id,
            Amount = new Money(10m, "DKK"),
            ScrubbedBody = ""
        }));
    }

    [Test]
    public void Each_operation_and_each_state_is_an_event_of_its_own()
    {
        var ids = new[]
        {
            Payment("initial"), Payment("pending", Operation("authorize", 1000, null)), Payment("new", Operation("authorize", 1000)),
            Payment("pending", Operation("authorize", 1000), Operation("capture", 1000, null)), Payment("processed", Operation("authorize", 1000), Operation("capture", 1000)),
            Payment("processed", Operation("authorize", 1000), Operation("capture", 1000), Operation("refund", 100)),
            Payment("processed", Operation("authorize", 1000), Operation("capture", 1000), Operation("refund", 100), Operation("refund", 100))
        }.Select(payment => Read(payment).EventKey);

        Assert.That(ids, Is.Unique);
    }

    /// <summary>A repeated delivery reports the result of the first, so its bytes differ.</summary>
    [Test]
    public void A_repeated_callback_is_the_same_event()
    {
        var again = Json("payment");
        (again["operations"]![0]!["callback_success"], again["operations"]![0]!["callback_response_code"]) = (false, 500);

        Assert.That(Read(again).EventKey, Is.EqualTo(Read(Json("payment")).EventKey));
    }

    [Test]
    public void What_is_kept_is_the_money_and_not_the_shopper()
    {
        var kept = JsonNode.Parse(Read(Json("payment")).ScrubbedBody)!.AsObject();

        Assert.That(kept.Select(field => field.Key), Is.EquivalentTo(new[] { "id", "order_id", "accepted", "type", "test_mode", "currency", "state", "link", "operations" }));
        Assert.That(kept["link"]!.ToJsonString(), Does.Match("^{\"amount\":1000(\\.0)?}$"));
        Assert.That((string?)kept["operations"]![0]!["qp_status_code"], Is.EqualTo("20000"));
    }

    [TestCase("order_id", null)]
    [TestCase("order_id", "")]
    [TestCase("id", null)]
    public void A_callback_that_names_no_payment_is_none(string field, string? value)
    {
        var body = Json("payment");
        body[field] = value;

        Assert.That(() => Read(body), Throws.TypeOf<FormatException>().With.Message.EqualTo($"{field} is missing"));
    }

    private static string? FormOf(string body, string key, params (string Name, string Value)[] headers)
    {
        var values = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        return CoolPayWebhook.Verify(new WebhookRequest(Encoding.UTF8.GetBytes(body), name => values.GetValueOrDefault(name)), key)?.Form;
    }

    private static WebhookMessage Read(JsonObject body) => CoolPayWebhook.Read(new WebhookRequest(Encoding.UTF8.GetBytes(body.ToJsonString()), _ => null));
}
