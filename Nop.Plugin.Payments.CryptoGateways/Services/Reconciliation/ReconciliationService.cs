using System.Collections.Concurrent;
using System.Data.Common;
using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// Reconciles payments on a schedule: open webhooks that no check processed, then payments whose check is due. Several nodes may run it
/// at once, because a payment that one node has just checked is not due any more.
/// </summary>
public class ReconciliationService(GatewayRegistry registry, ProviderRateLimiter rateLimiter, IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    /// <summary>No check starts later: the platform ends a run after 59 s, and the next run continues.</summary>
    public static readonly TimeSpan RunTime = TimeSpan.FromSeconds(40);

    /// <summary>When a run stops waiting for providers.</summary>
    private static readonly TimeSpan _providerDeadline = TimeSpan.FromSeconds(52);

    /// <summary>How long to wait for a locked order at the end of a run.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        var started = time.GetTimestamp();
        using var work = new CancellationTokenSource(_providerDeadline, time);
        await RunAsync<WebhookHealthRecorder>("rejected webhooks", recorder => recorder.LogDueAsync());
        await Task.WhenAll(registry.All.Select(gateway => RunAsync<IServiceProvider>($"payments of {gateway.Descriptor.SystemName}",
            services => ReconcileAsync(gateway, services, () => RunTime - time.GetElapsedTime(started), work.Token))));
        await RunAsync<PendingNotifications>("e-mails to shoppers", notifications => notifications.SendAsync());
        await RunAsync<CoinPriceUpdater>("coin prices", prices => prices.RunAsync(work.Token));
        await RunAsync<EventRetention>("old events", retention => retention.PurgeAsync());
    }

    /// <summary>
    /// Runs one part in its own scope, because the platform's scoped services do not support concurrent use. A part that fails does not
    /// stop the others; the next run completes it.
    /// </summary>
    private async Task RunAsync<T>(string name, Func<T, Task> part) where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await part(scope.ServiceProvider.GetRequiredService<T>());
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync($"Schedule task: {name} failed", exception);
        }
    }

    private async Task ReconcileAsync(IPaymentGateway gateway, IServiceProvider services, Func<TimeSpan> timeLeft, CancellationToken cancellationToken)
    {
        var locked = new ConcurrentQueue<int>();
        var due = services.GetRequiredService<DuePayments>().ListAsync(gateway.Descriptor.SystemName);
        var run = new GatewayReconciliation(gateway.Descriptor, rateLimiter, timeLeft, time);
        await run.WorkAsync(services.GetRequiredService<BatchLookup>().LookUpAsync(gateway, due, cancellationToken), async payment =>
        {
            if (!await SynchronizeAsync(payment, TimeSpan.Zero, cancellationToken))
                locked.Enqueue(payment.Id);
        });

        // Two attempts of one order that are due at the same time would lock each other out in every run.
        foreach (var id in locked.Distinct())
        {
            if (!await run.WaitForCapacityAsync(cancellationToken))
                break;
            await SynchronizeAsync(new DuePayment(id, null), _lockTimeout, cancellationToken);
        }
    }

    /// <summary>False when another worker holds the order's lease.</summary>
    private async Task<bool> SynchronizeAsync(DuePayment payment, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<PaymentSynchronizer>()
                .SynchronizeAsync(payment.Id, SynchronizationSource.Task, lockTimeout, onlyIfDue: true, cancellationToken, payment.Known);
        }
        catch (Exception exception)
        {
            // A payment that fails does not stop the others.
            await scope.ServiceProvider.GetRequiredService<ILogger>().ErrorAsync($"Payment {payment.Id} could not be synchronized", exception);
            return true;
        }
    }
}

/// <summary>
/// Deletes old webhooks and status changes. Events of payments that can still change stay, and so do all other kinds:
/// the paid marker keeps an order from being paid twice.
/// </summary>
public class EventRetention(PaymentEventService events, IRepository<CryptoPayment> payments, ISettingService settingService, TimeProvider time)
{
    /// <summary>Rows that one statement deletes, few enough not to delay the store.</summary>
    public const int BatchSize = 500;

    /// <summary>Batches of a kind in one run; the next run continues.</summary>
    public const int Batches = 10;

    private static readonly int[] _final = [(int)Paid, (int)Overpaid, (int)PaidLate, (int)Expired, (int)Failed, (int)Canceled, (int)Refunded, (int)PartiallyRefunded];

    public async Task PurgeAsync()
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>();
        var before = time.GetUtcNow().UtcDateTime.AddDays(-settings.InboxRetentionDays);
        foreach (var kind in new[] { PaymentEventKind.Webhook, PaymentEventKind.StatusChange })
        {
            for (var batch = 0; batch < Batches && await PurgeAsync(kind, before) == BatchSize; batch++)
            {
            }
        }
    }

    /// <summary>The number of rows found.</summary>
    private async Task<int> PurgeAsync(PaymentEventKind kind, DateTime before)
    {
        try
        {
            return await events.DeleteProcessedAsync(payments.Table.Where(payment => payment.NextCheckOnUtc == null && _final.Contains(payment.StatusId)), kind, before, BatchSize);
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
            // Another node deletes the same rows: the platform's transactions are serializable, and one of two fails.
            return 0;
        }
    }
}
