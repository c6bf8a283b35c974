namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Lets a shopper who comes back from the provider have the payment checked at once, and whoever opens the same link again and again
/// cause one call in five seconds. Each node counts its own.
/// </summary>
public class ReturnThrottle(TimeProvider time)
{
    /// <summary>The least time between two checks of a payment for that reason.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>From this number on, payments whose pause is over are forgotten.</summary>
    private const int Many = 1000;

    private readonly Dictionary<int, long> _taken = [];

    private readonly Lock _lock = new();

    /// <summary>True for the first return in the pause.</summary>
    public bool TryAcquire(int paymentId)
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

/// <summary>
/// When an open pay page is to ask this node again: as soon as its state wants it while few pages are open, later when many are.
/// Each answer books the first second that has room, so that pages spread evenly and the node answers about as many a second
/// whatever their number. A page that was closed leaves its booking empty, once. The bookings are each node's own.
/// </summary>
public class PollThrottle(TimeProvider time)
{
    /// <summary>Answers a second that are planned; what comes above is for other nodes, and for pages that were opened just now.</summary>
    public const int PerSecond = 100;

    /// <summary>No page waits longer, in seconds.</summary>
    public const int Longest = 60;

    private readonly long _started = time.GetTimestamp();

    private readonly Lock _lock = new();

    /// <summary>Bookings by second, one after the other in a ring.</summary>
    private readonly (long Second, int Count)[] _booked = new (long, int)[Longest + 1];

    /// <summary>Seconds until the page is to ask again.</summary>
    /// <param name="wanted">What its state wants, 0 when nothing changes any more.</param>
    public int Next(int wanted)
    {
        if (wanted == 0)
            return 0;

        var now = (long)time.GetElapsedTime(_started).TotalSeconds;
        lock (_lock)
        {
            for (var pause = wanted; pause < Longest; pause++)
            {
                if (Book(now + pause))
                    return pause;
            }
        }
        return Longest;
    }

    private bool Book(long second)
    {
        ref var slot = ref _booked[second % _booked.Length];
        if (slot.Second != second)
            slot = (second, 0);
        if (slot.Count >= PerSecond)
            return false;

        slot.Count++;
        return true;
    }
}
