using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of how a gateway's webhooks arrive.
/// </summary>
public class WebhookHealthModelFactory(StoreUrls addresses, ILocalizationService localizationService)
{
    /// <summary>Null for a provider that sends none.</summary>
    public async Task<WebhookHealthModel?> CreateAsync(IPaymentGateway gateway, int storeId, GatewayHealth health, int openRows) => gateway is not IWebhookGateway ? null
        : new WebhookHealthModel
        {
            Url = (await addresses.WebhookAsync(gateway.Descriptor, storeId))?.AbsoluteUri ?? string.Empty,
            LastAccepted = AdminText.Minute(health.LastAcceptedOnUtc),
            LastRefused = AdminText.Minute(health.LastRefusedOnUtc),
            Reason = health.RefusalReasonId is { } reason ? await TextAsync($"Refusal.{(RejectionReason)reason}") : null,
            OpenRows = openRows
        };

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
