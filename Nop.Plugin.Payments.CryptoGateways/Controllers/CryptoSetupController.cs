using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What the configuration page tries out with what was entered. A script gets the words alone, so that what was entered stays in the form; without one the
/// page is drawn anew with them, and secrets have to be entered again.
/// </summary>
public class CryptoSetupController(GatewayRegistry registry, ConnectionTester tester, SetupService setupSwitch, TestResultModelFactory words,
    ConfigurationModelFactory modelFactory, IStoreContext storeContext) : CryptoAdminController
{
    /// <summary>Tries a gateway's keys and address as they were entered.</summary>
    /// <param name="gateway">System name.</param>
    /// <param name="model">The page's settings.</param>
    /// <param name="setup">The guide's, when it was asked there.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Test(string gateway, ConfigurationModel model, GatewayCardModel setup)
    {
        if (registry.Find(gateway) is not { } found)
            return RedirectToConfiguration();

        var (storeId, isGuide) = (await storeContext.GetActiveStoreScopeConfigurationAsync(), setup.SystemName.Length > 0);
        var card = isGuide ? setup : model.Gateways.FirstOrDefault(card => card.SystemName == found.Descriptor.SystemName) ?? new GatewayCardModel();
        var tried = await words.CreateAsync(found.Descriptor, await tester.TestAsync(found, card, isGuide ? 0 : storeId));
        return IsScript ? Json(tried) : await PageAsync(storeId, isGuide ? null : model, found, page =>
        {
            if (isGuide && page.Guide is { } guide)
                guide.Setup.Tried = tried;
            else
                CardOf(page, found).Tried = tried;
        });
    }

    /// <summary>Ends the guide: tries, saves, and offers the gateway at checkout.</summary>
    /// <param name="gateway">System name.</param>
    /// <param name="setup">What was entered in the guide.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SwitchOn(string gateway, GatewayCardModel setup)
    {
        if (registry.Find(gateway) is not { } found)
            return RedirectToConfiguration();

        setup.SystemName = found.Descriptor.SystemName;
        var result = await setupSwitch.SwitchOnAsync(found, setup);
        var tried = await words.CreateAsync(found.Descriptor, result);
        if (result.IsFine || result.Verdict == ConnectionAnalysis.CannotTell)
            return IsScript ? Json(tried with { Location = Url.Content(CryptoGatewaysDefaults.ConfigurationPage) }) : RedirectToConfiguration();

        return IsScript ? Json(tried) : await PageAsync(0, null, found, page =>
        {
            if (page.Guide is { } guide)
            {
                FieldModelFactory.KeepEntered(guide.Setup, setup);
                guide.Setup.Tried = tried;
            }
        });
    }

    private static GatewayCardModel CardOf(ConfigurationModel page, IPaymentGateway gateway)
    {
        var card = page.Gateways.First(card => card.SystemName == gateway.Descriptor.SystemName);
        card.IsCollapsed = false;
        return card;
    }

    private async Task<IActionResult> PageAsync(int storeId, ConfigurationModel? posted, IPaymentGateway gateway, Action<ConfigurationModel> tell)
    {
        ModelState.Clear();
        var page = await modelFactory.CreateAsync(storeId, posted, posted is null ? gateway.Descriptor.SystemName : null);
        tell(page);
        return View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/Configure.cshtml", page);
    }
}
