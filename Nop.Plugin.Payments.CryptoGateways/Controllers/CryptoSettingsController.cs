using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The page of each gateway with its tests, and the page of the general settings. Validators have run before an action starts; see
/// Validators/. Whatever was entered is shown again unless it was saved.
/// </summary>
public class CryptoSettingsController(ConfigurationModelFactory modelFactory, GatewayModelFactory gatewayFactory, ConfigurationSaver saver,
    SetupService setupService, IStoreContext storeContext, AdminMessages messages) : CryptoAdminController
{
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> General() => AdminView("General", await modelFactory.PrepareConfigurationModelAsync(await StoreIdAsync()));

    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> General(ConfigurationModel model)
    {
        if (!ModelState.IsValid)
        {
            await messages.ErrorAsync("Config.NotSaved");
            return EnteredView("General", await modelFactory.PrepareConfigurationModelAsync(await StoreIdAsync(), model));
        }

        await saver.SaveAsync(model, await StoreIdAsync());
        await messages.SettingsSavedAsync();
        return RedirectToAction(nameof(General));
    }

    /// <param name="id">System name of the gateway.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Gateway(string id) => setupService.Find(id) is { } gateway
        ? AdminView("Gateway", await gatewayFactory.PrepareGatewayModelAsync(gateway, await StoreIdAsync()))
        : List();

    /// <param name="id">System name of the gateway.</param>
    /// <param name="model">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Gateway(string id, GatewayModel model)
    {
        if (setupService.Find(id) is not { } gateway)
            return List();
        if (!ModelState.IsValid || model.SystemName != gateway.Descriptor.SystemName)
        {
            await messages.ErrorAsync("Config.NotSaved");
            return EnteredView("Gateway", await gatewayFactory.PrepareGatewayModelAsync(gateway, await StoreIdAsync(), model));
        }

        await saver.SaveAsync(model, await StoreIdAsync());
        await messages.SettingsSavedAsync();
        return RedirectToAction(nameof(Gateway), new { id = gateway.Descriptor.SystemName });
    }

    /// <summary>Tests a gateway's keys and API URL as entered.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="model">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Test(string id, GatewayModel model)
    {
        if (setupService.Find(id) is not { } gateway)
            return List();

        var result = await messages.TestResultAsync(gateway, await setupService.TestAsync(gateway, model, await StoreIdAsync()));
        if (IsScript)
            return Json(result);

        var page = await gatewayFactory.PrepareGatewayModelAsync(gateway, await StoreIdAsync(), model);
        page.TestResult = result;
        return EnteredView("Gateway", page);
    }

    /// <summary>Sends a test event to the store's own webhook URL.</summary>
    /// <param name="id">System name of the gateway.</param>
    /// <param name="model">What was entered.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SelfTest(string id, GatewayModel model)
    {
        if (setupService.Find(id) is not { } gateway)
            return List();

        var (url, result) = await setupService.SelfTestAsync(gateway, await StoreIdAsync(), HttpContext.RequestAborted);
        var text = await messages.TextAsync($"SelfTest.{result.Verdict}", url?.Host ?? "-", result.Detail ?? "-");
        if (IsScript)
            return Json(new TestResultModel(text, result.IsFine));

        messages.Show(text, result.IsFine);
        return EnteredView("Gateway", await gatewayFactory.PrepareGatewayModelAsync(gateway, await StoreIdAsync(), model));
    }

    private Task<int> StoreIdAsync() => storeContext.GetActiveStoreScopeConfigurationAsync();

    private RedirectToActionResult List() => RedirectToAction(nameof(CryptoGatewaysController.Configure), "CryptoGateways");
}
