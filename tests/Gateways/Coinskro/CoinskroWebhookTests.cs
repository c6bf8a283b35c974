using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

namespace CryptoGateways.Tests.Gateways.Coinskro;

/// <summary>
/// The documented example webhook, and webhooks with signatures that were computed independently.
/// </summary>
public sealed class CoinskroWebhookTests
{
    private const string Key = "sk_test_4fX9mQ2vL7bT0cN5";
    private const string Body = """{"event_id":"e1","amount":100.00,"payment_reference":"PAY_abc123xyz"}""";
    private const string Signature = "0ohIwPTCKvcpsAOF1NZtbbmwDkxOpBU0KIjdTGlegCg=";

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha256 -hmac "$key" -binary | base64</summary>
    [TestCase(Key, Body, Signature)]
    [TestCase("sk_live_Zz-_09", Body, "HkW9BbFiO4X9Mit9Xv61ABYRyF6udsyqazAFQJ96m+0=")]
    [TestCase(Key, """{"note":"größe €"}""", "a/ToecOyTEnOUYOeS/TCl8SiP8WLnV82YHcF0WtLtNY=")]
    [TestCase(Key, "", "UYwvmwuCRHIyq5yBTMAnanCRjlATRSQ3h/CXXHcYOHI=")]
    [TestCase(Key, "{\"a\":1}\r\n", "pywk2eXJty01k8fpKnxd7wZvQBatB7gBlURT4kJLoHo=")]
    public void The_signature_is_base64_of_the_bodys_hmac_sha256(string key, string body, string signature) =>
        Assert.That(IsAuthentic(body, key, ("X-Signature", signature)), Is.True);

    [TestCase(Signature + " ", true)]
    [TestCase("\t" + Signature + "\r\n", true)]
    [TestCase("", false)]
    [TestCase(" ", false)]
    [TestCase("0ohIwPTCKvcpsAOF1NZtbbmwDkxOpBU0KIjdTGlegCg", false, Description = "without padding")]
    [TestCase("0OHIWPTCKVCPSAOF1NZTBBMWDKXOPBU0KIJDTGLEGCG=", false, Description = "in capitals")]
    [TestCase("d28848c0f4c22af7", false, Description = "hexadecimal")]
    [TestCase("0ohIwPTCKvcpsAOF1NZtbQ==", false, Description = "the first 16 bytes")]
    [TestCase(Signature + Signature, false)]
    [TestCase("AAAA" + Signature, false)]
    [TestCase("sha256=" + Signature, false)]
    [TestCase("not base64 at all", false)]
    [TestCase("\u00e4\u20ac", false)]
    [TestCase("UYwvmwuCRHIyq5yBTMAnanCRjlATRSQ3h/CXXHcYOHI=", false, Description = "another body")]
    [TestCase("HkW9BbFiO4X9Mit9Xv61ABYRyF6udsyqazAFQJ96m+0=", false, Description = "another key")]
    public void Only_the_whole_signature_counts(string signature, bool authentic) =>
        Assert.That(IsAuthentic(Body, Key, ("X-Signature", signature)), Is.EqualTo(authentic));

    /// <summary>The signature of this body ends with a zero byte.</summary>
    [TestCase("c2FrLdP1uI5dz/oRup6gpbNP82ePGOCQasF1z967DgA=", true)]
    [TestCase("c2FrLdP1uI5dz/oRup6gpbNP82ePGOCQasF1z967Dg==", false)]
    public void A_zero_at_the_end_counts_too(string signature, bool authentic) =>
        Assert.That(IsAuthentic("""{"n":118}""", Key, ("X-Signature", signature)), Is.EqualTo(authentic));

    [Test]
    public void A_very_long_signature_is_refused() =>
        Assert.That(IsAuthentic(Body, Key, ("X-Signature", new string('A', 1_000_000))), Is.False);

    [Test]
    public void The_signature_may_stand_under_the_name_of_the_older_page()
    {
        Assert.That(IsAuthentic(Body, Key, ("X-Coinskro-Signature", Signature)), Is.True);
        Assert.That(IsAuthentic(Body, Key, ("X-Signature", ""), ("X-Coinskro-Signature", Signature)), Is.True);
        Assert.That(IsAuthentic(Body, Key, ("X-Signature", "AAAA"), ("X-Coinskro-Signature", Signature)), Is.False, "the present name comes first");
        Assert.That(IsAuthentic(Body, Key, ("Signature", Signature)), Is.False);
        Assert.That(IsAuthentic(Body, Key), Is.False);
    }

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha256 -hmac '' -binary | base64</summary>
    [Test]
    public void An_empty_key_verifies_nothing_not_even_what_was_signed_with_it() =>
        Assert.That(IsAuthentic(Body, "", ("X-Signature", "fLats2wTB6Qn0mM+qHQPeIQUTFkVA0+AaM4rnu0O/wI=")), Is.False);

    [Test]
    public void The_documented_webhook_is_understood()
    {
        var message = Read(Document.Text("webhook.json"));

        Assert.That(message with { ScrubbedBody = "" }, Is.EqualTo(new WebhookMessage
        {
            EventName = "payment_completed",
            Reference = "PAY_abc123xyz",
            ExternalId = "550e8400-e29b-41d4-a716-446655440000",
            Amount = new Money(100m, "PI"),
            ScrubbedBody = ""
        }));
    }

    [Test]
    public void What_is_kept_is_all_but_the_customer()
    {
        var documented = Document.Json("webhook.json").AsObject();
        documented["card_holder"] = "John Doe";
        var kept = System.Text.Json.Nodes.JsonNode.Parse(Read(documented.ToJsonString()).ScrubbedBody)!;
        foreach (var personal in new[] { "customer_email", "customer_reference", "card_holder" })
            documented.Remove(personal);

        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(kept, documented), Is.True, kept.ToJsonString());
    }

    [Test]
    public void Numbers_are_kept_to_the_last_digit() =>
        Assert.That(Read(Document.Text("webhook.json").Replace("0.50", "0.123456789012345678")).ScrubbedBody, Does.Contain("0.123456789012345678"));

    [TestCase("payment_linked")]
    [TestCase("payment_completed")]
    [TestCase("payment_abandoned")]
    [TestCase("payment_canceled")]
    [TestCase("payment_failed")]
    [TestCase("payment_of_tomorrow")]
    public void Every_event_is_taken_in(string name) =>
        Assert.That(Read(Document.Text("webhook.json").Replace("payment_completed", name)).EventName, Is.EqualTo(name));

    /// <summary>Otherwise one signed body could be replayed as any number of events.</summary>
    [TestCase("a1b2c3d4-e5f6-7890-abcd-ef1234567890")]
    [TestCase(null)]
    public void The_header_with_the_events_id_is_not_signed_and_makes_no_event(string? signed)
    {
        var body = Document.Json("webhook.json");
        body["event_id"] = signed;

        var keys = Enumerable.Range(0, 5).Select(number => Read(body.ToJsonString(), ("X-Event-Id", $"forged-{number}")).EventKey);

        Assert.That(keys.Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("\"amount\": 100.00,", "\"amount\": \"100.00\",", "100 PI")]
    [TestCase("\"amount\": 100.00,", "\"amount\": 100,", "100 PI")]
    [TestCase("\"amount\": 100.00,", "\"amount\": 0.123456789012345678,", "0.123456789012345678 PI")]
    [TestCase("\"amount\": 100.00,", "\"amount\": 1e2,", "100 PI")]
    [TestCase("\"amount\": 100.00,", "\"amount\": null,", null)]
    [TestCase("\"amount\": 100.00,", "", null)]
    [TestCase("\"currency\": \"PI\",", "", null)]
    [SetCulture("de-DE")]
    public void An_amount_is_stated_with_its_currency_or_not_at_all(string documented, string instead, string? amount) =>
        Assert.That(Read(Document.Text("webhook.json").Replace(documented, instead)).Amount?.ToString(), Is.EqualTo(amount));

    [TestCase(null)]
    [TestCase("")]
    public void A_webhook_without_our_reference_is_none(string? reference)
    {
        var body = Document.Json("webhook.json");
        body["payment_reference"] = reference;

        Assert.That(() => Read(body.ToJsonString()), Throws.TypeOf<FormatException>().With.Message.Contains("payment_reference"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Events_without_an_id_are_told_apart_by_what_they_say(string? id)
    {
        var body = Document.Json("webhook.json");
        body["event_id"] = id;
        var (first, again) = (Read(body.ToJsonString()).EventKey, Read(body.ToJsonString()).EventKey);
        body["payment_status"] = "in-appeal";

        Assert.That(again, Is.EqualTo(first));
        Assert.That(Read(body.ToJsonString()).EventKey, Is.Not.EqualTo(first));
    }

    [TestCase("\"timestamp\": 1738838100", "\"timestamp\": \"2026-02-06T10:35:00Z\"")]
    [TestCase("\"timestamp\": 1738838100", "\"timestamp\": 99999999999999999999")]
    [TestCase("\"service_fee\": 0.50", "\"service_fee\": \"none\"")]
    [TestCase("\"event_type\": \"payment_completed\",", "")]
    [TestCase("\"payment_id\": \"550e8400-e29b-41d4-a716-446655440000\",", "")]
    public void What_nothing_depends_on_may_be_of_any_form(string documented, string instead)
    {
        var message = Read(Document.Text("webhook.json").Replace(documented, instead));

        Assert.That((message.Reference, message.Amount), Is.EqualTo(("PAY_abc123xyz", new Money(100m, "PI"))));
    }

    [TestCase("\"amount\": 100.00", "\"amount\": \"one hundred\"")]
    [TestCase("\"amount\": 100.00", "\"amount\": true")]
    [TestCase("\"amount\": 100.00", "\"amount\": 1e400")]
    [TestCase("\"payment_reference\": \"PAY_abc123xyz\"", "\"payment_reference\": {}")]
    public void A_field_of_another_kind_is_no_webhook(string documented, string instead) =>
        Assert.That(() => Read(Document.Text("webhook.json").Replace(documented, instead)), Throws.TypeOf<FormatException>());

    [Test]
    public void The_nested_form_of_the_first_draft_is_no_webhook() =>
        Assert.That(() => Read($"{{\"event\":\"payment.completed\",\"data\":{Document.Text("webhook.json")}}}"), Throws.TypeOf<FormatException>());

    private static bool IsAuthentic(string body, string key, params (string Name, string Value)[] headers) =>
        CoinskroWebhook.Verify(Request(body, headers), key) is not null;

    private static WebhookMessage Read(string body, params (string Name, string Value)[] headers) => CoinskroWebhook.Read(Request(body, headers));

    private static WebhookRequest Request(string body, (string Name, string Value)[] headers)
    {
        var values = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        return new WebhookRequest(Encoding.UTF8.GetBytes(body), name => values.GetValueOrDefault(name));
    }
}
