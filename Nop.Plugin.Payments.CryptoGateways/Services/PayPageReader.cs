using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads how an attempt stands for its pay page. The provider is asked when the attempt is due for a look, whoever looks at the page
/// and however often: the time of the next look stands in the row.
/// </summary>
public class PayPageReader(AttemptReader attempts, PaymentFactsReader facts, PaymentSynchronizer synchronizer,
    GatewayRegistry registry, GatewayTraffic traffic, TimeProvider time)
{
    /// <summary>Failed calls in a row after which the page says that the provider does not answer.</summary>
    private const int SilentAfter = 2;

    /// <summary>The attempt as it is now, and what its page shows.</summary>
    public async Task<(CryptoPayment Payment, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (payment.NextCheckOnUtc <= Now)
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var all = await attempts.OfOrderAsync(payment.OrderId);
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await facts.OrderAsync(payment.OrderId);
        return (current, PayPageState.Of(new PayPageFacts
        {
            Payment = current,
            Order = PaymentFactsReader.StateOf(order),
            OrderTotal = order?.OrderTotal ?? 0m,
            Attempts = [.. all],
            ProviderSilent = traffic.FailuresInARow(current.Gateway) >= SilentAfter,
            Decimals = CoinOf(current) is { } coin ? coin.Wallet?.Decimals ?? coin.Decimals : CoinDecimals.Btc,
            Now = Now
        }));
    }

    /// <summary>What the gateway declares about the coin; null when it no longer does.</summary>
    public CoinDescriptor? CoinOf(CryptoPayment payment) =>
        registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    public string GatewayNameOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
