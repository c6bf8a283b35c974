using System.Runtime.CompilerServices;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// Requests the status of many payments in one call, for providers that support it.
/// </summary>
public class BatchLookup(IRepository<CryptoPayment> payments, GatewaySettingsStore settingsStore, ILogger logger)
{
    /// <summary>Payments in one request: one page of the longest list that a provider documents.</summary>
    private const int BatchSize = 100;

    /// <summary>
    /// The due payments, each with its status from a batch if it has one; the others are requested one by one.
    /// </summary>
    public async IAsyncEnumerable<DuePayment> LookUpAsync(IPaymentGateway gateway, IAsyncEnumerable<int> due, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (gateway is not IBatchStatusGateway batchGateway)
        {
            await foreach (var id in due.WithCancellation(cancellationToken))
                yield return new DuePayment(id, null);
            yield break;
        }

        var batch = new List<int>(BatchSize);
        await foreach (var id in due.WithCancellation(cancellationToken))
        {
            batch.Add(id);
            if (batch.Count < BatchSize)
                continue;
            foreach (var payment in await LookUpAsync(batchGateway, batch, cancellationToken))
                yield return payment;
            batch.Clear();
        }
        foreach (var payment in await LookUpAsync(batchGateway, batch, cancellationToken))
            yield return payment;
    }

    private async Task<IReadOnlyList<DuePayment>> LookUpAsync(IBatchStatusGateway gateway, List<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count < 2)
            return [.. ids.Select(id => new DuePayment(id, null))];

        var rows = await payments.GetAllAsync(query => query.Where(payment => ids.Contains(payment.Id)));
        var known = new Dictionary<int, ProviderPayment>();
        foreach (var store in rows.GroupBy(payment => payment.StoreId))
        {
            var found = await LookUpAsync(gateway, store.Key, [.. store], cancellationToken);
            foreach (var payment in store)
            {
                if (found.TryGetValue(payment.Reference, out var provider))
                    known[payment.Id] = provider;
            }
        }
        return [.. ids.Select(id => new DuePayment(id, known.GetValueOrDefault(id)))];
    }

    private async Task<IReadOnlyDictionary<string, ProviderPayment>> LookUpAsync(IBatchStatusGateway gateway, int storeId, IReadOnlyList<CryptoPayment> rows, CancellationToken cancellationToken)
    {
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, storeId);
        if (!gateway.CanQuery(settings))
            return new Dictionary<string, ProviderPayment>();

        try
        {
            var found = await GatewayBoundary.CallAsync(() => gateway.FindManyAsync([.. rows.Select(PaymentHandle.Of)], settings, cancellationToken));
            var usable = new Dictionary<string, ProviderPayment>();
            foreach (var row in rows.Where(row => found.ContainsKey(row.Reference)))
            {
                if (Fit(found[row.Reference]) is { } provider)
                    usable[row.Reference] = gateway.Descriptor.WithoutUnsafeTargets(provider, row.Coin, settings);
            }
            return usable;
        }
        catch (GatewayException exception)
        {
            await logger.WarningAsync($"{gateway.Descriptor.Name}: {rows.Count} payments not read together, {exception.Fault}: {exception.Message}");
            return new Dictionary<string, ProviderPayment>();
        }
    }

    /// <summary>Null for data that is invalid: the payment is then requested by itself, which logs the reason.</summary>
    private static ProviderPayment? Fit(ProviderPayment provider)
    {
        try
        {
            return ExternalText.Fit(provider);
        }
        catch (Exception)
        {
            return null;
        }
    }
}

/// <summary>
/// A payment that is due for a check.
/// </summary>
/// <param name="Id">The attempt's id.</param>
/// <param name="Known">The provider's data from a batch; null when it must be requested.</param>
public sealed record DuePayment(int Id, ProviderPayment? Known);

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
