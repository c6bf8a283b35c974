using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The administrator's list of all payments, and its export.
/// </summary>
public class CryptoPaymentListController(PaymentListModelFactory modelFactory, PaymentExport export, TimeProvider time) : CryptoAdminController
{
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Payments(PaymentSearchModel model) =>
        View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/PaymentList.cshtml", await modelFactory.PageAsync(model));

    /// <summary>A page of the list, for the platform's grid.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> List(PaymentSearchModel model) => Json(await modelFactory.ListAsync(model));

    /// <summary>All that the filter finds, as a file.</summary>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public IActionResult Export(PaymentSearchModel model) =>
        new CsvResult(FileName(time.GetUtcNow()),
            (output, cancellationToken) => export.WriteAsync(PaymentListModelFactory.FilterOf(model), output, cancellationToken));

    /// <summary>The same in every language: some count years and write digits in their own way.</summary>
    private static string FileName(DateTimeOffset utc) => string.Create(CultureInfo.InvariantCulture, $"crypto-payments-{utc:yyyyMMdd-HHmmss}.csv");
}
