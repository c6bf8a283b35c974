using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Calls a person to a gateway that is in trouble: on the dashboard and by mail, once until it is over.
/// </summary>
public class GatewayAlerts(AdminAlerts alerts, AdminNotifier notifier, ILocalizationService localizationService, LocalizationSettings localizationSettings)
{
    public async Task RaiseAsync(GatewayAlert alert, GatewayDescriptor gateway)
    {
        var format = await localizationService.GetResourceAsync($"{CryptoGatewaysDefaults.TextPrefix}Alert.{alert}", localizationSettings.DefaultAdminLanguageId, true, string.Empty, false);
        var message = EditableText.FormatInvariant(format, gateway.Name);
        if (await alerts.RaiseAsync(KeyOf(alert, gateway), message))
            await notifier.NotifyAsync(message, localizationSettings.DefaultAdminLanguageId);
    }

    public Task ResolveAsync(GatewayAlert alert, GatewayDescriptor gateway) => alerts.ResolveAsync(KeyOf(alert, gateway));

    private static string KeyOf(GatewayAlert alert, GatewayDescriptor gateway) => $"{alert}-{gateway.SystemName}";
}

/// <summary>
/// What can be wrong with a gateway. The text of each is Plugins.Payments.CryptoGateways.Alert.{name}.
/// </summary>
public enum GatewayAlert
{
    /// <summary>Calls to the provider fail.</summary>
    Failing,

    /// <summary>Webhooks are refused again and again.</summary>
    WebhooksRefused
}
