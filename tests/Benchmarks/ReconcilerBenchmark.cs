using static System.FormattableString;

namespace CryptoGateways.Benchmarks;

/// <summary>
/// How the work of the schedule task grows with the number of open payments, when the provider takes any number of calls. Each size
/// has a new node, a new database and a new provider.
/// </summary>
internal static class ReconcilerBenchmark
{
    public static async Task RunAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table("payments", "looked at", "task runs", "calls", "calls/payment", "wall time", "calls/s", "node CPU/payment", "peak memory", "of it before");
        var growth = new Table("growth", "payments", "calls", "wall time", "node CPU", "peak memory");
        Measured? smaller = null;
        foreach (var size in sizes)
        {
            var measured = await TaskRuns.MeasureAsync(size, period: TimeSpan.Zero, warmUp: true, "--Limits", "false");
            table.Add(Invariant($"{size:N0}"), Invariant($"{measured.Done:N0}"), $"{measured.Runs}", Invariant($"{measured.Calls:N0}"),
                Invariant($"{(double)measured.Calls / measured.Done:0.000}"), Invariant($"{measured.Time.TotalSeconds:0.0} s"), Invariant($"{measured.CallsPerSecond:0}"),
                Invariant($"{measured.ProcessorTime.TotalMilliseconds / measured.Done:0.00} ms"), Megabytes(measured.PeakMemory), Megabytes(measured.MemoryBefore));
            if (smaller is not null)
                growth.Add(Invariant($"{smaller.Payments:N0} > {size:N0}"), Ratio(measured.Done, smaller.Done), Ratio(measured.Calls, smaller.Calls),
                    Ratio(measured.Time.TotalSeconds, smaller.Time.TotalSeconds), Ratio(measured.ProcessorTime.TotalSeconds, smaller.ProcessorTime.TotalSeconds),
                    Ratio(measured.PeakMemory, smaller.PeakMemory));
            smaller = measured;
            // A size can take long: whoever ends the program keeps what is known.
            await Console.Error.WriteLineAsync($"{measured}");
        }

        table.Print("ReconciliationService, limiter off:");
        growth.Print("Growth, as factors:");
    }

    private static string Megabytes(long bytes) => Invariant($"{bytes / 1024 / 1024:N0} MB");

    private static string Ratio(double larger, double smaller) => Invariant($"{larger / smaller:0.00}");
}
