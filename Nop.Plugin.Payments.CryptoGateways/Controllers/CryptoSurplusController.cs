using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What an administrator does with the surplus of an overpaid payment.
/// </summary>
public class CryptoSurplusController(SurplusRefunds surplus, AttemptReader attempts, IWorkContext workContext,
    ILocalizationService localizationService, INotificationService notificationService) : CryptoAdminController
{
    /// <summary>Has the provider send the surplus back.</summary>
    /// <param name="id">The attempt.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> RefundSurplus(int id) => await AnswerAsync(id, await surplus.RefundAsync(id, (await workContext.GetCurrentCustomerAsync()).Id));

    /// <summary>Says what became of a refund whose outcome is not known.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> ResolveSurplus(int id, bool wasSent) => await AnswerAsync(id, await surplus.ResolveAsync(id, wasSent));

    /// <summary>Records that the surplus was sent back by hand.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="transactionId">What proves it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> SurplusReturned(int id, string? transactionId)
    {
        if (TransactionText.Read(transactionId) is { } transaction)
            return await AnswerAsync(id, await surplus.RecordReturnedAsync(id, transaction, (await workContext.GetCurrentCustomerAsync()).Id));

        notificationService.ErrorNotification(await TextAsync("Operations.Settle.NoTransaction"));
        return await BackAsync(id);
    }

    private async Task<IActionResult> AnswerAsync(int id, SurplusResult result)
    {
        var text = EditableText.Format(await TextAsync($"Surplus.{result.Outcome}"), result.Detail ?? "-");
        if (result.Outcome is SurplusOutcome.Refunded or SurplusOutcome.Recorded or SurplusOutcome.Released)
            notificationService.SuccessNotification(text);
        else
            notificationService.ErrorNotification(text);
        return await BackAsync(id);
    }

    private async Task<IActionResult> BackAsync(int id) =>
        RedirectToRoute(CryptoGatewaysDefaults.Route.OrderPayments, new { action = "Order", id = (await attempts.ByIdAsync(id))?.OrderId });

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
