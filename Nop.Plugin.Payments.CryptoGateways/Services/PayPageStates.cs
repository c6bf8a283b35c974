using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads how an attempt stands for its pay page and for mails, from the database alone.
/// </summary>
public class PayPageStates(AttemptReader attempts, PaymentFactsReader facts, GatewayRegistry registry, GatewayTraffic traffic, TimeProvider time)
{
    /// <summary>Failed calls in a row after which the page says that the provider does not answer.</summary>
    private const int SilentAfter = 2;

    /// <summary>The attempt and its order as they are now, and what is said of them.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PayPageState State)> OfAsync(CryptoPayment payment)
    {
        var all = await attempts.OfOrderAsync(payment.OrderId);
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await facts.OrderAsync(payment.OrderId);
        return (current, order, PayPageState.Of(new PayPageFacts
        {
            Payment = current,
            Order = PaymentFactsReader.StateOf(order),
            OrderTotal = order?.OrderTotal ?? 0m,
            Attempts = [.. all],
            ProviderSilent = traffic.FailuresInARow(current.Gateway) >= SilentAfter,
            Decimals = CoinOf(current) is { } coin ? coin.Wallet?.Decimals ?? coin.Decimals : CoinDecimals.Btc,
            Now = time.GetUtcNow().UtcDateTime
        }));
    }

    /// <summary>What the gateway declares about the coin; null when it no longer does.</summary>
    public CoinDescriptor? CoinOf(CryptoPayment payment) =>
        registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    public string GatewayNameOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway;
}
