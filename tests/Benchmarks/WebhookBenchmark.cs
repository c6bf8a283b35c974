using System.Diagnostics;
using CryptoGateways.Tests.Browser.Harness;
using CryptoGateways.Tests.Cluster.Farm;
using static System.FormattableString;

namespace CryptoGateways.Benchmarks;

/// <summary>
/// A hundred copies of one webhook at once, on two nodes with one SQLite file. The first round meets nodes that have not seen a
/// webhook yet.
/// </summary>
internal static class WebhookBenchmark
{
    private const int Copies = 100, Rounds = 20;

    public static async Task RunAsync()
    {
        await using var stores = await Stores.StartAsync();
        await stores.ResetProviderAsync();
        var rounds = new List<(IReadOnlyList<double> Times, bool LeftToTask)>();
        while (rounds.Count < Rounds)
            rounds.Add(await RoundAsync(stores));

        var table = new Table("rounds", "webhooks", "median", "p99", "slowest", "paid by the task");
        Add("first", rounds[..1]);
        Add($"the {Rounds - 1} that follow", rounds[1..]);
        table.Print($"{Copies} parallel copies of one webhook, two nodes; each order paid once, all answers 200:");

        void Add(string name, IReadOnlyCollection<(IReadOnlyList<double> Times, bool LeftToTask)> some)
        {
            var sorted = some.SelectMany(round => round.Times).Order().ToList();
            table.Add(name, Invariant($"{sorted.Count:N0}"), At(0.5), At(0.99), At(1), $"{some.Count(round => round.LeftToTask)}");
            string At(double part) => Invariant($"{sorted[(int)Math.Ceiling(part * sorted.Count) - 1]:0} ms");
        }
    }

    /// <summary>Milliseconds until each copy was answered, and whether the order was not paid by then.</summary>
    private static async Task<(IReadOnlyList<double> Times, bool LeftToTask)> RoundAsync(Stores stores)
    {
        var (orderId, reference) = await stores.PlaceOrderAsync();
        await stores.Provider.ActAsync(reference, "pay");
        var webhook = await stores.WebhookAsync(reference);
        var answers = await Task.WhenAll(Enumerable.Range(0, Copies).Select(number => TimedAsync(stores, webhook, number % 2 == 0 ? stores.First : stores.Second)));
        if (answers.FirstOrDefault(answer => answer.Status != 200) is { Status: not 0 } refused)
            throw new InvalidOperationException($"a webhook was answered {refused.Status}");

        // A webhook is worked on for two seconds and answered; on a machine that is busy with other things the task does the rest.
        var leftToTask = !stores.Database.Order(orderId).Paid;
        if (leftToTask)
        {
            stores.Database.LetTimePass(orderId);
            await stores.RunTaskAsync(stores.First);
        }
        if (stores.Database.Order(orderId) is not { Paid: true, PaidEvents: 1, PaidMails: 1 } and var order)
            throw new InvalidOperationException($"not paid once: {order}, {string.Join(", ", stores.Database.Notes(orderId))}");
        return ([.. answers.Select(answer => answer.Milliseconds)], leftToTask);
    }

    private static async Task<(int Status, double Milliseconds)> TimedAsync(Stores stores, Delivery webhook, Node node)
    {
        var started = Stopwatch.GetTimestamp();
        return (await node.ReceiveAsync(stores.Http, webhook), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
