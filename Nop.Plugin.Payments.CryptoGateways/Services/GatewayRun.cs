using System.Runtime.CompilerServices;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// One run of the task over one gateway's payments: some at a time, as far as time and the provider's limits allow, and no further
/// when the provider keeps failing. Gateways run beside each other, so that none waits for another's provider.
/// </summary>
public class GatewayRun(GatewayDescriptor gateway, GatewayTraffic traffic, Func<bool> hasTime)
{
    /// <summary>Payments that are worked on at once.</summary>
    public const int Parallelism = 4;

    /// <summary>Calls that fail in a row before the rest waits for the next run.</summary>
    public const int Patience = 5;

    private int _asked;

    /// <summary>
    /// Works on the payments in their order. What is not reached stays due.
    /// </summary>
    /// <param name="payments">Read as far as they are worked on.</param>
    /// <param name="work">Brings one payment up to date; it does not throw.</param>
    public Task WorkAsync<T>(IAsyncEnumerable<T> payments, Func<T, Task> work) =>
        Parallel.ForEachAsync(AsLongAsItGoesAsync(payments), new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (payment, _) =>
        {
            await work(payment);
            Interlocked.Increment(ref _asked);
        });

    private async IAsyncEnumerable<T> AsLongAsItGoesAsync<T>(IAsyncEnumerable<T> payments, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var payment in payments.WithCancellation(cancellationToken))
        {
            if (!GoesOn)
                yield break;
            yield return payment;
        }
    }

    private bool GoesOn => hasTime() && traffic.HasRoom(gateway)
        && (Volatile.Read(ref _asked) < Patience || traffic.FailuresInARow(gateway.SystemName) < Patience);
}
