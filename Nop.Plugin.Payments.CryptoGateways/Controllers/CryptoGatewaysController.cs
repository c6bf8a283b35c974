using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The configuration page with its list of gateways and the setup guide. A script gets the result of a test as JSON. Without a script, the
/// page is shown again with the result. Either way, the form keeps what was entered.
/// </summary>
public class CryptoGatewaysController(GatewayListModelFactory modelFactory, SetupService setupService, AdminAlerts alerts, IStoreContext storeContext,
    AdminMessages messages) : CryptoAdminController
{
    /// <param name="provider">System name of the gateway to set up in the guide.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(string? provider) =>
        AdminView("Configure", await modelFactory.PrepareGatewayListModelAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), provider));

    /// <summary>Tests a gateway's keys and API URL as entered in the guide.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="setup">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> TestSetup(string id, GatewayModel setup) => setupService.Find(id) is { } gateway
        ? await GuideAsync(gateway, setup, await setupService.TestAsync(gateway, setup, storeId: 0))
        : RedirectToAction(nameof(Configure));

    /// <summary>Last step of the guide: tests and saves the settings, and offers the gateway at checkout.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="setup">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SwitchOn(string id, GatewayModel setup)
    {
        if (setupService.Find(id) is not { } gateway)
            return RedirectToAction(nameof(Configure));

        setup.SystemName = gateway.Descriptor.SystemName;
        var connection = await setupService.SwitchOnAsync(gateway, setup);
        if (!connection.IsFine && connection.Verdict != ConnectionAnalysis.CannotTell)
            return await GuideAsync(gateway, setup, connection);

        return IsScript ? Json((await messages.TestResultAsync(gateway, connection)) with { Location = Url.Action(nameof(Configure)) }) : RedirectToAction(nameof(Configure));
    }

    /// <param name="id">The alert.</param>
    /// <param name="returnUrl">The page that showed it.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Dismiss(int id, string? returnUrl)
    {
        await alerts.DismissAsync(id);
        return returnUrl == CryptoGatewaysDefaults.Dashboard ? Redirect(Url.Content(returnUrl)) : RedirectToAction(nameof(Configure));
    }

    private async Task<IActionResult> GuideAsync(IPaymentGateway gateway, GatewayModel setup, ConnectionResult connection)
    {
        setup.TestResult = await messages.TestResultAsync(gateway, connection);
        return IsScript
            ? Json(setup.TestResult)
            : EnteredView("Configure", await modelFactory.PrepareGatewayListModelAsync(storeId: 0, gateway.Descriptor.SystemName, setup));
    }
}
