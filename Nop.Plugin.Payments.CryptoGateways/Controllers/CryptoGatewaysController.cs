using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// The configuration page.
/// </summary>
public class CryptoGatewaysController(ConfigurationModelFactory modelFactory, ConfigurationSaver saver, IStoreContext storeContext,
    ILocalizationService localizationService, INotificationService notificationService) : CryptoAdminController
{
    /// <param name="provider">System name of the gateway that the guide is to set up.</param>
    [HttpGet]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(string? provider) =>
        Page(await modelFactory.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), provider: provider));

    /// <summary>Saves all or nothing: what is wrong is said beside its field, and what was entered is kept, except secrets.</summary>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Configure(ConfigurationModel model)
    {
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        foreach (var (key, error) in saver.Check(model, storeId).Concat(await saver.CheckSecretsAsync(model, storeId)))
            ModelState.AddModelError(key, await TextAsync($"Invalid.{error}"));

        if (!ModelState.IsValid)
        {
            notificationService.ErrorNotification(await TextAsync("Config.NotSaved"));
            return Page(await modelFactory.CreateAsync(storeId, model));
        }

        await saver.SaveAsync(model, storeId);
        notificationService.SuccessNotification(await localizationService.GetResourceAsync("Admin.Plugins.Saved"));
        return RedirectToAction(nameof(Configure));
    }

    private ViewResult Page(ConfigurationModel model) => View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/Configure.cshtml", model);

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
