using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Services;
using Nop.Services.Payments;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Which of the order page's buttons are shown.</summary>
public sealed record OrderButtons(bool Capture, bool Void, bool Refund, bool PartialRefund);

/// <summary>
/// Capture, void and refund by the order's payment method. As in nopCommerce the method is called first, then the order as it was
/// read before the call is written, then come the note and the event; errors are returned, noted and logged, exceptions of the
/// method too.
/// </summary>
public sealed class OrderOperations(PaymentPluginManager manager, OrderService orderService, OrderProcessingService processing,
    IEventPublisher events, ILogger logger, CrashPoints crash)
{
    /// <summary>The method is asked what it can, not what it can for this order.</summary>
    public async Task<OrderButtons> CanAsync(Order order)
    {
        var method = await manager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName);
        return method is null ? new OrderButtons(false, false, false, false) : new OrderButtons(
            Capture: method.SupportCapture && order.PaymentStatus == PaymentStatus.Authorized && order.OrderStatus is not (OrderStatus.Cancelled or OrderStatus.Pending),
            Void: method.SupportVoid && order.PaymentStatus == PaymentStatus.Authorized && order.OrderTotal != 0m,
            Refund: method.SupportRefund && order.PaymentStatus == PaymentStatus.Paid && order.OrderTotal != 0m && order.RefundedAmount <= 0m,
            PartialRefund: method.SupportPartiallyRefund && order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded
                && order.OrderTotal > order.RefundedAmount);
    }

    public async Task<IList<string>> CaptureAsync(Order order)
    {
        if (!(await CanAsync(order)).Capture)
            throw new NopException("Cannot do capture for order.");

        return await DoAsync(order, "capture", method => method.CaptureAsync(new CapturePaymentRequest { Order = order }), async result =>
        {
            order.CaptureTransactionId = result.CaptureTransactionId;
            order.PaymentStatus = result.NewPaymentStatus;
            if (result.NewPaymentStatus == PaymentStatus.Paid)
                order.PaidDateUtc = DateTime.UtcNow;
            await orderService.UpdateOrderAsync(order);
            crash.At("paid-saved");
            await processing.NoteAsync(order, "Order has been captured");
            await processing.CheckOrderStatusAsync(order);
            if (order.PaymentStatus == PaymentStatus.Paid)
                await processing.OrderPaidAsync(order);
        });
    }

    public async Task<IList<string>> VoidAsync(Order order)
    {
        if (!(await CanAsync(order)).Void)
            throw new NopException("Cannot do void for order.");

        return await DoAsync(order, "void", method => method.VoidAsync(new VoidPaymentRequest { Order = order }), async result =>
        {
            order.PaymentStatus = result.NewPaymentStatus;
            await orderService.UpdateOrderAsync(order);
            await processing.NoteAsync(order, "Order has been voided");
            await events.PublishAsync(new OrderVoidedEvent(order));
            await processing.CheckOrderStatusAsync(order);
        });
    }

    public async Task<IList<string>> RefundAsync(Order order)
    {
        if (!(await CanAsync(order)).Refund)
            throw new NopException("Cannot do refund for order.");

        return await RefundAsync(order, order.OrderTotal, "refund", "refunded", partial: false);
    }

    /// <summary>More than the rest is taken for the rest, as the page there does it.</summary>
    public async Task<IList<string>> PartiallyRefundAsync(Order order, decimal amount)
    {
        if (amount <= 0m)
            throw new NopException("Enter amount to refund");
        if (!(await CanAsync(order)).PartialRefund)
            throw new NopException("Cannot do partial refund for order.");

        return await RefundAsync(order, Math.Min(amount, order.OrderTotal - order.RefundedAmount), "partially refund", "partially refunded", partial: true);
    }

    private Task<IList<string>> RefundAsync(Order order, decimal amount, string what, string done, bool partial) => DoAsync(order, what,
        method => method.RefundAsync(new RefundPaymentRequest { Order = order, AmountToRefund = amount, IsPartialRefund = partial }), async result =>
        {
            order.RefundedAmount += amount;
            order.PaymentStatus = result.NewPaymentStatus == PaymentStatus.PartiallyRefunded && order.RefundedAmount == order.OrderTotal
                ? PaymentStatus.Refunded
                : result.NewPaymentStatus;
            await orderService.UpdateOrderAsync(order);
            await processing.NoteAsync(order, $"Order has been {done}. Amount = {amount}");
            await events.PublishAsync(new OrderRefundedEvent(order, amount));
            await processing.CheckOrderStatusAsync(order);
        });

    private async Task<IList<string>> DoAsync<T>(Order order, string what, Func<IPaymentMethod, Task<T>> ask, Func<T, Task> write) where T : BaseNopResult, new()
    {
        T? result = null;
        try
        {
            result = await ask(await manager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName));
            crash.At("answered");
            if (result.Success)
                await write(result);
        }
        catch (Exception exception)
        {
            result ??= new T();
            result.Errors.Add($"Error: {exception.Message}. Full exception: {exception}");
        }

        if (result.Success)
            return [];

        var error = string.Join(". ", result.Errors.Select((text, index) => $"Error {index}: {text}"));
        await processing.NoteAsync(order, $"Unable to {what} order. {error}");
        await logger.ErrorAsync($"Error on {what} of order #{order.Id}. {error}");
        return result.Errors;
    }
}
