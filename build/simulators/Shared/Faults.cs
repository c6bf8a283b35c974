namespace CryptoGateways.Simulators.Shared;

/// <summary>What goes wrong with the next requests to an endpoint. Kinds and defaults: README.md.</summary>
public sealed class Fault
{
    public static readonly string[] Kinds = ["refuse", "delay", "status", "html", "truncated", "empty", "huge", "lost", "hold"];

    public required string Endpoint { get; init; }

    public required string Kind { get; init; }

    /// <summary>When the request's work is done: "before" the fault, "after" it or "none".</summary>
    public required string Effect { get; init; }

    /// <summary>How many requests are still to be hit; null: until reset.</summary>
    public int? Times { get; set; }

    public double Seconds { get; init; }

    public int Status { get; init; }

    public int Megabytes { get; init; }

    /// <exception cref="ArgumentException">A field has a value that it cannot have.</exception>
    public static Fault From(Args args, IReadOnlyList<string> endpoints)
    {
        var kind = args.Text("kind", "", Kinds);
        var effect = kind switch { "refuse" or "status" or "html" => "none", "delay" => "after", _ => "before" };
        var times = args.Number("times");
        if (times == 0)
            throw new ArgumentException("'times' is at least 1");
        return new()
        {
            Endpoint = args.Text("endpoint", "", [.. endpoints]),
            Kind = kind,
            Effect = args.Text("effect", effect, "before", "after", "none"),
            Times = (int?)times,
            Seconds = (double)(args.Number("seconds") ?? 5),
            Status = (int)(args.Number("status") ?? 500),
            Megabytes = (int)(args.Number("megabytes") ?? 20)
        };
    }
}

/// <summary>The faults to come, and the answers that are being held back.</summary>
public sealed class FaultBox(Gate gate)
{
    private readonly List<TaskCompletionSource<bool>> _held = [];

    public List<Fault> Waiting { get; } = [];

    public int Held => _held.Count;

    public void Add(Fault fault) => gate.Change(() => Waiting.Add(fault));

    public Fault? Take(string endpoint) => gate.Change(() =>
    {
        var fault = Waiting.Find(f => f.Endpoint == endpoint);
        if (fault is { Times: not null } && --fault.Times == 0)
            Waiting.Remove(fault);
        return fault;
    });

    /// <summary>Waits for the release; true: answer, false: abort the connection.</summary>
    public Task<bool> HoldAsync() => gate.Change(() =>
    {
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Add(held);
        return held.Task;
    });

    public int Release(bool answer) => gate.Change(() =>
    {
        var count = _held.Count;
        _held.ForEach(h => h.TrySetResult(answer));
        _held.Clear();
        return count;
    });

    public void Clear(bool answer)
    {
        gate.Change(Waiting.Clear);
        Release(answer);
    }
}
