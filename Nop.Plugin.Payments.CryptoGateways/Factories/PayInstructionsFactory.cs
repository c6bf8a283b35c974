using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what a wallet needs to pay.
/// </summary>
public class PayInstructionsFactory(AttemptGateways gateways, PayPriceFactory prices)
{
    /// <summary>Null when nothing can be sent to an address now.</summary>
    public async Task<PayInstructions?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order)
    {
        if (payment.Address is not { } address || summary.ToSend is not { } amount)
            return null;

        var coin = gateways.CoinOf(payment);
        return new PayInstructions(address, amount.Amount, coin?.Symbol ?? payment.Coin, coin?.Name ?? payment.Coin,
            payment.Network ?? coin?.Name ?? payment.Coin, coin is null ? null : $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{coin.Icon}.svg",
            WalletUri.Of(coin?.Wallet, address, amount, payment.AddressTag))
        {
            Tag = payment.AddressTag,
            Price = await prices.OfAsync(payment, summary, order, amount),
            Transaction = WalletTransaction.Of(coin?.Wallet, address, amount, payment.AddressTag)
        };
    }
}
