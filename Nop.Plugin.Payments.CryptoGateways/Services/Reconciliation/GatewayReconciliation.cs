using System.Runtime.CompilerServices;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// One run of the task over a gateway's payments: a few at a time, within the run's time and the provider's rate limit. Gateways run
/// in parallel, so that none waits for another's provider.
/// </summary>
/// <param name="gateway">The gateway.</param>
/// <param name="rateLimiter">Counts the calls to the provider.</param>
/// <param name="timeLeft">The time remaining in the run; zero or less when no further check may begin.</param>
/// <param name="time">The clock.</param>
public sealed class GatewayReconciliation(GatewayDescriptor gateway, ProviderRateLimiter rateLimiter, Func<TimeSpan> timeLeft, TimeProvider time)
{
    /// <summary>Payments that are checked in parallel.</summary>
    public const int Parallelism = 4;

    /// <summary>
    /// Checks the payments in their order. Those that are not reached stay due.
    /// </summary>
    /// <param name="payments">Enumerated as capacity allows.</param>
    /// <param name="work">Checks one payment; does not throw.</param>
    public Task WorkAsync<T>(IAsyncEnumerable<T> payments, Func<T, Task> work) =>
        Parallel.ForEachAsync(WhileCapacityAsync(payments), new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (payment, _) => await work(payment));

    private async IAsyncEnumerable<T> WhileCapacityAsync<T>(IAsyncEnumerable<T> payments, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var payment in payments.WithCancellation(cancellationToken))
        {
            if (!await WaitForCapacityAsync(cancellationToken))
                yield break;
            yield return payment;
        }
    }

    /// <summary>
    /// Waits until the rate limit allows another call. The window slides: without waiting, a run after a full one would
    /// stop at once.
    /// </summary>
    public async Task<bool> WaitForCapacityAsync(CancellationToken cancellationToken = default)
    {
        while (timeLeft() is var remaining && remaining > TimeSpan.Zero)
        {
            var delay = rateLimiter.DelayUntilCapacity(gateway);
            if (delay == TimeSpan.Zero)
                return true;
            if (delay >= remaining)
                return false;
            await Task.Delay(delay, time, cancellationToken);
        }
        return false;
    }
}
