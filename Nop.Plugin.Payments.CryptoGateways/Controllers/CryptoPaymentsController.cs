using System.Globalization;
using Microsoft.AspNetCore.Http;
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
public class CryptoPaymentsController(PaymentsModelFactory modelFactory, PaymentExport export, PaymentSynchronizer synchronizer, PaymentEventService timeline,
    AdminMessages messages, TimeProvider time) : CryptoAdminController
{
    /// <summary>How long an administrator waits for the order's lease.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> List(PaymentSearchModel model) => AdminView("PaymentList", await modelFactory.SearchAsync(model));

    /// <summary>A page of the list, for the platform's grid.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> PaymentList(PaymentSearchModel model) => Json(await modelFactory.ListAsync(model));

    /// <summary>All payments that match the filter, as a file.</summary>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Export(PaymentSearchModel model)
    {
        var filter = await modelFactory.FilterAsync(model);
        return new CsvResult(FileName(time.GetUtcNow()), (output, cancellationToken) => export.WriteAsync(filter, output, cancellationToken));
    }

    /// <param name="id">The order.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Order(int id) => await modelFactory.OrderAsync(id) is { } model
        ? AdminView("Payments", model)
        : new ContentResult { StatusCode = StatusCodes.Status404NotFound, Content = await messages.TextAsync("Payments.NotFound"), ContentType = "text/plain; charset=utf-8" };

    /// <summary>Asks the provider now.</summary>
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
        if (await synchronizer.SynchronizeAsync(paymentId, SynchronizationSource.Admin, _patience, onlyIfDue: false, CancellationToken.None))
            await messages.SuccessAsync("Payments.Checked");
        else
            await messages.ErrorAsync("Operation.Busy");
        return RedirectToAction(nameof(Order), new { id = orderId });
    }

    /// <summary>Invariant: some cultures have another calendar and other digits.</summary>
    private static string FileName(DateTimeOffset utc) => string.Create(CultureInfo.InvariantCulture, $"crypto-payments-{utc:yyyyMMdd-HHmmss}.csv");
}
