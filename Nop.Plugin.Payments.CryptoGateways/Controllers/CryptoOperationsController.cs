using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Operations on a payment: capture, void, refund, manual settlement, payouts, and the surplus of an overpaid payment. In each action,
/// <c>id</c> is the attempt and <c>orderId</c> the order whose page follows.
/// </summary>
public class CryptoOperationsController(OrderOperations orderOperations, ManualSettlement manual, Payouts payouts, SurplusRefunds surplus,
    IWorkContext workContext, AdminMessages messages) : CryptoAdminController
{
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Capture(int id, int orderId) => await ResultAsync(orderId, await orderOperations.CaptureAsync(id));

    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Void(int id, int orderId) => await ResultAsync(orderId, await orderOperations.VoidAsync(id));

    /// <summary>Refunds the whole payment or a part of it.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    /// <param name="amount">In the primary store currency, with a decimal point.</param>
    /// <param name="refunded">The order's refunded amount when the form was shown.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Refund(int id, int orderId, string? amount, string? refunded) =>
        await ResultAsync(orderId, await orderOperations.RefundAsync(id, PriceText.Read(amount ?? string.Empty), PriceText.Read(refunded ?? string.Empty) ?? 0m));

    /// <summary>Gives the shopper's payment page a new address; the old one stops working.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> NewLink(int id, int orderId)
    {
        switch (await manual.RenewPageAsync(id))
        {
            case ManualSettlementResult.Done:
                await messages.SuccessAsync("Operations.NewLink.Done");
                break;
            case ManualSettlementResult.Busy:
                await messages.ErrorAsync("Operation.Busy");
                break;
            default:
                await messages.ErrorAsync("Operation.NoPayment");
                break;
        }
        return OrderPage(orderId);
    }

    /// <summary>Marks the payment as settled without the provider's confirmation.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    /// <param name="transactionId">The transaction that proves the payment.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.SettleManually)]
    public async Task<IActionResult> SettleManually(int id, int orderId, string? transactionId)
    {
        if (TransactionText.Read(transactionId) is not { } transaction)
            return await NoTransactionAsync(orderId);

        switch (await manual.SettleAsync(id, transaction, await CustomerIdAsync()))
        {
            case ManualSettlementResult.Done:
                await messages.SuccessAsync("Operations.Done");
                break;
            case ManualSettlementResult.Busy:
                await messages.ErrorAsync("Operation.Busy");
                break;
            default:
                await messages.ErrorAsync("Operations.Settle.NotPossible");
                break;
        }
        return OrderPage(orderId);
    }

    /// <summary>Sends funds to a user of the provider.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> PayOut(int id, int orderId, PayoutModel model) => await ResultAsync(orderId, await payouts.PayAsync(id, new PayoutOrder(
        model.Recipient?.Trim() ?? string.Empty, PriceText.Read(model.Amount) ?? 0m, model.Currency?.Trim() ?? string.Empty, PriceText.Read(model.Refund) ?? 0m, model.FormKey)));

    /// <summary>States the outcome of a payout when it is unknown.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> ResolvePayout(int id, int orderId, bool wasSent) => await ResultAsync(orderId, await payouts.ResolveAsync(id, wasSent));

    /// <summary>Has the provider refund the surplus.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> RefundSurplus(int id, int orderId) => await ResultAsync(orderId, await surplus.RefundAsync(id, await CustomerIdAsync()));

    /// <summary>States the outcome of a surplus refund when it is unknown.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> ResolveSurplus(int id, int orderId, bool wasSent) => await ResultAsync(orderId, await surplus.ResolveAsync(id, wasSent));

    /// <summary>Records that the surplus was returned manually.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> SurplusReturned(int id, int orderId, string? transactionId) => TransactionText.Read(transactionId) is { } transaction
        ? await ResultAsync(orderId, await surplus.RecordReturnedAsync(id, transaction, await CustomerIdAsync()))
        : await NoTransactionAsync(orderId);

    private async Task<int> CustomerIdAsync() => (await workContext.GetCurrentCustomerAsync()).Id;

    private async Task<IActionResult> ResultAsync(int orderId, IList<string> errors)
    {
        foreach (var error in errors)
            messages.Show(error, isSuccess: false);
        if (errors.Count == 0)
            await messages.SuccessAsync("Operations.Done");
        return OrderPage(orderId);
    }

    private async Task<IActionResult> ResultAsync(int orderId, PayoutResult result)
    {
        messages.Show(await messages.TextAsync($"Payout.{result.Outcome}", result.Detail ?? "-"), result.Outcome is PayoutOutcome.Sent or PayoutOutcome.Released);
        return OrderPage(orderId);
    }

    private async Task<IActionResult> ResultAsync(int orderId, SurplusResult result)
    {
        messages.Show(await messages.TextAsync($"Surplus.{result.Outcome}", result.Detail ?? "-"),
            result.Outcome is SurplusOutcome.Refunded or SurplusOutcome.Recorded or SurplusOutcome.Released);
        return OrderPage(orderId);
    }

    private async Task<IActionResult> NoTransactionAsync(int orderId)
    {
        await messages.ErrorAsync("Operations.Settle.NoTransaction");
        return OrderPage(orderId);
    }

    private RedirectToActionResult OrderPage(int orderId) => RedirectToAction(nameof(CryptoPaymentsController.Order), "CryptoPayments", new { id = orderId });
}
