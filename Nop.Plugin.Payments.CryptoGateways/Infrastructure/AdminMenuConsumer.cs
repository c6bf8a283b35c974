using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Services.Security;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Puts the list of payments and the report under Sales, for whoever may see payments.
/// </summary>
public class AdminMenuConsumer(IPaymentPluginManager paymentPluginManager, IPermissionService permissionService, ILocalizationService localizationService)
    : IConsumer<AdminMenuCreatedEvent>
{
    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        if (!await paymentPluginManager.IsPluginInstalledAsync()
            || !await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.View)
            || eventMessage.RootMenuItem.ChildNodes.FirstOrDefault(item => item.SystemName == CryptoGatewaysDefaults.Menu.Sales) is not { } sales)
            return;

        sales.ChildNodes.Add(new AdminMenuItem
        {
            SystemName = CryptoGatewaysDefaults.Menu.Group,
            Title = await TextAsync("Menu"),
            IconClass = "far fa-dot-circle",
            ChildNodes =
            [
                Item(eventMessage, CryptoGatewaysDefaults.Menu.Payments, "CryptoPaymentList", "Payments", await TextAsync("Menu.Payments")),
                Item(eventMessage, CryptoGatewaysDefaults.Menu.Report, "CryptoReport", "Report", await TextAsync("Menu.Report"))
            ]
        });
    }

    private static AdminMenuItem Item(AdminMenuCreatedEvent menu, string systemName, string controller, string action, string title) => new()
    {
        SystemName = systemName,
        Title = title,
        PermissionNames = [CryptoGatewaysPermissions.View],
        Url = menu.GetMenuItemUrl(controller, action),
        IconClass = "far fa-circle"
    };

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
