namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Lets a shopper who comes back from the provider have the payment checked at once, and whoever opens the same link again and again
/// cause one call in five seconds. Each node counts its own.
/// </summary>
public class ReturnPace(TimeProvider time)
{
    /// <summary>The least time between two checks of a payment for that reason.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>From this number on, payments whose pause is over are forgotten.</summary>
    private const int Many = 1000;

    private readonly Dictionary<int, long> _taken = [];

    private readonly Lock _lock = new();

    /// <summary>True for the first return in the pause.</summary>
    public bool TryTake(int paymentId)
    {
        lock (_lock)
        {
            if (_taken.TryGetValue(paymentId, out var at) && !IsOver(at))
                return false;

            if (_taken.Count >= Many)
            {
                foreach (var (id, taken) in _taken.Where(entry => IsOver(entry.Value)).ToList())
                    _taken.Remove(id);
            }
            _taken[paymentId] = time.GetTimestamp();
            return true;
        }
    }

    private bool IsOver(long takenAt) => time.GetElapsedTime(takenAt) >= Pause;
}
