using System.Globalization;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Responses with null, missing, duplicated or absurd parts: the remainder is used, or the response is rejected. No other exception leaves a gateway.
/// </summary>
public abstract partial class GatewayContract
{
    private const decimal MostOfAll = decimal.MaxValue;

    /// <summary>A response with all documented lists and nested objects.</summary>
    protected virtual string DetailedAnswer(PaymentRequest request) => FoundAnswer(request, Words.Keys.Last());

    [Test]
    public async Task A_null_row_in_a_list_is_nobodys()
    {
        var answer = DetailedAnswer(Request);
        var withNulls = Changed(answer, node =>
        {
            if (node is JsonArray list)
            {
                list.Insert(0, null);
                list.Add(null);
            }
            return node;
        });
        Provider.Answer = Answers.InTurn(Answers.Json(answer), Answers.Json(withNulls));

        var (found, again) = ((await FindAsync())! with { TransactionIds = [], Answer = null }, (await FindAsync())! with { TransactionIds = [], Answer = null });

        Assert.That(again, Is.EqualTo(found));
    }

    [Test]
    public async Task Any_part_of_an_answer_may_be_null_or_missing()
    {
        var answer = DetailedAnswer(Request);
        for (var i = 0; i < NodesIn(answer); i++)
        {
            await IsUnderstoodOrBadAsync(Replaced(answer, i, null));
            await IsUnderstoodOrBadAsync(Replaced(answer, i, new JsonObject()));
            await IsUnderstoodOrBadAsync(Replaced(answer, i, new JsonArray()));
        }
    }

    [Test]
    public async Task Any_number_of_an_answer_may_be_absurd()
    {
        var answer = DetailedAnswer(Request);
        foreach (var number in new[] { 0m, 0.0000000000000000000000000001m, 9_999_999_999.999999999999999999m, MostOfAll })
        {
            for (var i = 0; i < NodesIn(answer); i++)
                await IsUnderstoodOrBadAsync(Replaced(answer, i, JsonValue.Create(number)));
            await IsUnderstoodOrBadAsync(Changed(Doubled(answer), node => node is JsonValue value && IsNumber(value) ? JsonValue.Create(number) : node));
        }
    }

    /// <summary>Duplicates every row of every list; each row must count once.</summary>
    [Test]
    public async Task What_is_listed_twice_counts_once()
    {
        var answer = DetailedAnswer(Request);
        Provider.Answer = Answers.InTurn(Answers.Json(answer), Answers.Json(Doubled(answer)));

        var (found, again) = ((await FindAsync())!, (await FindAsync())!);

        Assert.That((again.Status, again.Amount, again.Received, again.Expected), Is.EqualTo((found.Status, found.Amount, found.Received, found.Expected)));
        Assert.That(again.TransactionIds, Is.EqualTo(found.TransactionIds));
    }

    private async Task IsUnderstoodOrBadAsync(string answer)
    {
        Provider.Answer = Answers.Json(answer);
        try
        {
            await FindAsync();
        }
        catch (Exception exception) when (exception is not GatewayException)
        {
            Assert.Fail($"{exception.GetType().Name} for {answer}");
        }
        catch (GatewayException)
        {
        }
    }

    private static string Doubled(string json) =>
        Changed(json, node => node is JsonArray list ? new JsonArray([.. list.Concat(list).Select(row => row?.DeepClone())]) : node);

    private static bool IsNumber(JsonValue value) => decimal.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static int NodesIn(string json)
    {
        var nodes = 0;
        Changed(json, node =>
        {
            nodes++;
            return node;
        });
        return nodes;
    }

    /// <summary>The JSON with one node replaced; nodes are numbered from the leaves.</summary>
    private static string Replaced(string json, int number, JsonNode? instead)
    {
        var nodes = 0;
        return Changed(json, node => nodes++ == number ? instead?.DeepClone() : node);
    }
}
