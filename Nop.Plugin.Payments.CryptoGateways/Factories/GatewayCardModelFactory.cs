using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of a gateway's card on the configuration page, drawn from its descriptor.
/// </summary>
public class GatewayCardModelFactory(GatewaySettingsStore settingsStore, CheckoutOffers offers, ILocalizationService localizationService,
    IWebHelper webHelper)
{
    /// <summary>A total to see which coins could be offered at all; what depends on the total itself is left out.</summary>
    private const decimal ProbeTotal = 1m;

    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The store's.</param>
    public async Task<GatewayCardModel> CreateAsync(IPaymentGateway gateway, int storeId, CryptoGatewaysSettings storeSettings)
    {
        var descriptor = gateway.Descriptor;
        var settings = await settingsStore.LoadAsync(descriptor, storeId);
        var card = new GatewayCardModel
        {
            SystemName = descriptor.SystemName,
            Name = descriptor.Name,
            IsReady = settings.IsEnabled && settings.IsComplete,
            IsTest = settings.IsComplete ? gateway.IsTest(settings) : null,
            Status = await StatusAsync(descriptor, settings),
            Minimums = [.. settings.Coins.Where(coin => coin.Minimum > 0).Select(coin => $"{coin.Code} {new Money(coin.Minimum, AmountConverter.UsDollar)}")],
            WebhookUrl = gateway is IWebhookGateway ? $"{webHelper.GetStoreLocation()}Plugins/CryptoGateways/Webhook/{descriptor.SystemName}" : null
        };
        foreach (var field in GatewaySettingsStore.FieldsOf(descriptor))
            card.Fields.Add(await FieldAsync(descriptor, field, settings, storeId));
        foreach (var (coin, quote) in await offers.QuotesAsync(gateway, settings, await offers.PriceAsync(ProbeTotal), storeSettings))
        {
            if (quote.Obstacle is { } obstacle and not (QuoteObstacle.BelowMinimum or QuoteObstacle.TooManyCoins or QuoteObstacle.OtherPrice))
                card.Obstacles.Add($"{coin.Code}: {await TextAsync($"Obstacle.{obstacle}")}");
        }
        return card;
    }

    private async Task<string> StatusAsync(GatewayDescriptor gateway, GatewaySettings settings)
    {
        if (!settings.IsComplete)
        {
            var missing = await Task.WhenAll(settings.Missing().Select(field => LabelAsync(gateway, field)));
            return string.Format(System.Globalization.CultureInfo.CurrentCulture, await TextAsync("Config.Incomplete"), string.Join(", ", missing));
        }
        return await TextAsync(settings.IsEnabled ? "Config.Ready" : "Config.Off");
    }

    private async Task<FieldModel> FieldAsync(GatewayDescriptor gateway, SettingField field, GatewaySettings settings, int storeId)
    {
        var value = settings.Text(field.Name);
        var chosen = GatewaySettings.Split(value);
        var model = new FieldModel
        {
            Name = field.Name,
            Kind = field.Kind,
            Label = await LabelAsync(gateway, field),
            Hint = await TextAsync($"{KeyOf(gateway, field)}.Hint"),
            Value = field.Kind == SettingKind.Secret ? null : value,
            HasSecret = field.Kind == SettingKind.Secret && value.Length > 0,
            OverrideForStore = await settingsStore.IsOverriddenAsync(gateway, field, storeId)
        };
        foreach (var option in field.Options)
        {
            var text = field.Kind == SettingKind.Choices ? option : await TextAsync($"{KeyOf(gateway, field)}.{option}");
            model.Options.Add(new OptionModel(option, text, chosen.Contains(option)));
        }
        return model;
    }

    private Task<string> LabelAsync(GatewayDescriptor gateway, SettingField field) => TextAsync(KeyOf(gateway, field));

    /// <summary>What every gateway has needs one text only.</summary>
    private static string KeyOf(GatewayDescriptor gateway, SettingField field) =>
        GatewaySettingsStore.IsShared(field) ? $"Settings.{field.Name}" : $"Gateways.{gateway.SystemName}.{field.Name}";

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
