using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Records which providers fail, judging by this node's calls, and alerts the store owner when a provider keeps failing. The schedule
/// task calls it.
/// </summary>
public class GatewayHealthMonitor(GatewayRegistry registry, ProviderRateLimiter rateLimiter, GatewayHealthStore health, GatewayAlerts alerts, TimeProvider time)
{
    /// <summary>Consecutive failed calls after which a provider counts as failing.</summary>
    public const int AlertThreshold = 3;

    public async Task RunAsync()
    {
        foreach (var gateway in registry.All.Select(gateway => gateway.Descriptor))
        {
            if (rateLimiter.StateOf(gateway.SystemName) is { } state)
                await RecordAsync(gateway, state);
        }
    }

    private async Task RecordAsync(GatewayDescriptor gateway, ProviderState state)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var known = await health.ReadAsync(gateway.SystemName);
        if (state.Fault is { } fault && state.Failures >= AlertThreshold)
        {
            if (known.FailingSinceUtc is null || known.FaultId != (int)fault)
                await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (row.FailingSinceUtc ?? now - state.Age, (int)fault));
            await alerts.RaiseAsync(GatewayAlert.Failing, gateway);
        }
        else if (state.Fault is null && known.FailingSinceUtc is { } since && (now - state.Age > since || since > now))
        {
            // Calls of another node may still fail, but a success after its first failure proves that the provider is available.
            // A failure in the future was recorded by a clock that was ahead.
            await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (null, null));
            await alerts.ResolveAsync(GatewayAlert.Failing, gateway);
        }
    }
}

/// <summary>
/// Stores the health of each gateway in one row.
/// </summary>
public class GatewayHealthStore(IRepository<GatewayHealth> rows)
{
    /// <summary>The stored row; a new one, which is not stored, when there is none.</summary>
    public async Task<GatewayHealth> ReadAsync(string gateway) => await FindAsync(gateway) ?? new GatewayHealth { Gateway = gateway };

    /// <summary>Changes the row, or adds it, and returns it.</summary>
    public async Task<GatewayHealth> ChangeAsync(string gateway, Action<GatewayHealth> change)
    {
        if (await FindAsync(gateway) is not { } row)
        {
            row = new GatewayHealth { Gateway = gateway };
            change(row);
            try
            {
                await rows.InsertAsync(row, publishEvent: false);
                return row;
            }
            catch (Exception)
            {
                // Another worker has added the row: the unique index allows one per gateway. Any other failure recurs below.
                row = await FindAsync(gateway) ?? throw new InvalidOperationException("the health of a gateway could not be stored");
            }
        }
        change(row);
        await rows.UpdateAsync(row, publishEvent: false);
        return row;
    }

    private async Task<GatewayHealth?> FindAsync(string gateway) =>
        (await rows.GetAllAsync(query => query.Where(row => row.Gateway == gateway))).FirstOrDefault();
}
