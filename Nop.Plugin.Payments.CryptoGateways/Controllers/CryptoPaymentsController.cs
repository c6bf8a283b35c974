using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The list of payments, its export, and the page about an order's payments.
/// </summary>
public class CryptoPaymentsController(PaymentModelFactory modelFactory, PaymentExport export, PaymentSynchronizer synchronizer, PaymentEventService timeline,
    AdminMessages messages, TimeProvider time) : CryptoAdminController
{
    /// <summary>How long a request waits for the order's lease.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(10);

    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> List(PaymentSearchModel model) => AdminView("PaymentList", await modelFactory.PreparePaymentSearchModelAsync(model));

    /// <summary>A page of the list, for the platform's grid.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> PaymentList(PaymentSearchModel model) => Json(await modelFactory.PreparePaymentListModelAsync(model));

    /// <summary>All payments that match the filter, as a file.</summary>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Export(PaymentSearchModel model)
    {
        var filter = await modelFactory.GetFilterAsync(model);
        return new CsvResult(FileName(time.GetUtcNow()), (output, cancellationToken) => export.WriteAsync(filter, output, cancellationToken));
    }

    /// <param name="id">The order.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Order(int id)
    {
        if (await modelFactory.PrepareOrderPaymentsModelAsync(id) is { } model)
            return AdminView("Payments", model);

        await messages.ErrorAsync("Payments.NotFound");
        return RedirectToAction(nameof(List));
    }

    /// <summary>Checks the payment with its provider.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="orderId">The order whose page follows.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public Task<IActionResult> Check(int id, int orderId) => SynchronizeAsync(id, orderId);

    /// <summary>Processes a stored webhook again.</summary>
    /// <param name="id">The event.</param>
    /// <param name="orderId">The order whose page follows.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Act)]
    public async Task<IActionResult> Replay(int id, int orderId) => await SynchronizeAsync((await timeline.ReopenWebhookAsync(id))?.PaymentId ?? 0, orderId);

    private async Task<IActionResult> SynchronizeAsync(int paymentId, int orderId)
    {
        if (await synchronizer.SynchronizeAsync(paymentId, SynchronizationSource.Admin, _lockTimeout, onlyIfDue: false, CancellationToken.None))
            await messages.SuccessAsync("Payments.Checked");
        else
            await messages.ErrorAsync("Operation.Busy");
        return RedirectToAction(nameof(Order), new { id = orderId });
    }

    /// <summary>Invariant: some cultures have another calendar and other digits.</summary>
    private static string FileName(DateTimeOffset utc) => string.Create(CultureInfo.InvariantCulture, $"crypto-payments-{utc:yyyyMMdd-HHmmss}.csv");
}
