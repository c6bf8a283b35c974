using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Settles what webhooks and return URLs missed: stored webhooks that nobody acted on, then payments that are due for a look. Safe
/// on every node at once: what another node has just looked at is not due any more.
/// </summary>
public class Reconciler(GatewayRegistry registry, GatewayTraffic traffic, WebhookRecord record, InboxRetention retention, RateFeed rates,
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
        await PartAsync("mails to shoppers", SendLeftMailsAsync);
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
        var run = new GatewayRun(gateway.Descriptor, traffic, timeLeft, time);
        await run.WorkAsync(scope.ServiceProvider.GetRequiredService<BatchLookup>().AskAsync(gateway, due, cancellationToken), async payment =>
        {
            if (!await SynchronizeAsync(payment, TimeSpan.Zero, cancellationToken))
                busy.Enqueue(payment.Id);
        });

        // Two attempts of one order that are due at once keep each other out: without this, run after run.
        foreach (var id in busy.Distinct())
        {
            if (!await run.GoesOnAsync(cancellationToken))
                break;
            await SynchronizeAsync(new DuePayment(id, null), _patience, cancellationToken);
        }
    }

    private async Task SendLeftMailsAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LeftMails>().SendAsync();
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
