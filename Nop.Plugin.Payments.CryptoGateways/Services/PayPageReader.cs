using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads how an attempt stands for its pay page. The provider is asked when the attempt is due for a look, whoever looks at the page
/// and however often: the time of the next look stands in the row.
/// </summary>
public class PayPageReader(AttemptReader attempts, PaymentFactsReader facts, PaymentSynchronizer synchronizer,
    AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The attempt as it is now, and what its page shows.</summary>
    public async Task<(CryptoPayment Payment, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (payment.NextCheckOnUtc <= Now)
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var all = await attempts.OfOrderAsync(payment.OrderId);
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await facts.OrderAsync(payment.OrderId);
        var coin = gateways.CoinOf(current);
        return (current, PayPageState.Of(new PayPageFacts
        {
            Payment = current,
            Order = PaymentFactsReader.StateOf(order),
            OrderTotal = order?.OrderTotal ?? 0m,
            Attempts = [.. all],
            Provider = await gateways.VoiceOfAsync(current),
            Decimals = coin is null ? CoinDecimals.Btc : coin.Wallet?.Decimals ?? coin.Decimals,
            Symbol = coin?.Symbol ?? current.Coin,
            Now = Now
        }));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
