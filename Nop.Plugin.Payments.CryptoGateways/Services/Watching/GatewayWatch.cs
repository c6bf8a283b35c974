using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Writes down which providers fail, from the calls that this node made, and calls a person to those that go on failing.
/// </summary>
public class GatewayWatch(GatewayRegistry registry, GatewayTraffic traffic, HealthBook health, GatewayAlerts alerts, TimeProvider time)
{
    /// <summary>Calls that fail in a row before a provider is said to be failing.</summary>
    public const int Alarming = 3;

    public async Task RunAsync()
    {
        foreach (var gateway in registry.All.Select(gateway => gateway.Descriptor))
        {
            if (traffic.StateOf(gateway.SystemName) is { } state)
                await CompareAsync(gateway, state);
        }
    }

    private async Task CompareAsync(GatewayDescriptor gateway, ProviderState state)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var known = await health.ReadAsync(gateway.SystemName);
        if (state.Fault is { } fault && state.Failures >= Alarming)
        {
            if (known.FailingSinceUtc is null || known.FaultId != (int)fault)
                await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (row.FailingSinceUtc ?? now - state.Age, (int)fault));
            await alerts.RaiseAsync(GatewayAlert.Failing, gateway);
        }
        else if (state.Fault is null && known.FailingSinceUtc is { } since && (now - state.Age > since || since > now))
        {
            // Another node's calls may still fail; a success after its first failure counts more. One in the future is of a wrong clock.
            await health.ChangeAsync(gateway.SystemName, row => (row.FailingSinceUtc, row.FaultId) = (null, null));
            await alerts.ResolveAsync(GatewayAlert.Failing, gateway);
        }
    }
}
