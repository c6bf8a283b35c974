using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares what a shopper reads about a payment after paying.
/// </summary>
public class PayFactsFactory(AttemptGateways gateways, PayPriceFactory prices, UsualTimes usualTimes)
{
    public async Task<PayFacts> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order)
    {
        var coin = gateways.CoinOf(payment);
        var network = payment.Network ?? coin?.Network;
        var requested = payment.AmountToSend ?? summary.Expected;
        return new PayFacts
        {
            GatewayName = gateways.NameOf(payment),
            IsTest = await gateways.IsTestAsync(payment),
            CoinName = $"{coin?.Name ?? payment.Coin}{(network is null ? string.Empty : $", {network}")}",
            Amount = summary.Named(requested).ToLocalString(CultureInfo.CurrentCulture),
            Received = summary.Received is { } received && received != requested ? summary.Named(received).ToLocalString(CultureInfo.CurrentCulture) : null,
            Price = await prices.OfAsync(payment, summary, order),
            Transactions = [.. (payment.TransactionIds ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => new PayTransaction(id, coin?.BlockExplorer?.ToTransaction(id)))],
            Confirmations = summary.ConfirmationsSeen is null ? payment.ConfirmationsSeen : null,
            UsualMinutes = summary.State is PaymentState.Detected or PaymentState.Confirming && await usualTimes.OfAsync(payment.Gateway, payment.Coin) is { } usual
                ? (int)Math.Ceiling(usual.TotalMinutes) : null
        };
    }
}
