using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Security;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Events;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Listens to the platform. It is found by its type even when the plugin is not installed; there are no tables then.
/// </summary>
public class EventConsumer(GatewaySettingsStore gatewaySettings, IPaymentPluginManager paymentPluginManager)
    : IConsumer<SecuritySettingsChangedEvent>, IConsumer<AdditionalTokensAddedEvent>
{
    public async Task HandleEventAsync(SecuritySettingsChangedEvent eventMessage)
    {
        if (await IsInstalledAsync())
            await gatewaySettings.ReprotectAsync(eventMessage.OldEncryptionPrivateKey);
    }

    /// <summary>The template editor lists the tokens that it is told of here.</summary>
    public async Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        if (await IsInstalledAsync())
            eventMessage.AddTokens(AdminNotifier.AllowedTokens);
    }

    private async Task<bool> IsInstalledAsync() =>
        await paymentPluginManager.LoadPluginBySystemNameAsync(CryptoGatewaysDefaults.SystemName) is not null;
}
