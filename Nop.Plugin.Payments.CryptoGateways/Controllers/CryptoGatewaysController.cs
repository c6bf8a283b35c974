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
/// The configuration page and its tests. A script gets the result of a test as JSON. Without a script, the page is shown again with the
/// result. Either way, the form keeps what was entered.
/// </summary>
public class CryptoGatewaysController(ConfigurationModelFactory modelFactory, ConfigurationSaver saver, SetupService setupService, AdminAlerts alerts,
    IStoreContext storeContext, AdminMessages messages) : CryptoAdminController
{
    private bool IsScript => Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <param name="provider">System name of the gateway to set up in the guide.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(string? provider) =>
        AdminView("Configure", await modelFactory.PrepareConfigurationModelAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), provider: provider));

    /// <summary>Saves all or nothing. Errors are shown at their fields, and what was entered is kept.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(ConfigurationModel model)
    {
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        if (!ModelState.IsValid)
        {
            await messages.ErrorAsync("Config.NotSaved");
            return Page(await modelFactory.PrepareConfigurationModelAsync(storeId, model));
        }

        await saver.SaveAsync(model, storeId);
        await messages.SettingsSavedAsync();
        return RedirectToAction(nameof(Configure));
    }

    /// <summary>Tests a gateway's keys and address as they were entered.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="model">The page's settings.</param>
    /// <param name="setup">The guide's settings, when the guide requests the test.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Test(string id, ConfigurationModel model, GatewayCardModel setup)
    {
        if (setupService.Find(id) is not { } gateway)
            return RedirectToAction(nameof(Configure));

        var isGuide = setup.SystemName.Length > 0;
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        var entered = isGuide ? setup : model.Gateways.FirstOrDefault(card => card.SystemName == gateway.Descriptor.SystemName) ?? new GatewayCardModel();
        var result = await ResultAsync(gateway, await setupService.TestAsync(gateway, entered, isGuide ? 0 : storeId));
        return IsScript ? Json(result) : await PageAsync(gateway, result, isGuide ? null : model, isGuide ? setup : null);
    }

    /// <summary>Last step of the guide: tests, saves, and offers the gateway at checkout.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="setup">What was entered in the guide.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SwitchOn(string id, GatewayCardModel setup)
    {
        if (setupService.Find(id) is not { } gateway)
            return RedirectToAction(nameof(Configure));

        setup.SystemName = gateway.Descriptor.SystemName;
        var connection = await setupService.SwitchOnAsync(gateway, setup);
        var result = await ResultAsync(gateway, connection);
        if (connection.IsFine || connection.Verdict == ConnectionAnalysis.CannotTell)
            return IsScript ? Json(result with { Location = Url.Action(nameof(Configure)) }) : RedirectToAction(nameof(Configure));

        return IsScript ? Json(result) : await PageAsync(gateway, result, null, setup);
    }

    /// <summary>Sends a test event to the store's own webhook address.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="model">The page's settings.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SelfTest(string id, ConfigurationModel model)
    {
        if (setupService.Find(id) is not { } gateway)
            return RedirectToAction(nameof(Configure));

        var (address, result) = await setupService.SelfTestAsync(gateway, await storeContext.GetActiveStoreScopeConfigurationAsync(), HttpContext.RequestAborted);
        var text = await messages.TextAsync($"SelfTest.{result.Verdict}", address?.Host ?? "-", result.Detail ?? "-");
        if (IsScript)
            return Json(new TestResultModel(text, result.IsFine));

        messages.Show(text, result.IsFine);
        return Page(await modelFactory.PrepareConfigurationModelAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), model));
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

    private async Task<TestResultModel> ResultAsync(IPaymentGateway gateway, ConnectionResult result) =>
        new(await messages.TextAsync($"Connection.{result.Verdict}", gateway.Descriptor.Name, result.Detail ?? "-"), result.IsFine);

    /// <summary>The page with the result of a test, and with what was entered on it or in its guide.</summary>
    private async Task<IActionResult> PageAsync(IPaymentGateway gateway, TestResultModel result, ConfigurationModel? posted, GatewayCardModel? setup)
    {
        var systemName = gateway.Descriptor.SystemName;
        var page = await modelFactory.PrepareConfigurationModelAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), posted, setup is null ? null : systemName);
        if (setup is null)
            page.Gateways.First(card => card.SystemName == systemName).Tried = result;
        else if (page.Guide is { } guide)
        {
            GatewayCardModelFactory.KeepEntered(guide.Setup, setup);
            guide.Setup.Tried = result;
            // The guide's form does not post the page's settings: they are not invalid, but absent.
            foreach (var key in ModelState.Keys.Where(key => !key.StartsWith(nameof(setup), StringComparison.OrdinalIgnoreCase)).ToList())
                ModelState.Remove(key);
        }
        return Page(page);
    }

    /// <summary>The page with what was entered, which may include secrets.</summary>
    private ViewResult Page(ConfigurationModel model)
    {
        Response.Headers.CacheControl = "no-store";
        return AdminView("Configure", model);
    }
}
