using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// How often open pay pages may ask, by how many there are.
/// </summary>
public sealed class PollThrottleTests
{
    private readonly ManualTime _time = new();
    private PollThrottle _pace = null!;

    [SetUp]
    public void OpenNode() => _pace = new PollThrottle(_time);

    [TestCase(1, 3)]
    [TestCase(200, 4, Description = "in one second; a second's worth waits one more")]
    [TestCase(1_000, 12)]
    [TestCase(100_000, 60)]
    public void The_more_pages_ask_at_once_the_longer_the_last_one_waits(int pages, int seconds) =>
        Assert.That(Enumerable.Range(0, pages).Select(_ => _pace.Next(3)).ToList()[^1], Is.EqualTo(seconds));

    /// <summary>Each page asks when it was told to, for five minutes.</summary>
    [TestCase(200, 3)]
    [TestCase(1_000, 10)]
    [TestCase(5_000, 50)]
    public void Pages_that_stay_open_come_to_ask_evenly_at_the_rate_that_is_planned(int pages, int seconds)
    {
        // They were opened in the course of the first three seconds.
        var due = Enumerable.Range(0, pages).Select(page => page * 3 / pages).ToList();
        var (pauses, asked) = (new List<int>(), new List<int>());
        for (var second = 0; second < 300; second++, _time.Now += TimeSpan.FromSeconds(1))
        {
            asked.Add(due.Count(page => page == second));
            for (var page = 0; page < pages; page++)
            {
                if (due[page] != second)
                    continue;
                var pause = _pace.Next(3);
                due[page] += pause;
                if (second >= 240)
                    pauses.Add(pause);
            }
        }

        Assert.That((pauses.Average(), asked.Skip(3).Max()), Is.EqualTo(((double)seconds, Math.Min(PollThrottle.PerSecond, asked.Skip(3).Max()))));
    }

    [Test]
    public void A_state_that_is_over_books_nothing_and_one_that_wants_to_be_asked_seldom_holds_up_no_other()
    {
        Assert.That(Enumerable.Range(0, 500).Select(_ => _pace.Next(0)).ToList(), Is.All.Zero);
        Assert.That(Enumerable.Range(0, 500).Select(_ => _pace.Next(30)).ToList()[^1], Is.EqualTo(34));
        Assert.That(_pace.Next(3), Is.EqualTo(3));
    }

    [Test]
    public void Pages_that_were_closed_hold_up_the_others_for_one_turn_only()
    {
        foreach (var _ in Enumerable.Range(0, 2_000))
            _pace.Next(3);
        Assert.That(_pace.Next(3), Is.EqualTo(23));

        _time.Now += TimeSpan.FromSeconds(21);
        Assert.That(_pace.Next(3), Is.EqualTo(3));
    }
}
