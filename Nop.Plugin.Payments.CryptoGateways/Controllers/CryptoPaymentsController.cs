using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
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
/// The administrator's page about an order's payments, and what can be done there.
/// </summary>
public class CryptoPaymentsController(OrderPaymentsModelFactory modelFactory, PaymentFactsReader facts, AttemptReader attempts,
    PaymentSynchronizer synchronizer, PaymentEventService timeline, Payouts payouts, ILocalizationService localizationService,
    INotificationService notificationService) : CryptoAdminController
{
    /// <summary>How long an administrator waits while something else is at work on the order.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Order(int id) =>
        await facts.OrderAsync(id) is { PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } order
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/Payments.cshtml", await modelFactory.CreateAsync(order))
            : new ContentResult { StatusCode = StatusCodes.Status404NotFound, Content = await TextAsync("Payments.NotFound"), ContentType = "text/plain; charset=utf-8" };

    /// <summary>Asks the provider now.</summary>
    /// <param name="id">The attempt.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Check(int id) => await SynchronizeAsync(id);

    /// <summary>Acts on a stored webhook again.</summary>
    /// <param name="id">The event.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Replay(int id) => await SynchronizeAsync((await timeline.ReopenWebhookAsync(id))?.PaymentId ?? 0);

    /// <summary>Sends money to a user of the provider.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="model">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> PayOut(int id, PayoutModel model)
    {
        var order = new PayoutOrder(model.Recipient?.Trim() ?? string.Empty, PriceText.Read(model.Amount) ?? 0m, model.Currency?.Trim() ?? string.Empty,
            PriceText.Read(model.Refund) ?? 0m, model.FormKey);
        return await AnswerAsync(id, await payouts.PayAsync(id, order));
    }

    /// <summary>Says what became of a payout whose outcome is not known.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> ResolvePayout(int id, bool wasSent) => await AnswerAsync(id, await payouts.ResolveAsync(id, wasSent));

    private async Task<IActionResult> SynchronizeAsync(int paymentId)
    {
        if (await synchronizer.SynchronizeAsync(paymentId, SynchronizationSource.Admin, _patience, onlyIfDue: false, CancellationToken.None))
            notificationService.SuccessNotification(await TextAsync("Payments.Checked"));
        else
            notificationService.ErrorNotification(await TextAsync("Operation.Busy"));
        return await BackAsync(paymentId);
    }

    private async Task<IActionResult> AnswerAsync(int paymentId, PayoutResult result)
    {
        var text = EditableText.Format(await TextAsync($"Payout.{result.Outcome}"), result.Detail ?? "-");
        if (result.Outcome is PayoutOutcome.Sent or PayoutOutcome.Released)
            notificationService.SuccessNotification(text);
        else
            notificationService.ErrorNotification(text);
        return await BackAsync(paymentId);
    }

    private async Task<IActionResult> BackAsync(int paymentId) => RedirectToAction(nameof(Order), new { id = (await attempts.ByIdAsync(paymentId))?.OrderId });

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
