using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The administrator's report about payments.
/// </summary>
public class CryptoReportController(ReportModelFactory modelFactory) : CryptoAdminController
{
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.View)]
    public async Task<IActionResult> Report(string? from, string? to, int storeId) =>
        View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/Report.cshtml", await modelFactory.CreateAsync(from, to, storeId));
}
