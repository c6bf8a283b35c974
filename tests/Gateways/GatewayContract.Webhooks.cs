using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Calls of the provider, and of who pretends to be it.
/// </summary>
public abstract partial class GatewayContract
{
    [Test]
    public void A_genuine_webhook_is_authentic_and_says_what_it_is_about()
    {
        var webhook = Webhook(Request, Secret);

        var message = WebhookGateway().Read(webhook);

        Assert.That(WebhookGateway().IsAuthentic(webhook, Settings()), Is.True);
        Assert.That((message.Reference, message.Amount), Is.EqualTo((KeepsReference ? Request.Reference : null, StatedAmount)));
        Assert.That(message.ExternalId, Is.EqualTo(ExternalId).Or.Not.Null);
        Assert.That(new[] { message.EventId, message.EventName }, Has.All.Not.Empty);
    }

    [Test]
    public void A_webhook_read_twice_is_the_same_event() =>
        Assert.That(WebhookGateway().Read(Webhook(Request, Secret)), Is.EqualTo(WebhookGateway().Read(Webhook(Request, Secret))));

    [Test]
    public void A_webhook_signed_with_another_secret_is_not_authentic() =>
        Assert.That(WebhookGateway().IsAuthentic(Webhook(Request, Secret + "x"), Settings()), Is.False);

    [Test]
    public void No_webhook_is_authentic_without_a_secret() =>
        Assert.That(WebhookGateway().IsAuthentic(Webhook(Request, string.Empty), Settings(secret: string.Empty)), Is.False);

    [Test]
    public void Every_byte_of_the_body_is_signed()
    {
        Assume.That(SignsBody, $"{SystemName} signs no bodies");
        var genuine = Webhook(Request, Secret);

        Assert.That(
            from i in Enumerable.Range(0, genuine.Body.Length)
            let forged = genuine with { Body = [.. genuine.Body[..i], (byte)(genuine.Body[i] ^ 1), .. genuine.Body[(i + 1)..]] }
            where WebhookGateway().IsAuthentic(forged, Settings())
            select i, Is.Empty);
        Assert.That(WebhookGateway().IsAuthentic(genuine with { Body = [.. genuine.Body, (byte)' '] }, Settings()), Is.False);
        Assert.That(WebhookGateway().IsAuthentic(genuine with { Body = [] }, Settings()), Is.False);
    }

    [Test]
    public void What_is_kept_of_a_webhook_holds_nothing_personal() =>
        Assert.That(WebhookGateway().Read(Webhook(Request, Secret)).ScrubbedBody, Does.Not.Contain(Email).And.Not.Contain("@").And.Not.Contain(Secret).And.Contains(KeepsReference ? Request.Reference : ExternalId!));

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("12")]
    [TestCase("\"text\"")]
    [TestCase("<html></html>")]
    [TestCase("{\"a\":")]
    [TestCase("a=1&b=2")]
    [TestCase("{\"amount\":{},\"event_id\":[]}")]
    [TestCase("{\"amount\":1e400}")]
    [TestCase("\ud800\0")]
    public void What_is_no_webhook_is_refused_with_a_reason(string body)
    {
        var request = new WebhookRequest(Encoding.UTF8.GetBytes(body), _ => null);

        Assert.That(() => WebhookGateway().Read(request), Throws.TypeOf<FormatException>().With.Message.Not.Empty);
        Assert.That(WebhookGateway().IsAuthentic(request, Settings()), Is.False);
    }

    [Test]
    public void Bytes_and_depths_that_no_provider_sends_are_refused()
    {
        var depth = new string('[', 30_000);
        foreach (var body in new byte[][] { [0xff, 0xfe, 0x00], Encoding.UTF8.GetBytes($"{{\"a\":{depth}"), new byte[64 * 1024] })
            Assert.That(() => WebhookGateway().Read(new WebhookRequest(body, _ => null)), Throws.TypeOf<FormatException>());
    }
}
