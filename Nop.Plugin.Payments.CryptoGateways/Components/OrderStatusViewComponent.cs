using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Components;

/// <summary>
/// The state of the crypto payment on the customer's order page, with a link to the pay page.
/// </summary>
public class OrderStatusViewComponent(OrderStatusModelFactory modelFactory) : NopViewComponent
{
    /// <param name="widgetZone">The widget zone.</param>
    /// <param name="additionalData">The page's model, with the order's id.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        additionalData is BaseNopEntityModel { Id: var id } && await modelFactory.ForAsync(id) is { } model
            ? View($"{CryptoGatewaysDefaults.Folder}/Views/Public/OrderStatus.cshtml", model)
            : Content(string.Empty);
}
