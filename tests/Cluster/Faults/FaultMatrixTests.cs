using System.Diagnostics;
using System.Text;

namespace CryptoGateways.Tests.Cluster.Faults;

/// <summary>
/// Every write and every call of every way in, broken in every way. A part of the cells runs always; all of them with the
/// environment variable FAULTS=full, as build/faults.sh does.
/// </summary>
public class FaultMatrixTests
{
    private static bool IsFull => Environment.GetEnvironmentVariable("FAULTS") == "full";

    [Test]
    public async Task Whatever_breaks_the_money_is_on_the_order_two_task_runs_later()
    {
        var table = new StringBuilder();
        var broken = new List<string>();
        foreach (var flow in Flow.All)
        {
            await TwoNodes.Stores.ResetProviderAsync();
            TwoNodes.Stores.Database.ReopenCancelled(false);
            var writes = await flow.RecordAsync(TwoNodes.Stores);
            Assert.That(writes, Has.Count.GreaterThan(3), flow.Name);
            for (var step = 0; step <= writes.Count; step++)
            {
                var name = step == 0 ? $"call {flow.Endpoint}" : $"{step,2} {writes[step - 1]}";
                table.Append(null, $"{flow.Name,-8} {name,-28}");
                foreach (var fault in Enum.GetValues<Fault>())
                {
                    var started = Stopwatch.GetTimestamp();
                    var outcome = CanBreak(step, fault, writes) && (IsFull || IsAlwaysRun(flow, step, fault, writes)) ? await new Cell(flow, step, fault).RunAsync(TwoNodes.Stores) : "-";
                    table.Append(null, $" | {outcome,-20}");
                    TestContext.Progress.WriteLine($"{flow.Name} {name} {fault}: {outcome} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s)");
                    if (outcome.StartsWith("LOST", StringComparison.Ordinal) || outcome.StartsWith("DOUBLED", StringComparison.Ordinal))
                        broken.Add($"{flow.Name} {name} {fault}: {outcome}");
                }
                table.AppendLine();
            }
        }

        TwoNodes.Stores.Database.ReopenCancelled(false);
        var header = $"{"way in",-8} {"step that breaks",-28} | {"exception",-20} | {"time-out",-20} | {"kill -9",-20} | {"pause",-20}";
        var text = $"{header}\n{new string('-', header.Length)}\n{table}";
        await TestContext.Out.WriteAsync(text);
        if (Environment.GetEnvironmentVariable("FAULTS_TABLE") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, text);
        Assert.That(broken, Is.Empty);
    }

    /// <summary>How the sandbox ends the name of a write inside a transaction.</summary>
    private const string InTransaction = " (tx)";

    /// <summary>SQLite lets all others wait for a transaction: no node can take over while one is paused inside it.</summary>
    private static bool CanBreak(int step, Fault fault, IReadOnlyList<string> writes) => fault != Fault.Pause || step == 0 || !writes[step - 1].EndsWith(InTransaction, StringComparison.Ordinal);

    private static bool IsAttempt(string write) => write.StartsWith("CryptoPayment.Update", StringComparison.Ordinal);

    /// <summary>The provider's silence, a pause or a kill where it hurts most, and every second write that fails.</summary>
    private static bool IsAlwaysRun(Flow flow, int step, Fault fault, IReadOnlyList<string> writes) => (step, fault) switch
    {
        (_, Fault.Pause) => flow == Flow.Webhook && step % 3 == 0,
        _ when flow == Flow.Late || flow == Flow.Balance || flow == Flow.Jump => flow == Flow.Balance && fault == Fault.Kill && step > 0 && IsAttempt(writes[step - 1]),
        // Its own writes; the rest is that of the task.
        _ when flow == Flow.Reopen => fault == Fault.Kill && step > 0 && writes[step - 1] == "Product.Update" && !writes.Take(step - 1).Contains(writes[step - 1]),
        (0, Fault.TimeOut) => flow == Flow.Webhook,
        (0, _) => fault == Fault.Exception || flow == Flow.Create,
        (_, Fault.Kill) => IsAttempt(writes[step - 1]) && flow != Flow.Return && !writes.Take(step - 1).Contains(writes[step - 1]),
        (_, Fault.Exception) => flow == Flow.Create || step % 2 == (flow == Flow.Task ? 0 : 1),
        // Whose own lease is lost waits as long as a second click does: 20 s.
        _ => flow == Flow.Create ? step > 1 : flow == Flow.Webhook && step % 2 == 0
    };
}
