using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Components;

/// <summary>
/// The panel on the order's own page: the essentials of its payment, for whoever may see payments.
/// </summary>
public class OrderPanelViewComponent(PaymentFactsReader facts, OrderPaymentsModelFactory modelFactory, IPermissionService permissionService) : NopViewComponent
{
    /// <param name="widgetZone">Where it is shown; there is one place.</param>
    /// <param name="additionalData">The page's model, which has the order's id.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        additionalData is BaseNopEntityModel { Id: var id }
        && await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.View)
        && await facts.OrderAsync(id) is { PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } order
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Admin/OrderPanel.cshtml", await modelFactory.PanelAsync(order))
            : Content(string.Empty);
}
