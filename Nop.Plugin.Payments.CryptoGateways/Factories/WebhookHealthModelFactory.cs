using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of how a gateway's webhooks arrive.
/// </summary>
public class WebhookHealthModelFactory(StoreAddresses addresses, ILocalizationService localizationService)
{
    /// <summary>Null for a provider that sends none.</summary>
    public async Task<WebhookHealthModel?> CreateAsync(IPaymentGateway gateway, int storeId, GatewayHealth health, int openRows) => gateway is not IWebhookGateway ? null
        : new WebhookHealthModel
        {
            Url = (await addresses.WebhookAsync(gateway.Descriptor, storeId)).AbsoluteUri,
            LastAccepted = Time(health.LastAcceptedOnUtc),
            LastRefused = Time(health.LastRefusedOnUtc),
            Reason = health.RefusalReasonId is { } reason ? await TextAsync($"Refusal.{(RefusalReason)reason}") : null,
            OpenRows = openRows
        };

    /// <summary>A time as administrators read it.</summary>
    public static string? Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
