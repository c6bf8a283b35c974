namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// The gateways that are registered, by system name.
/// </summary>
public class GatewayRegistry(IEnumerable<IPaymentGateway> gateways)
{
    public IReadOnlyList<IPaymentGateway> All { get; } = [.. gateways];

    /// <summary>True when some gateway has a capability.</summary>
    public bool Can<T>() where T : IPaymentGateway => All.Any(gateway => gateway is T);

    /// <summary>The gateway of that name in any case; null when there is none.</summary>
    public IPaymentGateway? Find(string? systemName) =>
        All.FirstOrDefault(gateway => string.Equals(gateway.Descriptor.SystemName, systemName, StringComparison.OrdinalIgnoreCase));
}
