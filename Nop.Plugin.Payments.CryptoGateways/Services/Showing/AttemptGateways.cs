using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What an attempt's gateway declares, and whether its provider can be asked about the attempt.
/// </summary>
public class AttemptGateways(GatewayRegistry registry, GatewaySettingsStore settingsStore, GatewayTraffic traffic)
{
    /// <summary>What the gateway declares about the coin; null when it no longer does.</summary>
    public CoinDescriptor? CoinOf(CryptoPayment payment) =>
        registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    /// <summary>False when the attempt's address is not one of its coin's network: it must not be shown.</summary>
    public bool HasGoodAddress(CryptoPayment payment) =>
        payment.Address is not { } address || registry.Find(payment.Gateway) is { } gateway && gateway.Descriptor.FaultOf(payment.Coin, address) is null;

    public string NameOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway;

    /// <summary>Whether the provider can be asked, and whether it answered when it was asked last.</summary>
    public async Task<ProviderVoice> VoiceOfAsync(CryptoPayment payment)
    {
        if (registry.Find(payment.Gateway) is not IStatusGateway gateway || !gateway.CanAsk(await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId)))
            return ProviderVoice.CannotBeAsked;

        return traffic.FailuresInARow(payment.Gateway) > 0 ? ProviderVoice.Silent : ProviderVoice.Answers;
    }
}

/// <summary>
/// See <see cref="AttemptGateways.VoiceOfAsync"/>.
/// </summary>
public enum ProviderVoice
{
    Answers,

    /// <summary>The last call failed: whether money has come is not known, and none is lost by it.</summary>
    Silent,

    /// <summary>Nobody can ask about this payment; a person looks whether money has come.</summary>
    CannotBeAsked
}
