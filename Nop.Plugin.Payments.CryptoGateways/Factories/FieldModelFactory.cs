using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the settings of a gateway as form fields.
/// </summary>
public class FieldModelFactory(GatewaySettingsStore settingsStore, PreviousSecrets previous, PluginTexts texts)
{
    /// <inheritdoc cref="GatewaySettingsStore.LoadAsync"/>
    public Task<GatewaySettings> LoadAsync(GatewayDescriptor gateway, int storeId) => settingsStore.LoadAsync(gateway, storeId);

    /// <param name="gateway">The gateway.</param>
    /// <param name="fields">The settings to show.</param>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="form">Prefix of the elements' ids, for a page with several forms.</param>
    /// <param name="entered">What was entered and is not saved yet, in place of the stored values.</param>
    public async Task<IList<FieldModel>> PrepareFieldModelsAsync(GatewayDescriptor gateway, IEnumerable<SettingField> fields, int storeId, string form, GatewayModel? entered)
    {
        var settings = await settingsStore.LoadAsync(gateway, storeId);
        var models = new List<FieldModel>();
        foreach (var field in fields)
        {
            var model = await PrepareFieldModelAsync(gateway, field, settings, storeId, form);
            if (entered?.Fields.FirstOrDefault(other => other.Name == field.Name) is { } posted)
                KeepEntered(model, posted);
            models.Add(model);
        }
        return models;
    }

    /// <summary>Puts what was entered in place of the stored value. A browser does not send the fields that a store does not override.</summary>
    private static void KeepEntered(FieldModel model, FieldModel posted)
    {
        (model.Remove, model.EndPrevious, model.OverrideForStore) = (posted.Remove, posted.EndPrevious, posted.OverrideForStore);
        if (model.StoreId > 0 && !posted.OverrideForStore)
            return;

        model.Value = posted.Value;
        model.Options = [.. model.Options.Select(option => option with { IsSelected = posted.Values.Contains(option.Value) || posted.Value == option.Value })];
    }

    private async Task<FieldModel> PrepareFieldModelAsync(GatewayDescriptor gateway, SettingField field, GatewaySettings settings, int storeId, string form)
    {
        var value = settings.Text(field.Name);
        var isUnreadable = await settingsStore.IsUnreadableAsync(gateway, field, storeId);
        var hasSecret = field.Kind == SettingKind.Secret && (value.Length > 0 || isUnreadable);
        return new FieldModel
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
            OverrideForStore = await settingsStore.IsOverriddenAsync(gateway, field, storeId),
            Options = await PrepareOptionsAsync(gateway, field, GatewaySettings.Split(value))
        };
    }

    private async Task<IList<OptionModel>> PrepareOptionsAsync(GatewayDescriptor gateway, SettingField field, string[] selected)
    {
        var options = new List<OptionModel>();
        foreach (var option in field.Options)
        {
            var text = gateway.Coins.FirstOrDefault(coin => field.Name == gateway.CoinsField && coin.Code == option) is { } coin ? await texts.CoinAsync(gateway, coin)
                : field.Kind == SettingKind.Choices ? option
                : await texts.GetAsync($"{GatewaySettingsStore.TextKeyOf(gateway, field)}.{option}");
            options.Add(new OptionModel(option, text, selected.Contains(option)));
        }
        return options;
    }
}
