using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

namespace CryptoGateways.Tests.Gateways.CoinPay24;

/// <summary>
/// The documented sample callback, and callbacks with hashes that were computed independently:
/// printf '%s' "$message" | openssl dgst -sha256 -hmac "$key", where the message is the sample's fields in the stated form.
/// </summary>
public sealed class CoinPay24WebhookTests
{
    private const string Key = "c0ffee1234567890c0ffee1234567890";

    /// <summary>The sample without its hash; its time is encoded with lower-case escapes and without unnecessary ones.</summary>
    private const string Sample = "txn_id=309272569091632&order_id=14037&status=paid&price_amount=1050.99&price_currency=USD&pay_amount=4.81849315&pay_currency=BTC"
        + "&created_at=2014-11-03T13:07:28%2b00:00";

    private const string Sorted256 = "c07d85c549af2b151b3460f009be0056dabf00cf5bd14e0a1509f5ca47767004";

    [TestCase(Sorted256, "sha256, sorted, encoded")]
    [TestCase("f1f39d31166b54639f2c46f86c32a2d911a3cc2d63e3d6c8b85a560f52768690", "sha256, as received, encoded")]
    [TestCase("d9f345c08d890ab88fe09fd04363561886d3d912731085bc15ae6a767aa2ec92", "sha256, sorted, raw")]
    [TestCase("15a8252bc0005eb95ae2641a838e87aa65babcf9d91b2a63559bd570ed76bed0", "sha256, as received, raw")]
    [TestCase("2679cf0b2b9de595e4654098e7ca9388e46f212d3fb231d119cb380e19c009ece891d57a1091f6b659c11da0910541b3781198547bb2f18e746def0304407961", "sha512, sorted, encoded")]
    [TestCase("9fa5059c60e48e4e27eb1bbb243da55c9cb3da77a06ca90047dba4705939f19465fc9347ae067ee5bbc785edb02abe2408386776823ec6828183d39f51d30243", "sha512, as received, encoded")]
    [TestCase("03413d701c2328bc8741dd385dabcc28cac89646a1bdf5fecf08a4157bc95039085219a9297157c3faccbed97a3943c1d548fb2ee8c2dff885b3ec100238adb4", "sha512, sorted, raw")]
    [TestCase("0581e8901e055264e29a489c86ea56784c9efd57d7d154f95c3740e495a983d52b52a1903110d2f2be9a7bdcc70575079021ca8259d5075365c8c36589cf839c", "sha512, as received, raw")]
    public void Every_reading_of_the_documents_counts_in_any_case_and_is_told(string hash, string form)
    {
        Assert.That(Form($"{Sample}&verify_hash={hash}"), Is.EqualTo(form));
        Assert.That(Form($"{Sample}&verify_hash={hash.ToUpperInvariant()}"), Is.EqualTo(form));
        Assert.That(Form($"verify_hash={hash}&{Sample}"), Is.EqualTo(form), "wherever the hash stands");
        Assert.That(form, Has.Length.LessThanOrEqualTo(32), "the column takes no more");
    }

    [TestCase(Sample)]
    [TestCase(Sample + "&verify_hash=")]
    [TestCase(Sample + "&verify_hash=" + Sorted256 + "00", Description = "one byte more")]
    [TestCase(Sample + "&verify_hash=c07d85c549af2b151b3460f009be0056dabf00cf5bd14e0a1509f5ca477670", Description = "one byte less")]
    [TestCase(Sample + "&verify_hash=c07d85c5", Description = "the first bytes")]
    [TestCase(Sample + "&verify_hash=z07d85c549af2b151b3460f009be0056dabf00cf5bd14e0a1509f5ca47767004")]
    [TestCase(Sample + "&verify_hash=+" + Sorted256)]
    [TestCase(Sample + "&Verify_Hash=" + Sorted256)]
    [TestCase(Sample + "&verify_hash=" + Sorted256 + "&status=expired", Description = "a duplicate field")]
    [TestCase(Sample + "&receive_amount=1&verify_hash=" + Sorted256, Description = "an additional field")]
    [TestCase("C3D3C97A2F1F70FEAB23C470AFB404F3&" + Sample, Description = "no field named verify_hash")]
    public void Nothing_else_counts(string body) => Assert.That(Form(body), Is.Null);

    [Test]
    public void A_very_long_hash_is_refused() => Assert.That(Form($"{Sample}&verify_hash={new string('a', 60_000)}"), Is.Null);

    /// <summary>As in PHP: a space becomes +; everything except letters, digits and -_. is escaped in upper case, even if it was received unescaped.</summary>
    [TestCase("order_id=7&note=a%20b~c%26%c3%bc*()-_.&verify_hash=ac076bf7d73448507714ed0bfa1405a7d0d340c5ec11dd4d7764beff8a580f0a")]
    [TestCase("order_id=7&pay_amount&verify_hash=3ae4ae75052bc19b4939cd23251e5e67fa21439907b3470b11549576af82f428", Description = "a name without value is an empty field")]
    [TestCase("order_id=6&status=paid&order_id=7&verify_hash=a05324cc0b2bf1b4ff1d5f6ddece355f41ee592b725dfcdd5b7aa23184f0b4c5", Description = "the last of two fields with the same name counts")]
    public void Fields_are_encoded_anew_as_the_providers_plugins_do(string body)
    {
        Assert.That(Form(body), Is.EqualTo("sha256, sorted, encoded"));
        Assert.That(Read(body).Reference, Is.EqualTo("7"));
    }

    [Test]
    public void An_empty_key_verifies_nothing_not_even_what_was_hashed_with_it()
    {
        Assert.That(CoinPay24Webhook.Verify(Bytes("order_id=7&verify_hash=bf5edb8922f73cb0ad4490531ebfcf182ea3a81c326b987681bd35532f82f1a2"), ""), Is.Null);
        Assert.That(CoinPay24Webhook.Verify(Bytes("order_id=7&verify_hash=84ee73e2ffd3a3084603ee09870560cdbaf79519c493b27a051b940c0e037696a44cdeeacded4f43c579a538e537e3588964299c7d85d1749921665ce8c9a3b5"), ""), Is.Null);
    }

    [Test]
    public void The_documented_sample_is_understood()
    {
        var message = Read($"{Sample}&verify_hash=C3D3C97A");

        Assert.That(message with { ScrubbedBody = "" }, Is.EqualTo(new WebhookMessage
        {
            EventName = "paid",
            Reference = "14037",
            Amount = new Money(1050.99m, "USD"),
            Status = ProviderStatus.Completed,
            ScrubbedBody = ""
        }));
        Assert.That(message.ScrubbedBody, Is.EqualTo("""
            {"txn_id":"309272569091632","order_id":"14037","status":"paid","price_amount":"1050.99","price_currency":"USD","pay_amount":"4.81849315","pay_currency":"BTC","created_at":"2014-11-03T13:07:28+00:00"}
            """));
    }

    /// <summary>The sample's txn_id has 15 digits where ids have 7: it may be a different number, which must not hold the order.</summary>
    [TestCase("", null)]
    [TestCase("&id=1195824", "1195824")]
    public void Only_what_is_named_id_is_compared_with_the_invoices_id(string field, string? id) => Assert.That(Read(Sample + field).ExternalId, Is.EqualTo(id));

    [TestCase("&receive_amount=1040.5&receive_currency=USDT", "paid", "1040.5 USDT")]
    [TestCase("&receive_amount=1040.5&receive_currency=USDT", "completed", "1040.5 USDT")]
    [TestCase("&receive_amount=1040.5&receive_currency=USDT", "pending", null)]
    [TestCase("&receive_amount=&receive_currency=USDT", "paid", null)]
    [TestCase("&receive_amount=0&receive_currency=USDT", "paid", null)]
    [TestCase("&receive_amount=1040.5", "paid", null)]
    [SetCulture("de-DE")]
    public void What_is_credited_is_kept_for_the_books_once_it_is(string fields, string status, string? net) =>
        Assert.That(Read(Sample.Replace("=paid", $"={status}") + fields).Net?.ToString(), Is.EqualTo(net));

    [TestCase("pending")]
    [TestCase("confirming")]
    [TestCase("invalid")]
    [TestCase("canceled")]
    [TestCase("refunded")]
    [TestCase("expired")]
    [TestCase("word_of_tomorrow")]
    public void Every_event_is_taken_in(string status) => Assert.That(Read(Sample.Replace("=paid", $"={status}")).EventName, Is.EqualTo(status));

    [Test]
    public void An_event_is_the_same_in_any_order_of_its_fields_and_another_with_another_field()
    {
        var one = Read(Sample).EventKey;

        Assert.That(Read(string.Join('&', Sample.Split('&').Reverse()) + $"&verify_hash={Sorted256}").EventKey, Is.EqualTo(one));
        foreach (var change in new[] { "&underpaid_amount=1", "&overpaid_amount=1", "&receive_amount=5", "&id=2" })
            Assert.That(Read(Sample + change).EventKey, Is.Not.EqualTo(one), change);
        foreach (var field in new[] { "txn_id", "status", "price_amount", "price_currency", "pay_amount" })
            Assert.That(Read(Sample.Replace($"{field}=", $"{field}=9")).EventKey, Is.Not.EqualTo(one), field);
    }

    [TestCase("order_id=14037", "order_id=")]
    [TestCase("order_id=14037&", "")]
    [TestCase("order_id", "Order_Id")]
    [TestCase("1050.99", "much")]
    [TestCase("1050.99", "1e400")]
    public void What_names_no_payment_or_no_number_is_no_callback(string documented, string instead) =>
        Assert.That(() => Read(Sample.Replace(documented, instead)), Throws.TypeOf<FormatException>());

    private static string? Form(string body) => CoinPay24Webhook.Verify(Bytes(body), Key)?.Form;

    private static WebhookMessage Read(string body) => CoinPay24Webhook.Read(Bytes(body));

    private static byte[] Bytes(string body) => Encoding.UTF8.GetBytes(body);
}
