using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The report about payments.
/// </summary>
public class CryptoReportController(ReportModelFactory modelFactory) : CryptoAdminController
{
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Index(string? from, string? to, int storeId) => AdminView("Report", await modelFactory.PrepareReportModelAsync(from, to, storeId));

    /// <summary>The amounts of the same period, as a file.</summary>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Export(string? from, string? to, int storeId)
    {
        var lines = await modelFactory.PrepareReportLinesAsync(from, to, storeId);
        return new CsvResult("crypto-report.csv", (output, cancellationToken) => CsvLine.WriteAsync(lines, output, cancellationToken));
    }
}
