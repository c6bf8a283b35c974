using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of a gateway's card on the configuration page, drawn from its descriptor.
/// </summary>
public class GatewayCardModelFactory(GatewaySettingsStore settingsStore, FieldModelFactory fields, WebhookHealthModelFactory webhooks, PaymentOptionService options,
    GatewayHealthStore health, CollapsedCards collapsed, ILocalizationService localizationService)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The store's.</param>
    /// <param name="openRows">Webhooks that wait to be acted on.</param>
    public async Task<GatewayCardModel> CreateAsync(IPaymentGateway gateway, int storeId, CryptoGatewaysSettings storeSettings, int openRows)
    {
        var descriptor = gateway.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, storeId);
        var seen = await health.ReadAsync(descriptor.SystemName);
        var state = StateOf(settings, seen);
        var card = new GatewayCardModel
        {
            SystemName = descriptor.SystemName,
            Name = descriptor.Name,
            StoreId = storeId,
            State = state,
            Status = await StatusAsync(descriptor, settings, state, seen),
            IsCollapsed = await collapsed.IsCollapsedAsync(descriptor.SystemName, state is GatewayState.Off or GatewayState.Incomplete),
            IsTest = settings.IsComplete ? gateway.IsTest(settings) : null,
            Documentation = descriptor.Documentation?.AbsoluteUri,
            CanTest = gateway is IConnectionTest,
            Minimums =
            [
                .. settings.Coins.Where(coin => coin.Minimum > 0).Select(coin => $"{coin.Code} {new Money(coin.Minimum, AmountConverter.UsDollar)}"),
                .. settings.Coins.Where(coin => coin.Dust > CoinDust.Account).Select(coin => $"{coin.Code} {new Money(coin.Dust, coin.Symbol)}")
            ],
            Webhook = await webhooks.CreateAsync(gateway, storeId, seen, openRows)
        };
        foreach (var field in GatewaySettingsStore.FieldsOf(descriptor))
            card.Fields.Add(await fields.CreateAsync(descriptor, field, settings, storeId, "field"));
        foreach (var (coin, quote) in await options.UnavailableReasonsAsync(gateway, settings, storeSettings))
            card.UnavailableReasons.Add($"{coin.Code}: {await TextAsync($"UnavailableReason.{quote.UnavailableReason}", quote.Currency ?? string.Empty)}");
        return card;
    }

    /// <summary>The card with the fields only that the gateway cannot do without, for all stores.</summary>
    public async Task<GatewayCardModel> CreateShortAsync(IPaymentGateway gateway)
    {
        var descriptor = gateway.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, storeId: 0);
        var card = new GatewayCardModel
        {
            SystemName = descriptor.SystemName,
            Name = descriptor.Name,
            Documentation = descriptor.Documentation?.AbsoluteUri,
            CanTest = gateway is IConnectionTest,
            Webhook = await webhooks.CreateAsync(gateway, storeId: 0, new GatewayHealth(), openRows: 0)
        };
        foreach (var field in descriptor.Fields.Where(field => field.Required))
            card.Fields.Add(await fields.CreateAsync(descriptor, field, settings, storeId: 0, "setup"));
        return card;
    }

    private static GatewayState StateOf(GatewaySettings settings, GatewayHealth seen) =>
        !settings.IsComplete ? GatewayState.Incomplete
        : !settings.IsEnabled ? GatewayState.Off
        : seen.FailingSinceUtc is null ? GatewayState.Ready
        : GatewayState.Failing;

    private async Task<string> StatusAsync(GatewayDescriptor gateway, GatewaySettings settings, GatewayState state, GatewayHealth seen) => state switch
    {
        GatewayState.Incomplete => await TextAsync("Config.Incomplete", await fields.LabelsAsync(gateway, settings.Missing())),
        GatewayState.Failing => await TextAsync("Config.Failing", AdminText.Minute(seen.FailingSinceUtc)!, await TextAsync($"Fault.{(GatewayFault)(seen.FaultId ?? 0)}")),
        GatewayState.Ready => await TextAsync("Config.Ready"),
        _ => await TextAsync("Config.Off")
    };

    private async Task<string> TextAsync(string key, params object[] values) => EditableText.Format(await TextAsync(key), values);

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
