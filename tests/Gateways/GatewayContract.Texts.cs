using System.Text.Json.Nodes;
using System.Text;
using CryptoGateways.Tests.Unit;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Provider text that is too long, or that a database cannot store, in every field of every response and webhook: it is shortened, hashed or
/// rejected.
/// </summary>
public abstract partial class GatewayContract
{
    private static readonly string[] _texts =
    [
        new('a', 65), new('a', 129), new('a', 3000), "a\0b", new string('a', 63) + "\ud83d\ude00", "a\ud83d", "\ude00a", "~a"
    ];

    [Test]
    public async Task No_text_in_an_answer_about_a_payment_keeps_its_row_from_being_written()
    {
        foreach (var answer in WithTexts(DetailedAnswer(Request)))
        {
            Provider.Answer = Answers.Json(answer);
            await WritesOrIsBadAsync(async () =>
            {
                var payment = NewRow;
                if (await FindAsync() is not { } found)
                    return payment;

                var provider = ExternalText.Fit(found);
                ProviderFacts.Apply(payment, provider);
                ProviderFacts.ApplyPage(payment, provider);
                return payment;
            }, answer);
        }
    }

    [Test]
    public async Task No_text_in_an_answer_to_create_keeps_the_row_from_being_written()
    {
        var documented = CreatedAnswers(Request);
        for (var i = 0; i < documented.Count; i++)
        {
            foreach (var answer in WithTexts(documented[i]))
            {
                Provider.Answer = Answers.InTurn([.. documented.Select((usual, call) => Answers.Json(call == i ? answer : usual))]);
                await WritesOrIsBadAsync(async () =>
                {
                    var payment = NewRow;
                    ProviderFacts.Apply(payment, ExternalText.Fit(await CreateAsync()));
                    return payment;
                }, answer);
            }
        }
    }

    [Test]
    public void No_text_in_a_webhook_keeps_it_from_being_stored()
    {
        var genuine = Webhook(Request, Secret);
        var (read, keys) = (0, new HashSet<string>());
        foreach (var field in FieldsIn(genuine.Body))
        {
            foreach (var text in _texts)
            {
                var marked = Encoding.UTF8.GetString(With(genuine.Body, field, Marker));
                var body = marked.Replace(Marker, IsForm(genuine.Body) ? Uri.EscapeDataString(text) : Escaped(text).Trim('"'));
                if (TryRead(genuine with { Body = Encoding.UTF8.GetBytes(body) }) is not { } message)
                    continue;

                Columns.Check(PaymentEventService.WebhookRow(NewRow, ExternalText.Fit(message), $"{SystemName}:{message.EventKey}", null, DateTime.UnixEpoch));
                read++;
                if (TellingFields.Contains(field))
                    Assert.That(keys.Add(message.EventKey), Is.True, $"{field} = {text}: another event");
            }
        }
        Assert.That(read, Is.GreaterThan(_texts.Length));
    }

    private CryptoPayment NewRow => new()
    {
        Id = 1, Gateway = SystemName, Reference = Request.Reference, ExternalId = "~" + Request.Reference, Coin = Coin.Code, PayAmount = Amount.Amount, PayCurrency = Amount.Currency,
        PriceAmount = 1234.56m, PriceCurrency = "EUR", TokenNonce = "nonce"
    };

    /// <summary>The response with each of the texts in place of each string or number.</summary>
    private static IEnumerable<string> WithTexts(string answer) =>
        from number in Enumerable.Range(0, NodesIn(answer))
        from text in _texts
        let changed = Replaced(answer, number, JsonValue.Create(Marker))
        select changed.Replace($"\"{Marker}\"", Escaped(text));

    private const string Marker = "a-text-of-the-provider";

    /// <summary>System.Text.Json writes no lone surrogates.</summary>
    private static string Escaped(string text) => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"";

    private static async Task WritesOrIsBadAsync(Func<Task<CryptoPayment>> act, string answer)
    {
        try
        {
            Columns.Check(await act());
        }
        catch (GatewayException exception)
        {
            Assert.That(exception.Fault, Is.EqualTo(GatewayFault.BadAnswer).Or.EqualTo(GatewayFault.Refused).Or.EqualTo(GatewayFault.BadKey).Or.EqualTo(GatewayFault.Forbidden), answer);
            Columns.Check(new CryptoPayment { FailureReason = ExternalText.Clean($"{exception.Fault}: {exception.Message}", 400) });
        }
    }
}
