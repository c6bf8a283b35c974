using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// Callbacks in the documented shapes, with tokens and signatures that were computed independently.
/// </summary>
public sealed class CryptoFuseWebhookTests : CryptoFuseFixture
{
    private const string Id = "550e8400-e29b-41d4-a716-446655440000";
    private const string Body = """{"transaction_id":"t1","status":"completed"}""";

    /// <summary>printf 'callback:k3v9x0q2m8r7t1z5w4y6' | openssl dgst -sha256 -hmac 'cf_key_4fX9mQ2vL7bT0cN5'</summary>
    private const string Token = "k3v9x0q2m8r7t1z5w4y6.64554f6d456bb75e55e26c8d40267f09fccf1634b9d698a29ca7e8e571fc8380";
    private const string Key = "cf_key_4fX9mQ2vL7bT0cN5";

    /// <summary>printf '%s' "$body" | openssl dgst -sha256 -hmac 'whsk_1'; the same with -binary | base64</summary>
    private const string Hex = "850890f7a89fada3e8f1d88f41fc2cb8963d43fb5bd9317f17b00b2f4a709ff2";
    private const string Base64 = "hQiQ96ifraPo8diPQfwsuJY9Q/tb2TF/F7ALL0pwn/I=";

    [TestCase(CryptoFuseDocuments.FlatCallback, "payment.status_updated", "ORDER-12345", ProviderStatus.Confirming, null)]
    [TestCase(CryptoFuseDocuments.FlowCallback, "payment_status_update", null, ProviderStatus.Completed, null)]
    [TestCase(CryptoFuseDocuments.ReferenceCallback, "payment_status_update", "ORDER-12345", ProviderStatus.Completed, 99)]
    public void The_three_documented_shapes_are_understood(string body, string name, string? reference, ProviderStatus status, int? net)
    {
        var message = Gateway.Read(Request(body));

        Assert.That((message.EventName, message.Reference, message.ExternalId, message.Status), Is.EqualTo((name, reference, Id, status)));
        Assert.That((message.Amount, message.Net), Is.EqualTo(((Money?)null, net is { } dollars ? new Money(dollars, "USD") : (Money?)null)));
    }

    [TestCase("""{"payment_id":"p1","custom_id":"r1","status":"completed","amount":"100.00","currency":"USDTTRC20"}""", "p1", "r1", ProviderStatus.Completed)]
    [TestCase("""{"payment_id":"p1","status":"failed"}""", "p1", null, ProviderStatus.Failed)]
    [TestCase("""{"custom_id":"r1"}""", null, "r1", null)]
    [TestCase("""{"event":"deposit_received","data":{"transaction_id":"t1","order_id":"r1","status":"partially_paid"}}""", "t1", "r1", ProviderStatus.Confirming)]
    [TestCase("""{"event":"e","transaction_id":"t1","order_id":"r1","status":"expired","data":{}}""", "t1", "r1", ProviderStatus.Expired)]
    [TestCase("""{"transaction_id":"t1","status":"of_tomorrow"}""", "t1", null, ProviderStatus.Unknown)]
    public void Other_mixtures_of_the_same_fields_are_understood_too(string body, string? id, string? reference, ProviderStatus? status)
    {
        var message = Gateway.Read(Request(body));

        Assert.That((message.ExternalId, message.Reference, message.Status), Is.EqualTo((id, reference, status)));
        Assert.That(message.EventName, Is.Not.Empty);
    }

    [Test]
    public void The_payment_is_that_of_the_address_whatever_the_body_says()
    {
        var message = Gateway.Read(Request(CryptoFuseDocuments.ReferenceCallback, token: Token));

        Assert.That((message.Reference, message.ExternalId), Is.EqualTo(("k3v9x0q2m8r7t1z5w4y6", Id)));
    }

    [TestCase("""{"status":"completed"}""")]
    [TestCase("""{"transaction_id":"","status":"completed"}""")]
    [TestCase("""{"data":{"status":"completed"}}""")]
    [TestCase("""{"transaction_id":{},"status":"completed"}""")]
    [TestCase("""{"transaction_id":"t1","data":[]}""")]
    public void What_names_no_payment_is_no_callback(string body) =>
        Assert.That(() => Gateway.Read(Request(body, token: Token)), Throws.TypeOf<FormatException>());

    [TestCase("k3v9x0q2m8r7t1z5w4y6")]
    [TestCase(".64554f")]
    public void An_address_whose_token_names_no_payment_is_none_of_ours(string token) =>
        Assert.That(() => Gateway.Read(Request(Body, token: token)), Throws.TypeOf<FormatException>());

    [TestCase(CryptoFuseDocuments.FlatCallback)]
    [TestCase(CryptoFuseDocuments.FlowCallback)]
    [TestCase(CryptoFuseDocuments.ReferenceCallback)]
    public void A_repetition_is_the_same_event_and_another_status_is_another(string body)
    {
        var other = body.Replace("confirming", "x").Replace("completed", "y");

        Assert.That(Gateway.Read(Request(body)).EventKey, Is.EqualTo(Gateway.Read(Request(body)).EventKey).And.Not.EqualTo(Gateway.Read(Request(other)).EventKey));
    }

    [TestCase(Token, Key, true)]
    [TestCase("k3v9x0q2m8r7t1z5w4y6.64554F6D456BB75E55E26C8D40267F09FCCF1634B9D698A29CA7E8E571FC8380", Key, true, Description = "in capitals")]
    [TestCase(Token, Key + "x", false)]
    [TestCase(Token, "", false)]
    [TestCase("k3v9x0q2m8r7t1z5w4y6.a71d55730be3bd2df6530118c131da02b05955d580a3278cf5581b5fe7813385", "", false, Description = "made with the empty key")]
    [TestCase("k3v9x0q2m8r7t1z5w4y7.64554f6d456bb75e55e26c8d40267f09fccf1634b9d698a29ca7e8e571fc8380", Key, false, Description = "another payment")]
    [TestCase("k3v9x0q2m8r7t1z5w4y6.64554f6d456bb75e55e26c8d40267f09", Key, false, Description = "half")]
    [TestCase(Token + "00", Key, false)]
    [TestCase(Token + "0", Key, false)]
    [TestCase("k3v9x0q2m8r7t1z5w4y6.", Key, false)]
    [TestCase("k3v9x0q2m8r7t1z5w4y6", Key, false)]
    [TestCase(".", Key, false)]
    [TestCase("", Key, false)]
    [TestCase("k.zz", Key, false)]
    public void A_callback_is_authentic_by_the_token_in_its_address(string token, string key, bool authentic)
    {
        var settings = WithApiKey((CryptoFuseSettings.ApiKeyField, key));

        Assert.That(Gateway.Verify(Request(Body, token: token), settings)?.Form, Is.EqualTo(authentic ? "token" : null));
    }

    [Test]
    public void A_very_long_token_is_refused() =>
        Assert.That(Gateway.Verify(Request(Body, token: "a." + new string('0', 1_000_000)), WithApiKey()), Is.Null);

    [Test]
    public void A_token_is_made_with_the_secret_of_the_contract_in_use()
    {
        Assert.That(Gateway.Verify(Request(Body, token: Token), WithOAuth((CryptoFuseSettings.ApiKeyField, Key))), Is.Null);
        Assert.That(Gateway.Verify(Request(Body, token: Token), WithOAuth((CryptoFuseSettings.ClientSecretField, Key))), Is.Not.Null);
    }

    [TestCase(Hex, "HMAC-SHA256, hex")]
    [TestCase("sha256=" + Hex, "HMAC-SHA256, hex")]
    [TestCase(" 850890F7A89FADA3E8F1D88F41FC2CB8963D43FB5BD9317F17B00B2F4A709FF2 ", "HMAC-SHA256, hex")]
    [TestCase(Base64, "HMAC-SHA256, base64")]
    [TestCase("hQiQ96ifraPo8diPQfwsuJY9Q/tb2TF/F7ALL0pxn/I=", null)]
    [TestCase("850890f7a89fada3e8f1d88f41fc2cb8963d43fb5bd9317f17b00b2f4a709ff3", null)]
    [TestCase("850890f7a89fada3", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Where_the_owner_entered_how_callbacks_are_signed_each_must_be(string? signature, string? form)
    {
        var settings = Signed();

        Assert.That(Gateway.Verify(Request(Body, signature, Token), settings)?.Form, Is.EqualTo(form), "beside a token");
        Assert.That(Gateway.Verify(Request(Body, signature), settings)?.Form, Is.EqualTo(form), "at the account's own address");
        Assert.That(Gateway.Verify(Request(Body, signature, Token + "0"), settings)?.Form, Is.Null, "beside a wrong token");
    }

    [Test]
    public void A_signature_covers_every_byte_of_the_body()
    {
        var genuine = Encoding.UTF8.GetBytes(Body);

        Assert.That(
            from i in Enumerable.Range(0, genuine.Length)
            let forged = Request(Body, Hex) with { Body = [.. genuine[..i], (byte)(genuine[i] ^ 1), .. genuine[(i + 1)..]] }
            where Gateway.Verify(forged, Signed()) is not null
            select i, Is.Empty);
    }

    [TestCase(CryptoFuseSettings.SignatureHeaderField)]
    [TestCase(CryptoFuseSettings.WebhookSecretField)]
    public void Half_of_what_a_signature_needs_asks_for_none(string missing)
    {
        var settings = WithApiKey((CryptoFuseSettings.ApiKeyField, Key), (CryptoFuseSettings.SignatureHeaderField, "X-Sig"), (CryptoFuseSettings.WebhookSecretField, "whsk_1"), (missing, ""));

        Assert.That((Gateway.Verify(Request(Body, token: Token), settings) is not null, Gateway.Verify(Request(Body, Hex), settings) is not null), Is.EqualTo((true, false)));
    }

    private GatewaySettings Signed() =>
        WithApiKey((CryptoFuseSettings.ApiKeyField, Key), (CryptoFuseSettings.SignatureHeaderField, "X-Sig"), (CryptoFuseSettings.WebhookSecretField, "whsk_1"));

    private static WebhookRequest Request(string body, string? signature = null, string? token = null) =>
        new(Encoding.UTF8.GetBytes(body), name => name == "X-Sig" ? signature : null) { Query = name => name == "token" ? token : null };
}
