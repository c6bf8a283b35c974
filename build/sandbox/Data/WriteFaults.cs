using System.Diagnostics;
using System.Transactions;

namespace CryptoGateways.Sandbox.Data;

/// <summary>
/// Counts the process's writes to the database, and lets one of them go wrong at a test's wish: "error" (nothing is written),
/// "lost" (it is written, but the caller is told otherwise, as after a time-out), "kill" (the process dies before it) or "pause" (it
/// waits until <see cref="Arm"/> is called again).
/// </summary>
public sealed class WriteFaults
{
    private readonly Lock _lock = new();
    private readonly List<string> _writes = [];
    private string? _from;
    private int _at;
    private string? _kind;
    private TaskCompletionSource _armed = new();

    /// <summary>Ends the name of a write inside an ambient transaction.</summary>
    private const string InTransaction = " (tx)";

    /// <summary>Writes since the last <see cref="Arm"/>, such as "Order.Update"; those of the log and of the gateways' health, which come now and then, are not counted.</summary>
    public IReadOnlyList<string> Writes
    {
        get
        {
            lock (_lock)
                return [.. _writes];
        }
    }

    /// <param name="from">Counting starts with the first write of this name; null: at once.</param>
    /// <param name="at">The write that goes wrong, from 1 on; 0: none.</param>
    /// <param name="kind">How: error, lost, kill or pause.</param>
    public void Arm(string? from, int at, string? kind)
    {
        lock (_lock)
        {
            _writes.Clear();
            (_from, _at, _kind) = (from, at, kind);
            _armed.TrySetResult();
            _armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async Task DoAsync(string name, Func<Task> write)
    {
        var (fault, armed) = FaultOf(name);
        if (fault == "pause")
            await armed;
        if (fault == "kill")
            Process.GetCurrentProcess().Kill();
        if (fault == "error")
            throw new InvalidOperationException($"{name} was made to fail");
        await write();
        if (fault == "lost")
            throw new TimeoutException($"the answer to {name} was made to be lost");
    }

    private (string? Fault, Task Armed) FaultOf(string name)
    {
        lock (_lock)
        {
            if (name.StartsWith("Log.", StringComparison.Ordinal) || name.StartsWith("GatewayHealth.", StringComparison.Ordinal) || _writes.Count == 0 && _from is not null && name != _from)
                return (null, Task.CompletedTask);

            _writes.Add(Transaction.Current is null ? name : name + InTransaction);
            return (_writes.Count == _at ? _kind : null, _armed.Task);
        }
    }
}
