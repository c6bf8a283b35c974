using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Writes the entries that strangers and failing providers can cause over and over: one a minute for each cause. An entry that the
/// database refuses is lost: the work that it is about goes on.
/// </summary>
public class ThrottledLog(LogThrottle pace, ILogger logger)
{
    /// <param name="cause">What entries have in common that need to be told only once. There must be few: each is remembered.</param>
    /// <param name="text">The entry.</param>
    public async Task WarningAsync(string cause, string text)
    {
        if (pace.Next(cause) is { } leftOut)
            await TryAsync(() => logger.WarningAsync(text + Told(leftOut)));
    }

    /// <param name="text">The entry; its cause is the exception's type.</param>
    /// <param name="exception">What was thrown.</param>
    public async Task ErrorAsync(string text, Exception exception)
    {
        if (pace.Next($"{exception.GetType()}") is { } leftOut)
            await TryAsync(() => logger.ErrorAsync(text + Told(leftOut), exception));
    }

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception)
        {
            // There is nowhere else to tell it.
        }
    }

    private static string Told(int leftOut) => leftOut == 0 ? string.Empty : $" ({leftOut} more like this since the last entry)";
}

/// <summary>
/// Remembers what was logged when. Each node has its own.
/// </summary>
public class LogThrottle(TimeProvider time)
{
    /// <summary>The least time between two entries with one cause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long LoggedAt, int LeftOut)> _causes = [];

    private readonly Lock _lock = new();

    /// <summary>How many entries were left out since the last one with this cause; null when this one is to be left out too.</summary>
    public int? Next(string cause)
    {
        lock (_lock)
        {
            if (_causes.TryGetValue(cause, out var last) && time.GetElapsedTime(last.LoggedAt) < Pause)
            {
                _causes[cause] = last with { LeftOut = last.LeftOut + 1 };
                return null;
            }

            _causes[cause] = (time.GetTimestamp(), 0);
            return last.LeftOut;
        }
    }
}
