namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Looks again until something has happened; what does not happen in time fails the test.</summary>
internal static class Poll
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> happened, string what, int seconds = 10)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var value = await read();
            if (happened(value))
                return value;
            if (deadline.IsCancellationRequested)
                throw new AssertionException($"Not in {seconds} s: {what}. Last seen: {value}");
            await timer.WaitForNextTickAsync();
        }
    }
}
