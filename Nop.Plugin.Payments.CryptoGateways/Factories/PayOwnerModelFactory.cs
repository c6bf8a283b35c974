using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the part of the pay page that only the order's owner sees.
/// </summary>
public class PayOwnerModelFactory(CustomerOrders ownOrders, PaymentOptionService paymentOptions, OrderPayments orderPayments, PaymentOptionModelFactory optionModels, DisplayedTotals totals)
{
    /// <summary>Null for everybody but the order's owner.</summary>
    public async Task<PayOwnerModel?> ForAsync(CryptoPayment payment, PaymentSummary summary)
    {
        if (await ownOrders.FindAsync(payment.OrderId) is not { } order)
            return null;

        var isWaiting = summary.State == PaymentState.AwaitingPayment;
        var options = summary.CanStartAnother || isWaiting ? await paymentOptions.ForOrderAsync(order) : [];
        return new PayOwnerModel(order.Id, order.CustomOrderNumber, await totals.OfOrderAsync(order))
        {
            Choice = !isWaiting && options.Any(option => option.Choice == payment.Choice) ? payment.Choice : null,
            Others = await optionModels.ListAsync([.. options.Where(option => option.Choice != payment.Choice)], null, order),
            MinutesToWait = summary.CanStartAnother && options.Count > 0 && await orderPayments.PauseAsync(order) is { } pause ? (int)Math.Ceiling(pause.TotalMinutes) : null
        };
    }
}
