using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Health;

/// <summary>
/// Alerts the store owner about a failing gateway, on the dashboard and by e-mail, once until the gateway recovers.
/// </summary>
public class GatewayAlerts(AdminAlerts alerts, AdminNotifications notifications, ILocalizationService localizationService, LocalizationSettings localizationSettings)
{
    public async Task RaiseAsync(GatewayAlert alert, GatewayDescriptor gateway)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Alert.{alert}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        var message = EditableText.FormatInvariant(format, gateway.Name);
        if (await alerts.RaiseAsync(KeyOf(alert, gateway), message))
            await notifications.NotifyAsync(message, localizationSettings.DefaultAdminLanguageId);
    }

    public Task ResolveAsync(GatewayAlert alert, GatewayDescriptor gateway) => alerts.ResolveAsync(KeyOf(alert, gateway));

    private static string KeyOf(GatewayAlert alert, GatewayDescriptor gateway) => $"{alert}-{gateway.SystemName}";
}

/// <summary>
/// The alerts about a gateway. Their texts are Plugins.Payments.CryptoGateways.Alert.{name}. The names are stored; never change them.
/// </summary>
public enum GatewayAlert
{
    /// <summary>Calls to the provider fail.</summary>
    Failing,

    /// <summary>Webhooks are rejected repeatedly.</summary>
    WebhooksRefused
}
