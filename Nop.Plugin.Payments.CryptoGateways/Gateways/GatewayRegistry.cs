namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// The registered gateways.
/// </summary>
public class GatewayRegistry(IEnumerable<IPaymentGateway> gateways)
{
    public IReadOnlyList<IPaymentGateway> All { get; } = [.. gateways];

    /// <summary>True if any gateway has a capability.</summary>
    public bool Supports<T>() where T : IPaymentGateway => All.Any(gateway => gateway is T);

    /// <summary>The gateway with a system name, ignoring case; null if there is none.</summary>
    public IPaymentGateway? Find(string? systemName) =>
        All.FirstOrDefault(gateway => string.Equals(gateway.Descriptor.SystemName, systemName, StringComparison.OrdinalIgnoreCase));
}
