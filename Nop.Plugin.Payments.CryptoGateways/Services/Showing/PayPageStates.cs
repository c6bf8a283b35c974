using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads how an attempt stands for its pay page and for mails, from the database alone.
/// </summary>
public class PayPageStates(AttemptReader attempts, OrderReader orders, AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The attempt and its order as they are now, and what is said of them.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PayPageState State)> OfAsync(CryptoPayment payment)
    {
        var all = await attempts.OfOrderAsync(payment.OrderId);
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await orders.FindAsync(payment.OrderId);
        var coin = gateways.CoinOf(current);
        return (current, order, PayPageState.Of(new PayPageFacts
        {
            Payment = current,
            Order = PaymentFactsReader.StateOf(order),
            Owed = order is null ? 0m : (await orders.RestAsync(order, all.Where(attempt => attempt.Id != current.Id))).Amount,
            Attempts = [.. all],
            HasGoodAddress = gateways.HasGoodAddress(current),
            Provider = await gateways.VoiceOfAsync(current),
            Decimals = coin is null ? CoinDecimals.Btc : coin.Wallet?.Decimals ?? coin.Decimals,
            Dust = coin?.Dust ?? 0m,
            Symbol = coin?.Symbol ?? current.Coin,
            Now = time.GetUtcNow().UtcDateTime
        }));
    }
}
