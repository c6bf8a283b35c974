using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using CryptoGateways.Tests.Cluster.Farm;
using static System.FormattableString;

namespace CryptoGateways.Benchmarks;

/// <summary>
/// Open pay pages that ask one node how their payments stand, each as often as the node tells it to, all over the same payments:
/// so more pages are more tabs of a payment, and the provider should be asked no more often.
/// </summary>
internal static class PagesBenchmark
{
    private const int Payments = 20, Seconds = 60;

    public static async Task RunAsync(IReadOnlyList<int> numbers)
    {
        await using var stores = await Stores.StartAsync();
        await stores.ResetProviderAsync();
        var table = new Table("pages", "answers", "a second", "not changed", "median", "p99", "slowest", "asked every", "node's CPU", "provider calls");
        foreach (var number in numbers)
        {
            var pages = await OpenAsync(stores);
            await MeasureAsync(stores, pages, number, table);
        }
        table.Print($"Open pay pages over {Payments} payments, one node, {Seconds} s each after {Seconds / 2} s in which they find their pace:");
    }

    /// <summary>New payments, so that all are as young in each run; where each one's state is told.</summary>
    private static async Task<IReadOnlyList<Uri>> OpenAsync(Stores stores)
    {
        var states = new List<Uri>();
        while (states.Count < Payments)
        {
            var (orderId, _) = await stores.PlaceOrderAsync();
            var attempt = stores.Database.Attempts(orderId)[^1];
            stores.Database.Execute($"UPDATE CryptoPayment SET Address = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', DueAmount = '12.5' WHERE Id = {attempt.Id}");
            states.Add(new Uri($"{await stores.Shopper.PayPageAsync(stores.First, orderId, attempt.Id)}/state"));
        }
        return states;
    }

    private static async Task MeasureAsync(Stores stores, IReadOnlyList<Uri> states, int number, Table table)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(3) }) { Timeout = TimeSpan.FromSeconds(30) };
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(DateTime At, double Milliseconds, bool IsSame, int Pause)>();
        var pages = Enumerable.Range(0, number).Select(page => FollowAsync(http, states[page % states.Count], 3.0 * page / number, answers, stop.Token)).ToList();

        await Task.Delay(TimeSpan.FromSeconds(Seconds / 2));
        var (started, cpu, calls) = (DateTime.UtcNow, stores.First.Usage.ProcessorTime, await stores.Provider.QuestionsAsync());
        await Task.Delay(TimeSpan.FromSeconds(Seconds));
        var (ended, used, asked) = (DateTime.UtcNow, stores.First.Usage.ProcessorTime - cpu, await stores.Provider.QuestionsAsync() - calls);
        await stop.CancelAsync();
        await Task.WhenAll(pages);

        var seen = answers.Where(answer => answer.At >= started && answer.At < ended).ToList();
        var sorted = seen.Select(answer => answer.Milliseconds).Order().ToList();
        table.Add(Invariant($"{number:N0}"), Invariant($"{seen.Count:N0}"), Invariant($"{seen.Count / (ended - started).TotalSeconds:0}"), Invariant($"{100.0 * seen.Count(answer => answer.IsSame) / seen.Count:0} %"),
            At(0.5), At(0.99), At(1), Invariant($"{seen.Average(answer => answer.Pause):0.0} s"), Invariant($"{100 * used / (ended - started):0} % of one core"), $"{asked}");
        string At(double part) => Invariant($"{sorted[(int)Math.Ceiling(part * sorted.Count) - 1]:0} ms");
    }

    /// <summary>What the page's script does: it asks, tells what it has, and waits as long as it is told.</summary>
    private static async Task FollowAsync(HttpClient http, Uri state, double wait, ConcurrentQueue<(DateTime, double, bool, int)> answers, CancellationToken stop)
    {
        string? version = null;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(wait), stop);
            while (!stop.IsCancellationRequested)
            {
                using var question = new HttpRequestMessage(HttpMethod.Get, state);
                if (version is not null)
                    question.Headers.TryAddWithoutValidation("If-None-Match", version);
                var started = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(question, stop);
                var isSame = answer.StatusCode == HttpStatusCode.NotModified;
                if (!isSame)
                    answer.EnsureSuccessStatusCode();
                version = $"{answer.Headers.ETag}";
                var pause = answer.Headers.RetryAfter?.Delta ?? throw new InvalidOperationException("the payment is over");
                answers.Enqueue((DateTime.UtcNow, Stopwatch.GetElapsedTime(started).TotalMilliseconds, isSame, (int)pause.TotalSeconds));
                await Task.Delay(pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The minute is over.
        }
    }
}
