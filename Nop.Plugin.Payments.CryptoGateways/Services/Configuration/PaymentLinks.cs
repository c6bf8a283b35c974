using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Links in e-mails. They lead to the order's store, whichever store or task sends the e-mail.
/// </summary>
public class PaymentLinks(AttemptStore attempts, StoreUrls urls)
{
    /// <summary>The page of an attempt, which opens on any device; empty if the store's URL is missing or invalid.</summary>
    public async Task<string> OfAsync(CryptoPayment payment) => (await urls.PayPageAsync(payment))?.AbsoluteUri ?? string.Empty;

    /// <summary>The page on which an open order can be paid; empty for any other order, or if the store's URL is missing or invalid.</summary>
    public async Task<string> OfAsync(Order order)
    {
        if (order.PaymentMethodSystemName != CryptoGatewaysDefaults.SystemName || PaymentFactsReader.StateOf(order) != OrderState.Open)
            return string.Empty;

        return await attempts.LatestAsync(order.Id) is { } payment ? await OfAsync(payment)
            : (await urls.OrderPageAsync(order.Id, order.StoreId))?.AbsoluteUri ?? string.Empty;
    }
}
