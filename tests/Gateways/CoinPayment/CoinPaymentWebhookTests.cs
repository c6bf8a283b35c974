using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// IPNs with signatures that were computed independently.
/// </summary>
public sealed class CoinPaymentWebhookTests : CoinPaymentFixture
{
    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha512 -hmac ipn-Secret_09</summary>
    private const string Signature = "a1307c68a0efff4f46ab3a2538e1dab87d20e05374491f6aff58950da865da040ec399bb24f9f7932b4da93d300bfeff5cb240b231c587b1b5d383f27114c0fa";

    /// <summary>Computed with an empty secret.</summary>
    private const string WithEmptySecret = "ea3df32faf6621b61828a414826dcbad3d158361dceec96d72cc9d717e62af33002058c4419bf3c973124f17d846b4798d306f6bd92b2cb80b582b386961f3c4";

    [TestCase(Signature, true)]
    [TestCase(" " + Signature + "\r\n", true)]
    [TestCase("A1307C68A0EFFF4F46AB3A2538E1DAB87D20E05374491F6AFF58950DA865DA040EC399BB24F9F7932B4DA93D300BFEFF5CB240B231C587B1B5D383F27114C0FA", true, Description = "in capitals")]
    [TestCase("a1307c68a0efff4f46ab3a2538e1dab87d20e05374491f6aff58950da865da04", false, Description = "the first half")]
    [TestCase(Signature + "00", false)]
    [TestCase("z1307c68a0efff4f46ab3a2538e1dab87d20e05374491f6aff58950da865da040ec399bb24f9f7932b4da93d300bfeff5cb240b231c587b1b5d383f27114c0fa", false)]
    [TestCase("", false)]
    [TestCase(WithEmptySecret, false)]
    [TestCase(null, false)]
    public void Only_the_whole_signature_counts_in_any_case(string? signature, bool authentic) =>
        Assert.That(IsAuthentic(Document.Ipn, signature), Is.EqualTo(authentic));

    [TestCase(CoinPaymentSettings.IpnSecretField, "other")]
    [TestCase(CoinPaymentSettings.MerchantIdField, "", Description = "belongs to no account")]
    [TestCase(CoinPaymentSettings.MerchantIdField, "606a89bb575311badf510a4a8b79a45f")]
    [TestCase(CoinPaymentSettings.ControlsAccountField, "false", Description = "reports from another account prove nothing")]
    public void A_genuine_notification_counts_only_for_the_account_that_the_owner_controls(string field, string value) =>
        Assert.That(IsAuthentic(Document.Ipn, Signature, (field, value)), Is.False);

    [Test]
    public void An_empty_secret_verifies_nothing_not_even_what_was_signed_with_it() =>
        Assert.That(IsAuthentic(Document.Ipn, WithEmptySecret, (CoinPaymentSettings.IpnSecretField, "")), Is.False);

    [TestCase("merchant=606a89bb575311badf510a4a8b79a45e&", "")]
    [TestCase("merchant=606a89bb575311badf510a4a8b79a45e&", "merchant=other&")]
    [TestCase("merchant=606a89bb575311badf510a4a8b79a45e&", "merchant=other&merchant=606a89bb575311badf510a4a8b79a45e&")]
    [TestCase("ipn_mode=hmac&", "")]
    [TestCase("ipn_mode=hmac&", "ipn_mode=httpauth&")]
    public void A_notification_of_another_merchant_or_mode_is_refused_though_it_is_signed(string documented, string instead)
    {
        var body = Document.Ipn.Replace(documented, instead);
        Assert.That(body, Is.Not.EqualTo(Document.Ipn));

        Assert.That(IsAuthentic(body, WebhookSignature.ToHex(HashAlgorithmName.SHA512, "ipn-Secret_09", Encoding.UTF8.GetBytes(body))), Is.False);
    }

    [Test]
    public void The_documented_notification_is_understood() =>
        Assert.That(Read(Document.Ipn) with { ScrubbedBody = "" }, Is.EqualTo(new WebhookMessage
        {
            EventName = "status 100",
            Reference = null,
            ExternalId = TxnId,
            Status = ProviderStatus.Completed,
            Net = new Money(0.0003827m, "BTC"),
            ScrubbedBody = ""
        }));

    [Test]
    public void What_is_kept_names_no_buyer()
    {
        var kept = JsonNode.Parse(Read(Document.Ipn).ScrubbedBody)!.AsObject();

        Assert.That(kept.Select(field => field.Key), Is.EquivalentTo(new[]
        {
            "ipn_version", "ipn_type", "ipn_mode", "ipn_id", "txn_id", "status", "status_text", "currency1", "currency2", "amount1", "amount2", "fee", "net",
            "received_amount", "received_confirms"
        }));
        Assert.That((string?)kept["amount2"], Is.EqualTo("0.00038462"));
    }

    [TestCase("-2", ProviderStatus.Refunded)]
    [TestCase("-1", ProviderStatus.Expired)]
    [TestCase("0", ProviderStatus.Waiting)]
    [TestCase("1", ProviderStatus.Confirming)]
    [TestCase("2", ProviderStatus.Completed)]
    [TestCase("99", ProviderStatus.Confirming)]
    [TestCase("100", ProviderStatus.Completed)]
    [TestCase("100.0", ProviderStatus.Unknown)]
    [TestCase("1e2", ProviderStatus.Unknown)]
    [TestCase("99999999999", ProviderStatus.Unknown)]
    [TestCase("paid", ProviderStatus.Unknown)]
    public void The_status_is_a_number(string status, ProviderStatus meaning) =>
        Assert.That(Read(Document.Ipn.Replace("status=100", $"status={status}")).Status, Is.EqualTo(meaning));

    [TestCase("&net=0.0003827", "")]
    [TestCase("&net=0.0003827", "&net=")]
    [TestCase("&net=0.0003827", "&net=much")]
    [TestCase("&net=0.0003827", "&net=-1")]
    [TestCase("&currency2=BTC", "")]
    [SetCulture("de-DE")]
    public void What_is_credited_is_stated_with_its_coin_or_not_at_all(string documented, string instead) =>
        Assert.That(Read(Document.Ipn.Replace(documented, instead)).Net, Is.Null);

    [TestCase($"txn_id={TxnId}&", "", "txn_id")]
    [TestCase($"txn_id={TxnId}&", "txn_id=&", "txn_id")]
    [TestCase($"txn_id={TxnId}&", "txn_id=a&txn_id=b&", "txn_id")]
    [TestCase("status=100&", "", "status")]
    public void A_notification_that_does_not_say_what_about_is_none(string documented, string instead, string missing) =>
        Assert.That(() => Read(Document.Ipn.Replace(documented, instead)), Throws.TypeOf<FormatException>().With.Message.Contains(missing));

    [Test]
    public void Notifications_without_an_id_are_told_apart_by_what_they_say()
    {
        var body = Document.Ipn.Replace("ipn_id=3f2a9c0b7d8e4f1a6b5c0d9e8f7a6b5c&", "");

        Assert.That(Read(body).EventKey, Is.EqualTo(Read(body).EventKey));
        Assert.That(Read(body.Replace("status=100", "status=-2")).EventKey, Is.Not.EqualTo(Read(body).EventKey));
    }

    private bool IsAuthentic(string body, string? signature, params (string Field, string Value)[] settings) =>
        Gateway.Verify(new WebhookRequest(Encoding.UTF8.GetBytes(body), name => name == "HMAC" ? signature : null), Settings(settings)) is not null;

    private WebhookMessage Read(string body) => Gateway.Read(new WebhookRequest(Encoding.UTF8.GetBytes(body), _ => null));
}
