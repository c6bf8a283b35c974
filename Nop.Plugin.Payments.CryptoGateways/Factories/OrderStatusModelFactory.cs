using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the state of the crypto payment on the platform's order page.
/// </summary>
public class OrderStatusModelFactory(CustomerOrders customerOrders, PaymentSummaryReader summaries, PayPageLinks pages)
{
    /// <summary>Null for an order of another customer or payment method, and for one that was settled without an attempt.</summary>
    public async Task<OrderStatusModel?> ForAsync(int orderId)
    {
        if (await customerOrders.FindAsync(orderId) is not { } order)
            return null;

        var (payment, summary) = OrderPayments.DecisiveOf(await summaries.OfOrderAsync(order));
        if (payment is null || summary is null)
        {
            return PaymentFactsReader.StateOf(order) != OrderState.Open ? null : new OrderStatusModel
            {
                TitleText = $"{PaymentSummary.StateTexts}{PaymentState.NotStarted}.Title",
                StateText = $"{PaymentSummary.StateTexts}{PaymentState.NotStarted}",
                PageUrl = pages.OrderPageOf(orderId)
            };
        }

        var page = await pages.OwnPageOfAsync(payment);
        return new OrderStatusModel
        {
            TitleText = $"{PaymentSummary.StateTexts}{summary.State}.Title",
            StateText = summary.StateText,
            PageUrl = page,
            ReceiptUrl = summary.HasReceipt ? $"{page}/receipt" : null
        };
    }
}
