using System.Diagnostics;
using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Benchmarks;

/// <summary>What it took to look at a number of payments.</summary>
/// <param name="Payments">How many were due.</param>
/// <param name="Left">How many are still due, as the time was over.</param>
/// <param name="CallsByRun">Calls that the provider counted, in each run of the task.</param>
/// <param name="Time">From the start of the first run to the end of the last.</param>
/// <param name="ProcessorTime">Of the node; unlike <paramref name="Time"/> it hardly depends on what else runs on the machine.</param>
/// <param name="PeakMemory">The node's highest working set in bytes, from its start on.</param>
/// <param name="MemoryBefore">The same before the first run, after the warming up.</param>
internal sealed record Measured(int Payments, int Left, IReadOnlyList<int> CallsByRun, TimeSpan Time, TimeSpan ProcessorTime, long PeakMemory, long MemoryBefore)
{
    public int Done => Payments - Left;

    public int Runs => CallsByRun.Count;

    public int Calls => CallsByRun.Sum();

    public double CallsPerSecond => Calls / Time.TotalSeconds;
}

/// <summary>Runs the schedule task again and again until nothing is due.</summary>
internal static class TaskRuns
{
    private const int WarmUp = 400;

    /// <summary>After it no run is begun: a table with a gap in it is better than none.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(15);

    /// <param name="payments">How many are due.</param>
    /// <param name="period">Shortest time from the start of a run to that of the next.</param>
    /// <param name="warmUp">Whether the node has worked before; it takes from the budget of calls.</param>
    /// <param name="options">Of the sandbox.</param>
    /// <exception cref="InvalidOperationException">A payment was lost, or looked at twice.</exception>
    public static async Task<Measured> MeasureAsync(int payments, TimeSpan period, bool warmUp, params string[] options)
    {
        await using var stores = await Stores.StartAsync(options);
        var backlog = new Backlog(stores);
        await backlog.PrepareAsync();
        if (warmUp)
        {
            await backlog.FillAsync("warm", WarmUp);
            await RunAsync(stores, backlog, period);
        }

        await backlog.FillAsync("open", payments);
        var before = stores.First.Usage;
        var started = Stopwatch.GetTimestamp();
        var calls = await RunAsync(stores, backlog, period);
        var time = Stopwatch.GetElapsedTime(started);

        var after = stores.First.Usage;
        var measured = new Measured(payments, backlog.Due, calls, time, after.ProcessorTime - before.ProcessorTime, after.PeakMemory, before.PeakMemory);
        var settled = backlog.Settled("open");
        var paid = (payments + Backlog.PaidOneIn - 1) / Backlog.PaidOneIn;
        if (measured.Left == 0 && settled != (paid, payments - paid))
            throw new InvalidOperationException($"of {payments} payments, {paid} of them paid, {settled.Paid} were settled once and {settled.Waiting} looked at once");
        return measured;
    }

    private static async Task<IReadOnlyList<int>> RunAsync(Stores stores, Backlog backlog, TimeSpan period)
    {
        var started = Stopwatch.GetTimestamp();
        var calls = new List<int>();
        for (var before = await CallsAsync(stores); ;)
        {
            var pause = Task.Delay(period);
            await stores.RunTaskAsync(stores.First);
            var after = await CallsAsync(stores);
            calls.Add(after - before);
            before = after;
            var due = backlog.Due;
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"run {calls.Count}: {calls[^1]:N0} calls, {due:N0} payments still due, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            if (due == 0 || Stopwatch.GetElapsedTime(started) > _limit)
                return calls;
            await pause;
        }
    }

    private static Task<int> CallsAsync(Stores stores) => stores.Provider.CountAsync("for=requests&endpoint=info");
}
