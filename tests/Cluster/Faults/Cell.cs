using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Tests.Cluster.Faults;

/// <summary>
/// How a step goes wrong.
/// </summary>
internal enum Fault
{
    /// <summary>It fails and nothing is done.</summary>
    Exception,

    /// <summary>It is done, but the answer never comes.</summary>
    TimeOut,

    /// <summary>The process dies: before a write, or while it waits for the provider.</summary>
    Kill,

    /// <summary>The process stands still, before a write or while it waits for the provider, until another has taken over; then it goes on.</summary>
    Pause
}

/// <summary>
/// One step of one flow that goes wrong in one way, and what has become of the order two task runs later.
/// </summary>
/// <param name="Flow">The way in.</param>
/// <param name="Step">Number of the write, from 1 on; 0 is the call to the provider.</param>
/// <param name="Fault">What goes wrong.</param>
internal sealed record Cell(Flow Flow, int Step, Fault Fault)
{
    /// <summary>Runs the cell; an outcome that starts with "LOST" or "DOUBLED" breaks the promise.</summary>
    public async Task<string> RunAsync(Stores stores)
    {
        stores.Database.OnlyTaskCallsCount();
        var (orderId, reference) = await Flow.PrepareAsync(stores);
        var stock = stores.Database.Stock;
        await (Fault == Fault.Pause ? RunPausedAsync(stores, orderId, reference)
            : Step == 0 ? RunWithBrokenCallAsync(stores, reference)
            : RunWithBrokenWriteAsync(stores, reference));
        if (Fault != Fault.Kill || !await DiesAsync(stores.Second))
            await stores.CountWritesAsync(stores.Second);
        await stores.Provider.ClearFaultsAsync();

        if (Flow == Flow.Create)
        {
            // A minute later the shopper tries again, and pays on the page that comes.
            stores.Database.LetTimePass(orderId);
            await stores.Shopper.RetryAsync(stores.First, orderId);
            await stores.Provider.ActAsync(stores.Database.Attempts(orderId)[^1].Reference, "pay");
        }
        var outcome = await OutcomeAsync(stores, orderId);
        return Flow == Flow.Reopen && !outcome.StartsWith("LOST", StringComparison.Ordinal) ? WithStock(stores, orderId, stock - stores.Database.Stock, outcome) : outcome;
    }

    /// <summary>The stock of an order that was opened again is taken once, or a person is asked to look.</summary>
    private static string WithStock(Stores stores, int orderId, int taken, string outcome) =>
        stores.Database.Notes(orderId).Any(note => note.Contains("while stock was being deducted", StringComparison.Ordinal)) ? taken is 0 or 1 ? $"{outcome}, stock?" : $"DOUBLED: stock {taken}"
        : taken == 1 ? outcome
        : $"{(taken > 1 ? "DOUBLED" : "LOST")}: stock {taken}";

    private static async Task<string> OutcomeAsync(Stores stores, int orderId)
    {
        for (var run = 0; run < 2 && !(run > 0 && Verdict.Of(stores, orderId).IsFinal); run++)
        {
            stores.Database.LetTimePass(orderId);
            await stores.RunTaskAsync(run == 0 ? stores.First : stores.Second);
        }

        var settled = Verdict.Of(stores, orderId);
        var superseded = await PayEarlierAsync(stores, orderId);
        var after = Verdict.Of(stores, orderId);
        return superseded is null || after.IsBroken ? after.Text : settled.IsBroken ? settled.Text : superseded;
    }

    /// <summary>An earlier attempt that the provider knows must still be watched: paid as well, it is reported. Null when there is none.</summary>
    private static async Task<string?> PayEarlierAsync(Stores stores, int orderId)
    {
        var known = (await stores.Provider.PaymentsAsync()).Select(payment => payment.Reference).ToHashSet();
        string? outcome = null;
        foreach (var earlier in stores.Database.Attempts(orderId).SkipLast(1).Where(attempt => known.Contains(attempt.Reference)))
        {
            await stores.Provider.ActAsync(earlier.Reference, "pay");
            stores.Database.LetTimePass(orderId);
            await stores.RunTaskAsync(stores.First);
            outcome = stores.Database.Notes(orderId).Any(note => note.Contains("paid twice", StringComparison.Ordinal) && note.Contains(earlier.Reference, StringComparison.Ordinal))
                ? "superseded, watched"
                : "LOST: the superseded attempt is not watched";
        }
        return outcome;
    }

    private async Task RunWithBrokenWriteAsync(Stores stores, string reference)
    {
        await stores.CountWritesAsync(stores.Second, Flow.FirstWrite, Step, Fault switch { Fault.Exception => "error", Fault.TimeOut => "lost", _ => "kill" });
        await TryAsync(Flow.RunAsync(stores, reference));
    }

    /// <summary>While it stands still its lease expires, and the other node's task does the work.</summary>
    private async Task RunPausedAsync(Stores stores, int orderId, string reference)
    {
        if (Step == 0)
            await stores.Provider.FaultAsync(Flow.Endpoint, "hold", 1);
        else
            await stores.CountWritesAsync(stores.Second, Flow.FirstWrite, Step, "pause");
        var running = TryAsync(Flow.RunAsync(stores, reference));
        if (Step == 0)
            await stores.Provider.WaitForAsync("for=held");
        else
            await stores.ReachWriteAsync(stores.Second, Step, running);
        stores.Database.LetTimePass(orderId);
        await stores.RunTaskAsync(stores.First);
        await stores.Provider.ClearFaultsAsync();
        await stores.CountWritesAsync(stores.Second);
        await running;
    }

    private async Task RunWithBrokenCallAsync(Stores stores, string reference)
    {
        if (Fault == Fault.Exception)
        {
            await stores.Provider.FaultAsync(Flow.Endpoint, "status", Flow.CallsUntilGivenUp);
            await TryAsync(Flow.RunAsync(stores, reference));
            return;
        }

        await stores.Provider.FaultAsync(Flow.Endpoint, "hold", 1);
        var running = TryAsync(Flow.RunAsync(stores, reference));
        await stores.Provider.WaitForAsync("for=held");
        if (Fault == Fault.Kill)
            await stores.Second.KillAsync();
        await running;
    }

    /// <summary>False when the write was not reached: two workers of a task may try for one lease, and do not always.</summary>
    private static async Task<bool> DiesAsync(Node node)
    {
        try
        {
            await node.RestartAfterDeathAsync();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task TryAsync(Task request)
    {
        try
        {
            await request;
        }
        catch (HttpRequestException)
        {
            // The process died.
        }
    }
}
