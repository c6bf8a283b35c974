using System.Diagnostics;

namespace CryptoGateways.Sandbox;

/// <summary>Command line: --urls, --Data, --Plugins, --Node, --Ready, --Limits, --Tasks, --SetUp, --TimeZone, --Provider.</summary>
public sealed record SandboxOptions
{
    /// <summary>Folder of the database; a second process may use the same.</summary>
    public string Data { get; init; } = "artifacts/sandbox-data";

    /// <summary>Folder that holds the packed plugins' folders.</summary>
    public string Plugins { get; init; } = "artifacts";

    /// <summary>Name of this process where several share a database. The first node's address is the store's address.</summary>
    public string Node { get; init; } = "1";

    /// <summary>Install, activate and configure the plugin at the first start, as a person would in the admin area.</summary>
    public bool Ready { get; init; }

    /// <summary>Whether the plugin keeps to the number of calls that providers allow; a benchmark does not.</summary>
    public bool Limits { get; init; } = true;

    /// <summary>Whether schedule tasks run by themselves.</summary>
    public bool Tasks { get; init; } = true;

    /// <summary>What <see cref="Ready"/> enters on the configuration page: gateway.Field=value, separated by semicolons.</summary>
    public string SetUp { get; init; } = "";

    /// <summary>Address of the simulated providers, to which the pages' header links.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Time zone in which administrators read times.</summary>
    public string TimeZone { get; init; } = "UTC";

    public string DatabaseFile => Path.Combine(Data, "store.db");
}

/// <summary>The store's clock, which a test may put forward. Timers run as they do.</summary>
public sealed class SandboxClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    /// <summary>A clock that a test puts forward stands for time that passes.</summary>
    public override long GetTimestamp() => base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
}

/// <summary>A place in the code at which a test wants the process to die, as with kill -9.</summary>
public sealed class CrashPoints
{
    public string? Armed { get; set; }

    public void At(string point)
    {
        if (point == Armed)
            Process.GetCurrentProcess().Kill();
    }
}
