using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Limits writes about accepted webhooks: one every five minutes, and the first after a rejected one.
/// </summary>
public class AcceptedWebhooks(TimeProvider time)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _last = new();

    public bool IsDue(GatewayDescriptor gateway)
    {
        if (_last.TryGetValue(gateway.SystemName, out var last) && time.GetElapsedTime(last) < _pause)
            return false;

        _last[gateway.SystemName] = time.GetTimestamp();
        return true;
    }

    public void Forget(GatewayDescriptor gateway) => _last.TryRemove(gateway.SystemName, out _);
}
