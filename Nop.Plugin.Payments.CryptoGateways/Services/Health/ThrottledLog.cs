using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Logs what strangers and failing providers can cause repeatedly, at most once a minute per cause. A failure to log is ignored, so that
/// it does not stop the work that is logged.
/// </summary>
public class ThrottledLog(LogThrottle throttle, ILogger logger)
{
    /// <param name="cause">Entries with the same cause are throttled together. Causes are kept in memory, so there must be few.</param>
    /// <param name="text">The entry.</param>
    public async Task WarningAsync(string cause, string text)
    {
        if (throttle.Next(cause) is { } omitted)
            await TryAsync(() => logger.WarningAsync(text + Suffix(omitted)));
    }

    /// <param name="text">The entry. Its cause is the type of the exception.</param>
    /// <param name="exception">The exception to log.</param>
    public async Task ErrorAsync(string text, Exception exception)
    {
        if (throttle.Next($"{exception.GetType()}") is { } omitted)
            await TryAsync(() => logger.ErrorAsync(text + Suffix(omitted), exception));
    }

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception)
        {
            // The log is the only place to report a failure.
        }
    }

    private static string Suffix(int omitted) => omitted == 0 ? string.Empty : $" ({omitted} more like this since the last entry)";
}

/// <summary>
/// Remembers when each cause was logged. Each node counts for itself.
/// </summary>
public class LogThrottle(TimeProvider time)
{
    /// <summary>The shortest time between two entries with the same cause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long LoggedAt, int Omitted)> _causes = [];

    private readonly Lock _lock = new();

    /// <summary>The number of entries omitted since the last one with this cause; null when this one must be omitted too.</summary>
    public int? Next(string cause)
    {
        lock (_lock)
        {
            if (_causes.TryGetValue(cause, out var last) && time.GetElapsedTime(last.LoggedAt) < Pause)
            {
                _causes[cause] = last with { Omitted = last.Omitted + 1 };
                return null;
            }

            _causes[cause] = (time.GetTimestamp(), 0);
            return last.Omitted;
        }
    }
}
