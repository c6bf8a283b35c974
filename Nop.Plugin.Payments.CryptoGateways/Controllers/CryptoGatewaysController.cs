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
/// The configuration page and its tests. A test that a script requests answers with its result as JSON, so that the form keeps what was
/// entered; without a script the page is rendered again with the result, and secrets have to be entered again.
/// </summary>
public class CryptoGatewaysController(ConfigurationModelFactory modelFactory, ConfigurationSaver saver, SetupService setupService, AdminAlerts alerts,
    IStoreContext storeContext, AdminMessages messages) : CryptoAdminController
{
    private bool IsScript => Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <param name="provider">System name of the gateway to set up in the guide.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(string? provider) =>
        AdminView("Configure", await modelFactory.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), provider: provider));

    /// <summary>Saves all or nothing. Errors are shown at their fields, and what was entered is kept, except secrets.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(ConfigurationModel model)
    {
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        foreach (var (key, error) in saver.Check(model, storeId).Concat(await saver.CheckSecretsAsync(model, storeId)))
            ModelState.AddModelError(key, await messages.TextAsync($"Invalid.{error}"));

        if (!ModelState.IsValid)
        {
            await messages.ErrorAsync("Config.NotSaved");
            return AdminView("Configure", await modelFactory.CreateAsync(storeId, model));
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
        return IsScript ? Json(result) : await PageAsync(storeId, isGuide ? null : model, gateway, page =>
        {
            if (isGuide && page.Guide is { } guide)
                guide.Setup.Tried = result;
            else
                page.Gateways.First(card => card.SystemName == gateway.Descriptor.SystemName).Tried = result;
        });
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

        return IsScript ? Json(result) : await PageAsync(0, null, gateway, page =>
        {
            if (page.Guide is { } guide)
            {
                GatewayCardModelFactory.KeepEntered(guide.Setup, setup);
                guide.Setup.Tried = result;
            }
        });
    }

    /// <summary>Sends a test event to the store's own webhook address.</summary>
    /// <param name="id">System name of the gateway.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SelfTest(string id)
    {
        if (setupService.Find(id) is not { } gateway)
            return RedirectToAction(nameof(Configure));

        var (address, result) = await setupService.SelfTestAsync(gateway, await storeContext.GetActiveStoreScopeConfigurationAsync(), HttpContext.RequestAborted);
        var text = await messages.TextAsync($"SelfTest.{result.Verdict}", address?.Host ?? "-", result.Detail ?? "-");
        if (IsScript)
            return Json(new TestResultModel(text, result.IsFine));

        messages.Show(text, result.IsFine);
        return RedirectToAction(nameof(Configure));
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

    private async Task<IActionResult> PageAsync(int storeId, ConfigurationModel? posted, IPaymentGateway gateway, Action<ConfigurationModel> addResult)
    {
        ModelState.Clear();
        var page = await modelFactory.CreateAsync(storeId, posted, posted is null ? gateway.Descriptor.SystemName : null);
        addResult(page);
        return AdminView("Configure", page);
    }
}
