using System.Runtime.CompilerServices;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// One run of the task over one gateway's payments: some at a time, as far as time and the provider's limits allow. Gateways run
/// beside each other, so that none waits for another's provider.
/// </summary>
/// <param name="gateway">The gateway.</param>
/// <param name="traffic">Counts the calls to it.</param>
/// <param name="timeLeft">How much of the run is left; zero or less when nothing more may be begun.</param>
/// <param name="time">The clock that waiting goes by.</param>
public class GatewayRun(GatewayDescriptor gateway, GatewayTraffic traffic, Func<TimeSpan> timeLeft, TimeProvider time)
{
    /// <summary>Payments that are worked on at once.</summary>
    public const int Parallelism = 4;

    /// <summary>
    /// Works on the payments in their order. What is not reached stays due.
    /// </summary>
    /// <param name="payments">Read as far as they are worked on.</param>
    /// <param name="work">Brings one payment up to date; it does not throw.</param>
    public Task WorkAsync<T>(IAsyncEnumerable<T> payments, Func<T, Task> work) =>
        Parallel.ForEachAsync(AsLongAsItGoesAsync(payments), new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (payment, _) => await work(payment));

    private async IAsyncEnumerable<T> AsLongAsItGoesAsync<T>(IAsyncEnumerable<T> payments, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var payment in payments.WithCancellation(cancellationToken))
        {
            if (!await GoesOnAsync(cancellationToken))
                yield break;
            yield return payment;
        }
    }

    /// <summary>
    /// Waits until the provider's limits allow one more call. The window slides: without waiting, a run that follows a full one
    /// would stop at once.
    /// </summary>
    public async Task<bool> GoesOnAsync(CancellationToken cancellationToken = default)
    {
        while (timeLeft() is var left && left > TimeSpan.Zero)
        {
            var room = traffic.RoomIn(gateway);
            if (room == TimeSpan.Zero)
                return true;
            if (room >= left)
                return false;
            await Task.Delay(room, time, cancellationToken);
        }
        return false;
    }
}
