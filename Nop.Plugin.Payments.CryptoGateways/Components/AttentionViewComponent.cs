using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Security;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.CryptoGateways.Components;

/// <summary>
/// Open alerts on the dashboard; nothing for administrators who may not configure the plugin.
/// </summary>
public class AttentionViewComponent(OverviewModelFactory modelFactory, IPermissionService permissionService) : NopViewComponent
{
    /// <param name="widgetZone">The widget zone.</param>
    /// <param name="additionalData">The dashboard's model.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.Configure)
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/Attention.cshtml", await modelFactory.PrepareAlertsModelAsync(CryptoGatewaysDefaults.Dashboard))
            : Content(string.Empty);
}
