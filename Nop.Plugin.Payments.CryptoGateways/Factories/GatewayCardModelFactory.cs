using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares a gateway's card on the configuration page from its descriptor and settings.
/// </summary>
public class GatewayCardModelFactory(GatewaySettingsStore settingsStore, PreviousSecrets previous, PaymentOptionService options, GatewayHealthStore health,
    StoreUrls addresses, PluginTexts texts)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The plugin's settings for that store.</param>
    /// <param name="pendingWebhooks">Number of stored webhooks not yet processed.</param>
    public async Task<GatewayCardModel> CreateAsync(IPaymentGateway gateway, int storeId, CryptoGatewaysSettings storeSettings, int pendingWebhooks)
    {
        var descriptor = gateway.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, storeId);
        var seen = await health.ReadAsync(descriptor.SystemName);
        var state = StateOf(settings, seen);
        var card = await HeadAsync(gateway, storeId, seen, pendingWebhooks);
        card.StoreId = storeId;
        card.State = state;
        card.Status = await StatusAsync(descriptor, settings, state, seen);
        card.IsTest = settings.IsComplete ? gateway.IsTest(settings) : null;
        card.Minimums =
        [
            .. settings.Coins.Where(coin => coin.Minimum > 0).Select(coin => $"{coin.Code} {new Money(coin.Minimum, AmountConverter.UsDollar)}"),
            .. settings.Coins.Where(coin => coin.Dust > CoinDust.Account).Select(coin => $"{coin.Code} {new Money(coin.Dust, coin.Symbol)}")
        ];
        foreach (var field in GatewaySettingsStore.FieldsOf(descriptor))
            card.Fields.Add(await FieldAsync(descriptor, field, settings, storeId, "field"));
        foreach (var (coin, quote) in await options.UnavailableReasonsAsync(gateway, settings, storeSettings))
            card.UnavailableReasons.Add($"{coin.Code}: {await texts.GetAsync($"UnavailableReason.{quote.UnavailableReason}", quote.Currency ?? string.Empty)}");
        return card;
    }

    /// <summary>The card with the required fields only, for all stores.</summary>
    public async Task<GatewayCardModel> CreateShortAsync(IPaymentGateway gateway)
    {
        var descriptor = gateway.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, storeId: 0);
        var card = await HeadAsync(gateway, storeId: 0, new GatewayHealth(), pendingWebhooks: 0);
        foreach (var field in descriptor.Fields.Where(field => field.Required))
            card.Fields.Add(await FieldAsync(descriptor, field, settings, storeId: 0, "setup"));
        return card;
    }

    /// <summary>Puts what was entered in place of the stored settings. A browser does not send the fields that a store does not override.</summary>
    public static void KeepEntered(GatewayCardModel? card, GatewayCardModel entered)
    {
        foreach (var field in card?.Fields ?? [])
        {
            if (entered.Fields.FirstOrDefault(other => other.Name == field.Name) is not { } posted)
                continue;

            (field.Remove, field.EndPrevious, field.OverrideForStore) = (posted.Remove, posted.EndPrevious, posted.OverrideForStore);
            if (field.StoreId > 0 && !posted.OverrideForStore)
                continue;

            field.Value = posted.Value;
            field.Options = [.. field.Options.Select(option => option with { IsSelected = posted.Values.Contains(option.Value) || posted.Value == option.Value })];
        }
    }

    private async Task<GatewayCardModel> HeadAsync(IPaymentGateway gateway, int storeId, GatewayHealth seen, int pendingWebhooks) => new()
    {
        SystemName = gateway.Descriptor.SystemName,
        Name = gateway.Descriptor.Name,
        Documentation = gateway.Descriptor.Documentation?.AbsoluteUri,
        CanTest = gateway is IConnectionTest,
        Webhook = gateway is IWebhookGateway ? await WebhookAsync(gateway.Descriptor, storeId, seen, pendingWebhooks) : null
    };

    private async Task<WebhookHealthModel> WebhookAsync(GatewayDescriptor gateway, int storeId, GatewayHealth seen, int pendingWebhooks)
    {
        var zone = await texts.TimeZoneAsync();
        return new WebhookHealthModel
        {
            Url = (await addresses.WebhookAsync(gateway, storeId))?.AbsoluteUri ?? string.Empty,
            LastAccepted = AdminText.Minute(seen.LastAcceptedOnUtc, zone),
            LastRefused = AdminText.Minute(seen.LastRefusedOnUtc, zone),
            Reason = seen.RefusalReasonId is { } reason ? await texts.GetAsync($"Refusal.{(RejectionReason)reason}") : null,
            OpenRows = pendingWebhooks
        };
    }

    /// <param name="gateway">The gateway.</param>
    /// <param name="field">The setting.</param>
    /// <param name="settings">Current values.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="form">Prefix of the element's id, for a page with several forms.</param>
    private async Task<FieldModel> FieldAsync(GatewayDescriptor gateway, SettingField field, GatewaySettings settings, int storeId, string form)
    {
        var value = settings.Text(field.Name);
        var chosen = GatewaySettings.Split(value);
        var isUnreadable = await settingsStore.IsUnreadableAsync(gateway, field, storeId);
        var hasSecret = field.Kind == SettingKind.Secret && (value.Length > 0 || isUnreadable);
        var model = new FieldModel
        {
            Name = field.Name,
            Id = $"{form}-{gateway.SystemName}-{field.Name}",
            StoreId = storeId,
            Kind = field.Kind,
            Label = await texts.LabelAsync(gateway, field),
            Hint = await texts.GetAsync($"{GatewaySettingsStore.TextKeyOf(gateway, field)}.Hint"),
            Value = field.Kind == SettingKind.Secret ? null : value,
            HasSecret = hasSecret,
            IsUnreadable = isUnreadable,
            CanRemove = hasSecret && !(field.Required && field.RequiredWhen(settings)),
            PreviousUntil = AdminText.Minute(await previous.UntilAsync(gateway, field, storeId), await texts.TimeZoneAsync()),
            OverrideForStore = await settingsStore.IsOverriddenAsync(gateway, field, storeId)
        };
        foreach (var option in field.Options)
        {
            var text = field.Kind == SettingKind.Choices ? option : await texts.GetAsync($"{GatewaySettingsStore.TextKeyOf(gateway, field)}.{option}");
            model.Options.Add(new OptionModel(option, text, chosen.Contains(option)));
        }
        return model;
    }

    private static GatewayState StateOf(GatewaySettings settings, GatewayHealth seen) =>
        !settings.IsComplete ? GatewayState.Incomplete
        : !settings.IsEnabled ? GatewayState.Off
        : seen.FailingSinceUtc is null ? GatewayState.Ready
        : GatewayState.Failing;

    private async Task<string> StatusAsync(GatewayDescriptor gateway, GatewaySettings settings, GatewayState state, GatewayHealth seen) => state switch
    {
        GatewayState.Incomplete => await texts.GetAsync("Config.Incomplete", await texts.LabelsAsync(gateway, settings.Missing())),
        GatewayState.Failing => await texts.GetAsync("Config.Failing", AdminText.Minute(seen.FailingSinceUtc, await texts.TimeZoneAsync())!, await texts.GetAsync($"Fault.{(GatewayFault)(seen.FaultId ?? 0)}")),
        GatewayState.Ready => await texts.GetAsync("Config.Ready"),
        _ => await texts.GetAsync("Config.Off")
    };
}
