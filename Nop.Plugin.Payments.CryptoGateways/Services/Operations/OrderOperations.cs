using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Captures, voids and refunds through the platform, as its own order page does: the platform calls the payment method and writes the
/// order. Each method returns the errors to show to the administrator; none when it succeeded.
/// </summary>
public class OrderOperations(AttemptStore attempts, OrderReader orders, IOrderProcessingService orderProcessingService, PluginTexts texts)
{
    public Task<IList<string>> CaptureAsync(int paymentId) => OperateAsync(paymentId, async order =>
        await orderProcessingService.CanCaptureAsync(order) ? await orderProcessingService.CaptureAsync(order) : [await texts.GetAsync("Operation.NoPayment")]);

    public Task<IList<string>> VoidAsync(int paymentId) => OperateAsync(paymentId, async order =>
        await orderProcessingService.CanVoidAsync(order) ? await orderProcessingService.VoidAsync(order) : [await texts.GetAsync("Operation.NoPayment")]);

    /// <param name="paymentId">The attempt.</param>
    /// <param name="amount">In the primary store currency; null or not positive is an error.</param>
    /// <param name="alreadyRefunded">The order's refunded amount when the form was shown: a form submitted twice refunds once.</param>
    public Task<IList<string>> RefundAsync(int paymentId, decimal? amount, decimal alreadyRefunded) => OperateAsync(paymentId, async order =>
    {
        if (amount is not { } sum || sum <= 0m)
            return [await texts.GetAsync("Operation.NoAmount")];
        if (alreadyRefunded != order.RefundedAmount)
            return [await texts.GetAsync("Operation.Busy")];
        if (await orders.RefundOfAsync(order, sum) is not { } refund)
            return [await texts.GetAsync("Operation.TooMuch")];

        return refund == order.OrderTotal && await orderProcessingService.CanRefundAsync(order) ? await orderProcessingService.RefundAsync(order)
            : await orderProcessingService.CanPartiallyRefundAsync(order, refund) ? await orderProcessingService.PartiallyRefundAsync(order, refund)
            : [await texts.GetAsync("Operation.NoPayment")];
    });

    private async Task<IList<string>> OperateAsync(int paymentId, Func<Order, Task<IList<string>>> operate)
    {
        var order = await attempts.FindAsync(paymentId) is { } payment ? await orders.FindAsync(payment.OrderId) : null;
        return order is { Deleted: false } ? await operate(order) : [await texts.GetAsync("Operation.NoPayment")];
    }
}
