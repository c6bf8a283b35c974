using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What an administrator does with a payment and its order. Capture, void and refund go through the platform, which calls the plugin
/// and writes the order, as its own order page does.
/// </summary>
public class CryptoOperationsController(AttemptReader attempts, OrderReader orders, ManualSettlement manual,
    IOrderProcessingService orderProcessingService, IWorkContext workContext, ILocalizationService localizationService,
    INotificationService notificationService) : CryptoAdminController
{
    /// <param name="id">The attempt.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public Task<IActionResult> Capture(int id) => OperateAsync(id, async order =>
        await orderProcessingService.CanCaptureAsync(order) ? await orderProcessingService.CaptureAsync(order) : [await TextAsync("Operation.NoPayment")]);

    /// <param name="id">The attempt.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public Task<IActionResult> Void(int id) => OperateAsync(id, async order =>
        await orderProcessingService.CanVoidAsync(order) ? await orderProcessingService.VoidAsync(order) : [await TextAsync("Operation.NoPayment")]);

    /// <summary>Sends money back, the whole or a part.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="amount">In the primary store currency, with a point for the decimals.</param>
    /// <param name="refunded">What had been refunded when the page was shown: a form that is sent twice refunds once.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public Task<IActionResult> Refund(int id, string? amount, string? refunded) => OperateAsync(id, async order =>
    {
        if (PriceText.Read(amount ?? string.Empty) is not { } sum || sum <= 0m)
            return [await TextAsync("Operation.NoAmount")];
        if ((PriceText.Read(refunded ?? string.Empty) ?? 0m) != order.RefundedAmount)
            return [await TextAsync("Operation.Busy")];
        if (await orders.RefundOfAsync(order, sum) is not { } refund)
            return [await TextAsync("Operation.TooMuch")];

        return refund == order.OrderTotal && await orderProcessingService.CanRefundAsync(order) ? await orderProcessingService.RefundAsync(order)
            : await orderProcessingService.CanPartiallyRefundAsync(order, refund) ? await orderProcessingService.PartiallyRefundAsync(order, refund)
            : [await TextAsync("Operation.NoPayment")];
    });

    /// <summary>Gives the shopper's payment page a new address; the old one stops working.</summary>
    /// <param name="id">The attempt.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> NewLink(int id) => await AnswerAsync(id, await manual.RenewPageAsync(id) switch
    {
        ManualSettlementResult.Done => [],
        ManualSettlementResult.Busy => [await TextAsync("Operation.Busy")],
        _ => [await TextAsync("Operation.NoPayment")]
    }, await TextAsync("Operations.NewLink.Done"));

    /// <summary>Marks the payment as settled without the provider's word.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="transactionId">What proves that the money is there.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.SettleManually)]
    public async Task<IActionResult> SettleManually(int id, string? transactionId)
    {
        if (TransactionText.Read(transactionId) is not { } transaction)
            return await AnswerAsync(id, [await TextAsync("Operations.Settle.NoTransaction")]);

        var customer = await workContext.GetCurrentCustomerAsync();
        return await AnswerAsync(id, await manual.SettleAsync(id, transaction, customer.Id) switch
        {
            ManualSettlementResult.Done => [],
            ManualSettlementResult.Busy => [await TextAsync("Operation.Busy")],
            _ => [await TextAsync("Operations.Settle.NotPossible")]
        });
    }

    private async Task<IActionResult> OperateAsync(int id, Func<Order, Task<IList<string>>> operate)
    {
        var order = await attempts.ByIdAsync(id) is { } payment ? await orders.FindAsync(payment.OrderId) : null;
        return await AnswerAsync(id, order is { Deleted: false } ? await operate(order) : [await TextAsync("Operation.NoPayment")]);
    }

    private async Task<IActionResult> AnswerAsync(int id, IEnumerable<string> errors, string? done = null)
    {
        var failed = false;
        foreach (var error in errors)
        {
            notificationService.ErrorNotification(error);
            failed = true;
        }
        if (!failed)
            notificationService.SuccessNotification(done ?? await TextAsync("Operations.Done"));
        return RedirectToRoute(CryptoGatewaysDefaults.Route.OrderPayments, new { action = "Order", id = (await attempts.ByIdAsync(id))?.OrderId });
    }

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
