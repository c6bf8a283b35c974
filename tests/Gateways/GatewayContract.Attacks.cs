using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// An attacker, or an error, changes one field in the response about a paid payment: the order is not paid if the field has another value or an
/// ambiguous one.
/// </summary>
public abstract partial class GatewayContract
{
    /// <summary>The fields of the response that decide whether an order is paid.</summary>
    protected abstract DecisiveFields Decisive { get; }

    /// <summary>The response about a fully paid payment.</summary>
    protected virtual string PaidAnswer(PaymentRequest request) => ReceivedAnswer(request, Asked.Amount) ?? FoundAnswer(request, Words.First(word => word.Value == ProviderStatus.Completed).Key);

    private static readonly string?[] _notThisAmount =
    [
        null, "null", "{}", "[]", "[1]", "true", "\"\"", "\"one\"", "-1", "\"-1\"", "\"0,5\"", "\"1,234.56\"", "\"1E-8\"", "\"1e9\"", "\" 5\"", "\"5 \"", "\"+5\"", "\"0x5\"", "\"NaN\"", "0", "0.00000001",
        "79228162514264337593543950335", "1e400", "\"\\u0665\""
    ];

    private static readonly string?[] _notThisText = [null, "null", "{}", "[]", "[\"a\"]", "\"\"", "\"other\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "7"];

    [Test]
    public async Task The_documented_answer_pays_the_order() =>
        Assert.That(await OutcomeAsync(PaidAnswer(Request)), Is.EqualTo(CryptoPaymentStatus.Paid));

    [Test]
    public async Task No_other_amount_pays_the_order()
    {
        foreach (var field in Decisive.Amounts)
            foreach (var value in _notThisAmount)
                await PaysNothingAsync(field, value);
    }

    /// <summary>After a query by the provider's id, the response may omit the store's reference, but must not contain another one.</summary>
    [Test]
    public async Task No_other_currency_reference_or_status_pays_the_order()
    {
        foreach (var field in Decisive.Texts)
            foreach (var value in _notThisText.Where(value => field != Decisive.Reference || ExternalId is null || value is not (null or "null" or "\"\"")))
                await PaysNothingAsync(field, value);
    }

    /// <summary>A similar coin on another network has a different code.</summary>
    [Test]
    public async Task A_currency_that_only_begins_or_ends_alike_is_another()
    {
        foreach (var field in Decisive.Currencies)
        {
            var code = (string)Find(PaidAnswer(Request), field)!;
            foreach (var other in new[] { code + ".BEP20", code + "TRC20", code + " ", " " + code, code[..^1], code + "\u0000", code + "\u200b" })
                await PaysNothingAsync(field, JsonValue.Create(other).ToJsonString());
        }
    }

    [Test]
    public async Task Codes_and_words_in_other_letters_mean_the_same()
    {
        foreach (var field in Decisive.Currencies.Append(Decisive.Status))
        {
            var text = Find(PaidAnswer(Request), field)!.ToString();
            foreach (var other in new[] { text.ToUpperInvariant(), text.ToLowerInvariant() }.Where(other => other.Any(char.IsLetter)))
                Assert.That(await OutcomeAsync(With(PaidAnswer(Request), field, JsonValue.Create(other).ToJsonString())), Is.EqualTo(CryptoPaymentStatus.Paid), $"{field} = {other}");
        }
    }

    [Test]
    public async Task A_field_that_is_there_twice_pays_nothing()
    {
        foreach (var field in Decisive.Amounts.Concat(Decisive.Texts))
        {
            var answer = With(PaidAnswer(Request), field, "\"twice\"");
            var value = Find(PaidAnswer(Request), field)!.ToJsonString();
            Assert.That(await OutcomeAsync(answer.Replace($"\"{field}\":\"twice\"", $"\"{field}\":{value},\"{field}\":{value}")), Is.Null, field);
        }
    }

    [TestCase("[{0}]")]
    [TestCase("\"{0}\"")]
    [TestCase("{0}{0}")]
    [TestCase("{0},")]
    [TestCase("{{\"data\":null,\"result\":null}}")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{{}}")]
    public async Task An_answer_of_another_shape_pays_nothing(string shape)
    {
        var answer = PaidAnswer(Request);
        Assert.That(await OutcomeAsync(shape.Replace("{0}", answer).Replace("{{", "{").Replace("}}", "}")), Is.Null);
    }

    private async Task PaysNothingAsync(string field, string? value)
    {
        var outcome = await OutcomeAsync(With(PaidAnswer(Request), field, value));
        Assert.That(outcome, Is.Not.EqualTo(CryptoPaymentStatus.Paid).And.Not.EqualTo(CryptoPaymentStatus.Overpaid), $"{field} = {value ?? "missing"}");
    }

    /// <summary>The status of an attempt after this response; null if the response is rejected.</summary>
    private async Task<CryptoPaymentStatus?> OutcomeAsync(string answer)
    {
        Provider.Answer = Answers.Json(answer);
        try
        {
            if (await FindAsync() is not { } found)
                return CryptoPaymentStatus.AwaitingPayment;

            return PaymentDecision.Decide(new PaymentFacts
            {
                Status = CryptoPaymentStatus.AwaitingPayment, Quoted = Amount, PriceAmount = 1234.56m, Reference = Request.Reference, ExternalId = ExternalId, DueByWallet = Due,
                Age = TimeSpan.FromMinutes(5), Watch = TimeSpan.FromDays(14), Lookup = Lookup.Found, Provider = ExternalText.Fit(found), Order = OrderState.Open, OrderTotal = 1234.56m,
                PaidMarker = PaidMarker.None
            }).Status;
        }
        catch (GatewayException exception)
        {
            Assert.That(exception.Fault, Is.Not.EqualTo(GatewayFault.NotCalled));
            return null;
        }
    }

    /// <summary>The response with all occurrences of a field changed; null removes the field.</summary>
    private static string With(string answer, string field, string? value)
    {
        const string Mark = "\"another-value\"";
        return Changed(answer, node =>
        {
            if (node is JsonObject fields && fields.ContainsKey(field))
            {
                if (value is null)
                    fields.Remove(field);
                else
                    fields[field] = JsonNode.Parse(Mark);
            }
            return node;
        }).Replace(Mark, value);
    }

    private static JsonNode? Find(string answer, string field)
    {
        JsonNode? found = null;
        Changed(answer, node =>
        {
            found ??= (node as JsonObject)?[field]?.DeepClone();
            return node;
        });
        return found;
    }

    /// <param name="Status">The status.</param>
    /// <param name="Amounts">The requested or received amounts.</param>
    /// <param name="Currencies">The currencies of these amounts.</param>
    /// <param name="Reference">The store's reference; null if the provider keeps none.</param>
    protected sealed record DecisiveFields(string Status, string[] Amounts, string[] Currencies, string? Reference)
    {
        public IEnumerable<string> Texts => [Status, .. Currencies, .. Reference is null ? Array.Empty<string>() : [Reference]];
    }
}
