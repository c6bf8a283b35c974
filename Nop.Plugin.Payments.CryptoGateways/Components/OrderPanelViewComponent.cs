using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Components;

/// <summary>
/// The panel on the order's own page with the essential payment details, for administrators who may see payments.
/// </summary>
public class OrderPanelViewComponent(PaymentModelFactory modelFactory, IPermissionService permissionService) : NopViewComponent
{
    /// <param name="widgetZone">The widget zone.</param>
    /// <param name="additionalData">The page's model, with the order's id.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        additionalData is BaseNopEntityModel { Id: var id }
        && await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.View)
        && await modelFactory.PrepareOrderPanelModelAsync(id) is { } model
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/OrderPanel.cshtml", model)
            : Content(string.Empty);
}
