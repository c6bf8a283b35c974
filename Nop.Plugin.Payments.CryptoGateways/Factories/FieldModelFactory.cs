using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of a gateway's setting, drawn from its declaration.
/// </summary>
public class FieldModelFactory(GatewaySettingsStore settingsStore, PreviousSecrets previous, ILocalizationService localizationService)
{
    /// <param name="gateway">The gateway.</param>
    /// <param name="field">The setting.</param>
    /// <param name="settings">The values that count.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="form">Start of the id of its element, for a page with several forms.</param>
    public async Task<FieldModel> CreateAsync(GatewayDescriptor gateway, SettingField field, GatewaySettings settings, int storeId, string form)
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
            Label = await LabelAsync(gateway, field),
            Hint = await TextAsync($"{KeyOf(gateway, field)}.Hint"),
            Value = field.Kind == SettingKind.Secret ? null : value,
            HasSecret = hasSecret,
            IsUnreadable = isUnreadable,
            CanRemove = hasSecret && !(field.Required && field.RequiredWhen(settings)),
            PreviousUntil = AdminText.Minute(await previous.UntilAsync(gateway, field, storeId)),
            OverrideForStore = await settingsStore.IsOverriddenAsync(gateway, field, storeId)
        };
        foreach (var option in field.Options)
        {
            var text = field.Kind == SettingKind.Choices ? option : await TextAsync($"{KeyOf(gateway, field)}.{option}");
            model.Options.Add(new OptionModel(option, text, chosen.Contains(option)));
        }
        return model;
    }

    public Task<string> LabelAsync(GatewayDescriptor gateway, SettingField field) => TextAsync(KeyOf(gateway, field));

    /// <summary>The labels of several, as a sentence lists them.</summary>
    public async Task<string> LabelsAsync(GatewayDescriptor gateway, IEnumerable<SettingField> fields)
    {
        var labels = new List<string>();
        foreach (var field in fields)
            labels.Add(await LabelAsync(gateway, field));
        return string.Join(", ", labels);
    }

    /// <summary>Shows again what was entered and could not be saved, except secrets.</summary>
    public static void KeepEntered(GatewayCardModel? card, GatewayCardModel entered)
    {
        foreach (var field in card?.Fields ?? [])
        {
            if (field.Kind == SettingKind.Secret || entered.Fields.FirstOrDefault(other => other.Name == field.Name) is not { } kept)
                continue;

            field.Value = kept.Value;
            field.OverrideForStore = kept.OverrideForStore;
            field.Options = [.. field.Options.Select(option => option with { IsSelected = kept.Values.Contains(option.Value) || kept.Value == option.Value })];
        }
    }

    /// <summary>What every gateway has needs one text only.</summary>
    private static string KeyOf(GatewayDescriptor gateway, SettingField field) =>
        GatewaySettingsStore.IsShared(field) ? $"Settings.{field.Name}" : $"Gateways.{gateway.SystemName}.{field.Name}";

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
