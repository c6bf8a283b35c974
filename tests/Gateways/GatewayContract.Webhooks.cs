using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Genuine and forged webhooks.
/// </summary>
public abstract partial class GatewayContract
{
    [Test]
    public void A_genuine_webhook_is_authentic_and_says_what_it_is_about()
    {
        var webhook = Webhook(Request, Secret);

        var message = WebhookGateway().Read(webhook);

        Assert.That(WebhookGateway().Verify(webhook, Settings()), Is.Not.Null);
        Assert.That((message.Reference, message.Amount), Is.EqualTo((KeepsReference ? Request.Reference : null, StatedAmount)));
        Assert.That(message.ExternalId, Is.EqualTo(ExternalId).Or.Not.Null);
        Assert.That(new[] { message.EventKey, message.EventName }, Has.All.Not.Empty);
    }

    [Test]
    public void A_webhook_read_twice_is_the_same_event() =>
        Assert.That(WebhookGateway().Read(Webhook(Request, Secret)), Is.EqualTo(WebhookGateway().Read(Webhook(Request, Secret))));

    [Test]
    public void A_webhook_signed_with_another_secret_is_not_authentic() =>
        Assert.That(WebhookGateway().Verify(Webhook(Request, Secret + "x"), Settings()), Is.Null);

    /// <summary>Exactly the fields declared with VerifiesWebhooks verify webhooks: after a change, their previous values remain valid.</summary>
    [Test]
    public void A_webhook_signed_with_the_previous_secret_is_authentic_with_it()
    {
        var (gateway, webhook, replaced) = (WebhookGateway(), Webhook(Request, Secret), Settings());
        var fields = gateway.Descriptor.Fields.Where(field => field.VerifiesWebhooks && replaced.Text(field.Name).Length > 0).ToDictionary(field => field.Name, field => replaced.Text(field.Name));
        replaced = fields.Aggregate(replaced, (settings, field) => settings.With(field.Key, field.Value + "new"));

        Assert.That(gateway.Verify(webhook, replaced), Is.Null);
        Assert.That(gateway.Verify(webhook, fields.Aggregate(replaced, (settings, field) => settings.With(field.Key, field.Value))), Is.Not.Null);
        Assert.That(gateway.Descriptor.Fields.Where(field => field.VerifiesWebhooks), Has.All.Property(nameof(SettingField.Kind)).EqualTo(SettingKind.Secret));
    }

    [Test]
    public void No_webhook_is_authentic_without_a_secret() =>
        Assert.That(WebhookGateway().Verify(Webhook(Request, string.Empty), Settings(secret: string.Empty)), Is.Null);

    [Test]
    public void Every_byte_of_the_body_is_signed()
    {
        Assume.That(SignsBody, $"{SystemName} signs no bodies");
        var genuine = Webhook(Request, Secret);

        Assert.That(
            from i in Enumerable.Range(0, genuine.Body.Length)
            let forged = genuine with { Body = [.. genuine.Body[..i], (byte)(genuine.Body[i] ^ 1), .. genuine.Body[(i + 1)..]] }
            where WebhookGateway().Verify(forged, Settings()) is not null
            select i, Is.Empty);
        Assert.That(WebhookGateway().Verify(genuine with { Body = [.. genuine.Body, (byte)' '] }, Settings()), Is.Null);
        Assert.That(WebhookGateway().Verify(genuine with { Body = [] }, Settings()), Is.Null);
    }

    [Test]
    public void A_webhook_whose_body_is_not_signed_says_so() =>
        Assert.That(WebhookGateway().Verify(Webhook(Request, Secret), Settings())?.CoversBody, Is.EqualTo(SignsBody));

    [Test]
    public void What_is_kept_of_a_webhook_holds_nothing_personal() =>
        Assert.That(WebhookGateway().Read(Webhook(Request, Secret)).ScrubbedBody, Does.Not.Contain(Email).And.Not.Contain("@").And.Not.Contain(Secret).And.Contains(KeepsReference ? Request.Reference : ExternalId!));

    /// <summary>Also for a webhook without one of its fields: no unsigned data replaces it.</summary>
    [Test]
    public void Nothing_unsigned_changes_which_event_it_is()
    {
        var gateway = WebhookGateway();
        var genuine = Webhook(Request, Secret);
        var names = FieldsIn(genuine.Body);
        Assert.That(names, Is.Not.Empty);

        foreach (var body in names.Select(name => Without(genuine.Body, name)).Prepend(genuine.Body).Where(body => TryRead(genuine with { Body = body }) is not null))
        {
            var keys = Enumerable.Range(0, 5).Select(number => gateway.Read(genuine with
            {
                Body = body,
                Header = name => genuine.Header(name) ?? $"forged-{number}",
                Query = name => genuine.Query(name) ?? $"forged-{number}"
            }).EventKey);
            Assert.That(keys.Distinct().Count(), Is.EqualTo(1), Encoding.UTF8.GetString(body));
        }
    }

    [Test]
    public void What_tells_amount_status_id_or_reference_makes_another_event([ValueSource(nameof(_changes))] string change)
    {
        var genuine = Webhook(Request, Secret);
        var key = WebhookGateway().Read(genuine).EventKey;
        Assert.That(TellingFields, Is.SubsetOf(FieldsIn(genuine.Body)));

        foreach (var field in TellingFields)
        {
            var body = change == "removed" ? Without(genuine.Body, field) : With(genuine.Body, field, change);
            Assert.That(TryRead(genuine with { Body = body })?.EventKey, Is.Not.EqualTo(key), $"{field} {change}");
        }
    }

    /// <summary>A changed byte makes another event if, and only if, it changes the parsed message.</summary>
    [Test]
    public void Two_webhooks_are_one_event_when_they_say_the_same()
    {
        var gateway = WebhookGateway();
        var genuine = Webhook(Request, Secret);
        var said = gateway.Read(genuine);

        Assert.That(
            from i in Enumerable.Range(0, genuine.Body.Length)
            let other = TryRead(genuine with { Body = [.. genuine.Body[..i], (byte)(genuine.Body[i] ^ 1), .. genuine.Body[(i + 1)..]] })
            where other is not null && other == said != (other.EventKey == said.EventKey)
            select other, Is.Empty);
    }

    private static readonly string[] _changes = ["1", "9", "x", "", "removed"];

    private WebhookMessage? TryRead(WebhookRequest request)
    {
        try
        {
            return WebhookGateway().Read(request);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsForm(byte[] body) => body[0] != (byte)'{';

    /// <summary>The names of the body's fields, including nested ones.</summary>
    private static IReadOnlyList<string> FieldsIn(byte[] body)
    {
        if (IsForm(body))
            return [.. Encoding.UTF8.GetString(body).Split('&').Select(field => field.Split('=')[0])];

        var names = new List<string>();
        Changed(Encoding.UTF8.GetString(body), node =>
        {
            names.AddRange((node as JsonObject)?.Select(field => field.Key) ?? []);
            return node;
        });
        return [.. names.Distinct()];
    }

    private static byte[] Without(byte[] body, string name) => Rewritten(body, name, null);

    /// <summary>The body with a change appended to a field's value, or with an empty value.</summary>
    private static byte[] With(byte[] body, string name, string change) => Rewritten(body, name, change);

    private static byte[] Rewritten(byte[] body, string name, string? change)
    {
        var text = Encoding.UTF8.GetString(body);
        if (IsForm(body))
        {
            return Encoding.UTF8.GetBytes(string.Join('&', from field in text.Split('&')
                                                           where field.Split('=')[0] != name || change is not null
                                                           select field.Split('=')[0] == name ? field.Split('=')[0] + "=" + (change == "" ? "" : field.Split('=')[1] + change) : field));
        }

        return Encoding.UTF8.GetBytes(Changed(text, node =>
        {
            if (node is JsonObject fields && fields.ContainsKey(name))
            {
                if (change is null)
                    fields.Remove(name);
                else
                    fields[name] = change == "" ? "" : fields[name] + change;
            }
            return node;
        }));
    }

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
        Assert.That(WebhookGateway().Verify(request, Settings()), Is.Null);
    }

    [Test]
    public void Bytes_and_depths_that_no_provider_sends_are_refused()
    {
        var depth = new string('[', 30_000);
        foreach (var body in new byte[][] { [0xff, 0xfe, 0x00], Encoding.UTF8.GetBytes($"{{\"a\":{depth}"), new byte[64 * 1024] })
            Assert.That(() => WebhookGateway().Read(new WebhookRequest(body, _ => null)), Throws.TypeOf<FormatException>());
    }
}
