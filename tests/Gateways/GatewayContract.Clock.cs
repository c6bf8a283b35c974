using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Providers whose clock differs from the store's. Their times are compared with their own clock, taken from the Date header.
/// </summary>
public abstract partial class GatewayContract
{
    private static readonly DateTimeOffset _storeNow = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    /// <summary>How many minutes the provider's clock is ahead of the store's.</summary>
    [TestCase(-600)]
    [TestCase(-32)]
    [TestCase(-2)]
    [TestCase(2)]
    [TestCase(32)]
    [TestCase(600)]
    public async Task A_clock_that_is_wrong_changes_nothing(int minutes)
    {
        _clock = new FakeTimeProvider(_storeNow);
        foreach (var word in Words.Keys)
        {
            // Before and after the stated time, and within the grace period of gateways.
            foreach (var at in new[] { -30, -5, 20 })
            {
                var right = await FindAtAsync(word, at, TimeSpan.Zero);
                var wrong = await FindAtAsync(word, at, TimeSpan.FromMinutes(minutes));

                Assert.That(wrong, Is.EqualTo(right), $"{word}, {at} minutes from now");
            }
        }
    }

    /// <summary>A response may take half a minute.</summary>
    [TestCase(-30)]
    [TestCase(30)]
    public async Task A_clock_that_is_less_than_a_minute_wrong_is_right(int seconds)
    {
        _clock = new FakeTimeProvider(_storeNow);
        var answer = Timed(DetailedAnswer(Request), _storeNow.AddMinutes(20));
        Provider.Answer = Answers.Json(answer);
        Provider.Clock = () => _storeNow;
        var right = await FindAsync();
        Provider.Clock = () => _storeNow.AddSeconds(seconds);

        Assert.That((await FindAsync())!.ExpiresOnUtc, Is.EqualTo(right!.ExpiresOnUtc));
    }

    private async Task<(ProviderStatus, bool, DateTime?, DateTime?, Money?)> FindAtAsync(string word, int minutesFromNow, TimeSpan ahead)
    {
        Provider.Answer = Answers.Json(Timed(FoundAnswer(Request, word), _storeNow.AddMinutes(minutesFromNow) + ahead));
        Provider.Clock = () => _storeNow + ahead;
        var found = (await FindAsync())!;
        return (found.Status, found.AcceptsBalance, found.ExpiresOnUtc, found.FundsSeenOnUtc, found.Received);
    }

    /// <summary>The response with all times replaced by this one.</summary>
    private static string Timed(string answer, DateTimeOffset time) => Changed(answer, node =>
    {
        if (node is JsonValue value && DateTimeOffset.TryParseExact(value.ToString(), ["yyyy-MM-dd'T'HH:mm:ss.FFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return JsonValue.Create(time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

        foreach (var name in (node as JsonObject)?.Select(field => field.Key).Where(name => name.StartsWith("time_", StringComparison.Ordinal) || name.EndsWith("Time", StringComparison.Ordinal) || name.EndsWith("Date", StringComparison.Ordinal)).ToList() ?? [])
            node![name] = time.ToUnixTimeSeconds();
        return node;
    });
}
