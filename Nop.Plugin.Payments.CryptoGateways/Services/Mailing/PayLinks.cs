using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Addresses that mails lead to: at the order's store, whichever store or task writes the mail.
/// </summary>
public class PayLinks(AttemptReader attempts, StoreAddresses addresses)
{
    /// <summary>Where an attempt is followed on any device; empty when the store has no usable URL.</summary>
    public async Task<string> OfAsync(CryptoPayment payment) => (await addresses.PayPageAsync(payment))?.AbsoluteUri ?? string.Empty;

    /// <summary>Where an order that is not paid can be paid; empty for one that is paid, cancelled or not ours, or when the store has no usable URL.</summary>
    public async Task<string> OfAsync(Order order)
    {
        if (order.PaymentMethodSystemName != CryptoGatewaysDefaults.SystemName || PaymentFactsReader.StateOf(order) != OrderState.Open)
            return string.Empty;

        return await attempts.LatestAsync(order.Id) is { } payment ? await OfAsync(payment)
            : (await addresses.OrderPageAsync(order.Id, order.StoreId))?.AbsoluteUri ?? string.Empty;
    }
}
