namespace CryptoGateways.Simulators.Shared;

/// <summary>One lock and one "something changed" signal for all state of a provider.</summary>
public sealed class Gate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    public T Read<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }

    public T Change<T>(Func<T> change)
    {
        T result;
        lock (_lock)
            result = change();
        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
        return result;
    }

    public void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    /// <summary>True as soon as the condition holds, false when it did not within the limit.</summary>
    public async Task<bool> WaitAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Read(condition))
                return true;
            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
