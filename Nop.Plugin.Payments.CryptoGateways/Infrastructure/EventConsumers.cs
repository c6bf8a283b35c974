using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Security;
using Nop.Core.Events;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Events;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Handles the platform's events. The platform calls it even while the plugin is not installed and has no tables.
/// </summary>
public class EventConsumer(GatewaySettingsStore gatewaySettings, OperationCompletion operations, LocaleResourceInstaller texts)
    : IConsumer<SecuritySettingsChangedEvent>, IConsumer<EntityInsertedEvent<Language>>,
        IConsumer<OrderPaidEvent>, IConsumer<OrderVoidedEvent>, IConsumer<OrderRefundedEvent>
{
    public async Task HandleEventAsync(SecuritySettingsChangedEvent eventMessage)
    {
        if (PluginInstallation.IsInstalled)
            await gatewaySettings.ReprotectAsync(eventMessage.OldEncryptionPrivateKey);
    }

    /// <summary>Adds the plugin's texts in a language that the owner adds.</summary>
    public async Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage)
    {
        if (PluginInstallation.IsInstalled)
            await texts.AddAsync(eventMessage.Entity);
    }

    public Task HandleEventAsync(OrderPaidEvent eventMessage) => CompleteAsync(eventMessage.Order, OperationNames.Capture);

    public Task HandleEventAsync(OrderVoidedEvent eventMessage) => CompleteAsync(eventMessage.Order, OperationNames.Void);

    public Task HandleEventAsync(OrderRefundedEvent eventMessage) => CompleteAsync(eventMessage.Order, OperationNames.Refund);

    /// <summary>The platform publishes these events after it has updated the order.</summary>
    private async Task CompleteAsync(Order order, string operation)
    {
        if (order.PaymentMethodSystemName == CryptoGatewaysDefaults.SystemName && PluginInstallation.IsInstalled)
            await operations.CompleteAsync(order, operation);
    }
}

/// <summary>
/// Adds the payment list and the report to the Sales menu, for administrators who may view payments.
/// </summary>
public class AdminMenuConsumer(IPermissionService permissionService, PluginTexts texts)
    : IConsumer<AdminMenuCreatedEvent>
{
    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        if (!PluginInstallation.IsInstalled
            || !await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.View)
            || eventMessage.RootMenuItem.ChildNodes.FirstOrDefault(item => item.SystemName == CryptoGatewaysDefaults.Menu.Sales) is not { } sales)
            return;

        sales.ChildNodes.Add(new AdminMenuItem
        {
            SystemName = CryptoGatewaysDefaults.Menu.Group,
            Title = await texts.GetAsync("Menu"),
            IconClass = "far fa-dot-circle",
            ChildNodes =
            [
                Item(eventMessage, CryptoGatewaysDefaults.Menu.Payments, "CryptoPayments", "List", await texts.GetAsync("Menu.Payments")),
                Item(eventMessage, CryptoGatewaysDefaults.Menu.Report, "CryptoReport", "Index", await texts.GetAsync("Menu.Report"))
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
}

/// <summary>
/// Adds the plugin's tokens to the platform's e-mails. The platform calls it even while the plugin is not installed.
/// </summary>
public class MessageTokenConsumer(PaymentLinks links, IMessageTokenProvider tokenProvider)
    : IConsumer<AdditionalTokensAddedEvent>, IConsumer<EntityTokensAddedEvent<Order>>
{
    /// <summary>In every e-mail about an order: the URL on which it can be paid; empty when nothing is due.</summary>
    private const string PayUrlToken = "Order.CryptoPayUrl";

    /// <summary>
    /// Adds tokens to the list in the template editor. The editor requests them by group, and without a group for templates of plugins. The
    /// plugin's own templates also support the platform's store and order tokens.
    /// </summary>
    public async Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        if (!PluginInstallation.IsInstalled)
            return;

        var groups = eventMessage.TokenGroups?.ToList() ?? [];
        if (groups.Count == 0)
            eventMessage.AddTokens([.. AdminNotifications.AllowedTokens, .. ShopperNotifications.AllowedTokens,
                .. await tokenProvider.GetListOfAllowedTokensAsync([TokenGroupNames.StoreTokens, TokenGroupNames.OrderTokens])]);
        else if (groups.Contains(TokenGroupNames.OrderTokens))
            eventMessage.AddTokens($"%{PayUrlToken}%");
    }

    public async Task HandleEventAsync(EntityTokensAddedEvent<Order> eventMessage)
    {
        // For e-mails about refunds, the platform publishes this event twice.
        if (eventMessage.Tokens.All(token => token.Key != PayUrlToken) && PluginInstallation.IsInstalled)
            eventMessage.Tokens.Add(new Token(PayUrlToken, await links.OfAsync(eventMessage.Entity), true));
    }
}
