using static System.FormattableString;

namespace CryptoGateways.Benchmarks;

/// <summary>
/// The same with the limit that the gateway declares, the task running once a minute as in a store. It waits most of the time, so
/// more payments are computed: measuring them would take hours.
/// </summary>
internal static class LimitedBenchmark
{
    private const int Many = 100_000;

    public static async Task RunAsync(int size)
    {
        var measured = await TaskRuns.MeasureAsync(size, period: TimeSpan.FromMinutes(1), warmUp: false);
        // The last run had less to do than it was allowed to.
        var full = measured.CallsByRun.SkipLast(1).ToList();
        var rate = full.Count > 0 ? full.Average() : measured.Calls;
        var minutes = Many / rate;
        var table = new Table("payments", "looked at", "task runs", "calls", "wall time", "calls/minute", "how");
        table.Add(Invariant($"{size:N0}"), Invariant($"{measured.Done:N0}"), $"{measured.Runs}", Invariant($"{measured.Calls:N0}"),
            Invariant($"{measured.Time.TotalMinutes:0.0} min"), Invariant($"{rate:0}"), "measured");
        table.Add(Invariant($"{Many:N0}"), "", Invariant($"{Math.Ceiling(minutes):N0}"), Invariant($"{Many:N0}"), Invariant($"{minutes / 60:0.0} h"), Invariant($"{rate:0}"), "computed from the rate");
        table.Print("ReconciliationService, limiter on (Coinskro: 240 calls a minute, a fifth of them kept for checkouts), a run a minute:");
        Console.WriteLine($"  calls by run: {string.Join(' ', measured.CallsByRun)}");
    }
}
