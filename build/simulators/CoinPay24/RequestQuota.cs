namespace CryptoGateways.Simulators.CoinPay24;

/// <summary>Counts per key and purpose in windows that begin with the first request and then reset as a whole ("before the hourly timer resets").</summary>
public sealed class RequestQuota
{
    private readonly Dictionary<(string Key, string Purpose), (DateTimeOffset Start, int Count)> _windows = [];

    /// <param name="limit">0: no limit.</param>
    /// <returns>False: the limit was reached; the request is then not counted.</returns>
    public bool Take(string key, string purpose, decimal limit, TimeSpan length, DateTimeOffset now)
    {
        var window = _windows.GetValueOrDefault((key, purpose));
        if (now - window.Start >= length)
            window = (now, 0);
        if (limit > 0 && window.Count >= limit)
            return false;
        _windows[(key, purpose)] = window with { Count = window.Count + 1 };
        return true;
    }

    public void Forget() => _windows.Clear();
}
