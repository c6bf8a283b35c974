using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Messages;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// What an administrator does about the health of the plugin: try the webhook address, dismiss what has been seen.
/// </summary>
public class CryptoHealthController(GatewayRegistry registry, WebhookSelfTest selfTest, StoreUrls addresses, TestResultModelFactory words, AdminAlerts alerts,
    IStoreContext storeContext, INotificationService notificationService) : CryptoAdminController
{
    /// <summary>Sends an event to the store's public address.</summary>
    /// <param name="gateway">System name.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> SelfTest(string gateway)
    {
        if (registry.Find(gateway) is not { } found)
            return RedirectToConfiguration();

        var address = await addresses.WebhookAsync(found.Descriptor, await storeContext.GetActiveStoreScopeConfigurationAsync());
        var result = address is null ? new SelfTestResult(SelfTestAnalysis.NoAddress) : await selfTest.SendAsync(address, HttpContext.RequestAborted);
        var tried = await words.CreateAsync(address, result);
        if (IsScript)
            return Json(tried);

        if (tried.IsFine)
            notificationService.SuccessNotification(tried.Text);
        else
            notificationService.ErrorNotification(tried.Text);
        return RedirectToConfiguration();
    }

    /// <summary>Somebody has seen what needed a person.</summary>
    /// <param name="id">The alert's.</param>
    /// <param name="returnUrl">The page that it was shown on.</param>
    [HttpPost]
    [CheckPermission(CryptoGatewaysPermissions.Configure)]
    public async Task<IActionResult> Dismiss(int id, string? returnUrl)
    {
        await alerts.DismissAsync(id);
        return returnUrl == CryptoGatewaysDefaults.Dashboard ? Redirect(Url.Content(returnUrl)) : RedirectToConfiguration();
    }
}
