using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// One run of the task over one gateway's payments: some at a time, as far as time and the provider's limits allow. Gateways run
/// beside each other, so that none waits for another's provider.
/// </summary>
/// <param name="gateway">The gateway.</param>
/// <param name="rateLimiter">Counts the calls to the provider.</param>
/// <param name="timeLeft">How much of the run is left; zero or less when nothing more may be begun.</param>
/// <param name="time">The clock that waiting goes by.</param>
public class GatewayReconciliation(GatewayDescriptor gateway, ProviderRateLimiter rateLimiter, Func<TimeSpan> timeLeft, TimeProvider time)
{
    /// <summary>Payments that are worked on at once.</summary>
    public const int Parallelism = 4;

    /// <summary>
    /// Works on the payments in their order. What is not reached stays due.
    /// </summary>
    /// <param name="payments">Read as far as they are worked on.</param>
    /// <param name="work">Brings one payment up to date; it does not throw.</param>
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
    /// Waits until the provider's limits allow one more call. The window slides: without waiting, a run that follows a full one
    /// would stop at once.
    /// </summary>
    public async Task<bool> WaitForCapacityAsync(CancellationToken cancellationToken = default)
    {
        while (timeLeft() is var left && left > TimeSpan.Zero)
        {
            var room = rateLimiter.DelayUntilCapacity(gateway);
            if (room == TimeSpan.Zero)
                return true;
            if (room >= left)
                return false;
            await Task.Delay(room, time, cancellationToken);
        }
        return false;
    }
}

/// <summary>
/// Settles what webhooks and return URLs missed: stored webhooks that nobody acted on, then payments that are due for a look. Safe
/// on every node at once: what another node has just looked at is not due any more.
/// </summary>
public class ReconciliationService(GatewayRegistry registry, ProviderRateLimiter rateLimiter, WebhookHealthRecorder record, EventRetention retention, CoinPriceUpdater rates,
    IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    /// <summary>No payment is begun after it: the platform lets a run take 59 s, and the next one goes on where this one stopped.</summary>
    public static readonly TimeSpan RunTime = TimeSpan.FromSeconds(40);

    /// <summary>When providers that still have not answered are waited for no longer.</summary>
    private static readonly TimeSpan _lastAnswer = TimeSpan.FromSeconds(52);

    /// <summary>How long a payment whose order was busy is waited for at the end.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        var started = time.GetTimestamp();
        using var work = new CancellationTokenSource(_lastAnswer, time);
        await PartAsync("refused webhooks", record.TellDueAsync);
        await Task.WhenAll(registry.All.Select(gateway => PartAsync($"payments of {gateway.Descriptor.SystemName}",
            () => RunAsync(gateway, () => RunTime - time.GetElapsedTime(started), work.Token))));
        await PartAsync("mails to shoppers", SendPendingNotificationsAsync);
        await PartAsync("coin prices", () => rates.RunAsync(work.Token));
        await PartAsync("old webhooks", retention.PurgeAsync);
    }

    /// <summary>One part that fails keeps no other from its turn; what it left undone is done by the next run.</summary>
    private async Task PartAsync(string name, Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync($"Schedule task: {name} failed", exception);
        }
    }

    private async Task RunAsync(IPaymentGateway gateway, Func<TimeSpan> timeLeft, CancellationToken cancellationToken)
    {
        // A scope of its own: what the platform gives a scope is not made for several at once.
        await using var scope = scopes.CreateAsyncScope();
        var busy = new ConcurrentQueue<int>();
        var due = scope.ServiceProvider.GetRequiredService<DuePayments>().OfAsync(gateway.Descriptor.SystemName);
        var run = new GatewayReconciliation(gateway.Descriptor, rateLimiter, timeLeft, time);
        await run.WorkAsync(scope.ServiceProvider.GetRequiredService<BatchLookup>().AskAsync(gateway, due, cancellationToken), async payment =>
        {
            if (!await SynchronizeAsync(payment, TimeSpan.Zero, cancellationToken))
                busy.Enqueue(payment.Id);
        });

        // Two attempts of one order that are due at once keep each other out: without this, run after run.
        foreach (var id in busy.Distinct())
        {
            if (!await run.WaitForCapacityAsync(cancellationToken))
                break;
            await SynchronizeAsync(new DuePayment(id, null), _patience, cancellationToken);
        }
    }

    private async Task SendPendingNotificationsAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PendingNotifications>().SendAsync();
    }

    /// <summary>False when somebody else is at work on the order.</summary>
    private async Task<bool> SynchronizeAsync(DuePayment payment, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<PaymentSynchronizer>()
                .SynchronizeAsync(payment.Id, SynchronizationSource.Task, patience, onlyIfDue: true, cancellationToken, payment.Known);
        }
        catch (Exception exception)
        {
            // The same between payments.
            await scope.ServiceProvider.GetRequiredService<ILogger>().ErrorAsync($"Payment {payment.Id} could not be synchronized", exception);
            return true;
        }
    }
}
