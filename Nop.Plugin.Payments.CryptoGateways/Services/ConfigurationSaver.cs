using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Checks and saves what an owner entered on the configuration page.
/// </summary>
public class ConfigurationSaver(GatewayRegistry registry, GatewaySettingsStore settingsStore, PriceTable priceTable, ISettingService settingService)
{
    /// <summary>The longest time that an attempt can be watched, in days.</summary>
    private const int LongestWatch = 365;

    /// <summary>The most that may be missing, in per cent: a larger number is a slip, not a policy.</summary>
    private const decimal LargestTolerance = 20m;

    /// <summary>The longest time that a coin's price can be used, in hours.</summary>
    private const int LongestPriceAge = 8760;

    /// <summary>The longest time that old webhooks can be kept, in days.</summary>
    private const int LongestRetention = 3650;

    /// <summary>What is wrong, as the form field's name and the end of the text key of the reason.</summary>
    public IEnumerable<(string Key, string Error)> Check(ConfigurationModel model, int storeId)
    {
        if (model.WatchDays is < 1 or > LongestWatch)
            yield return (nameof(model.WatchDays), "WatchDays");
        if (model.UnderpaidPercent is < 0 or > LargestTolerance)
            yield return (nameof(model.UnderpaidPercent), "UnderpaidPercent");
        if (model.UnderpaidAmount < 0)
            yield return (nameof(model.UnderpaidAmount), "UnderpaidAmount");
        if (model.CancelUnpaidAfterHours is < 0 or > LongestWatch * 24)
            yield return (nameof(model.CancelUnpaidAfterHours), "CancelUnpaidAfterHours");
        if (storeId == 0 && model.InboxRetentionDays is not (>= 7 and <= LongestRetention))
            yield return (nameof(model.InboxRetentionDays), "InboxRetentionDays");

        if (model.MaximumPriceAgeHours is < 1 or > LongestPriceAge)
            yield return (nameof(model.MaximumPriceAgeHours), "MaximumPriceAgeHours");

        foreach (var (_, text, key) in NewPrices(model))
        {
            if (PriceText.Read(text) is null)
                yield return (key, "Price");
        }

        foreach (var (gateway, posted, key) in Fields(model))
        {
            if (SettingRules.ErrorOf(gateway.Field, ValueOf(gateway.Field, posted)) is { } error)
                yield return (key, error);
        }
    }

    /// <summary>Saves what was checked, for one store or (0) for all.</summary>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        settings.WatchDays = model.WatchDays;
        settings.UnderpaidPercent = model.UnderpaidPercent;
        settings.UnderpaidAmount = model.UnderpaidAmount;
        settings.AcceptLate = model.AcceptLate;
        settings.ReviveCancelled = model.ReviveCancelled;
        settings.CancelUnpaidAfterHours = model.CancelUnpaidAfterHours;
        settings.TakePeggedCoinsAtPeg = model.TakePeggedCoinsAtPeg;
        settings.MaximumPriceAgeHours = model.MaximumPriceAgeHours;
        settings.InboxRetentionDays = model.InboxRetentionDays;
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.WatchDays, model.WatchDays_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidPercent, model.UnderpaidPercent_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidAmount, model.UnderpaidAmount_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.AcceptLate, model.AcceptLate_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ReviveCancelled, model.ReviveCancelled_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.CancelUnpaidAfterHours, model.CancelUnpaidAfterHours_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.TakePeggedCoinsAtPeg, model.TakePeggedCoinsAtPeg_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.MaximumPriceAgeHours, model.MaximumPriceAgeHours_OverrideForStore, storeId, false);

        foreach (var (coin, text, _) in NewPrices(model))
            await priceTable.EnterAsync(coin, new Money(PriceText.Read(text)!.Value, AmountConverter.UsDollar));

        if (storeId == 0)
            await settingService.SaveSettingAsync(settings, x => x.InboxRetentionDays, storeId, false);

        foreach (var (gateway, posted, _) in Fields(model))
        {
            if (storeId > 0 && !posted.OverrideForStore)
            {
                await settingsStore.RemoveOverrideAsync(gateway.Descriptor, gateway.Field, storeId);
                continue;
            }

            var value = ValueOf(gateway.Field, posted);
            if (value.Length > 0 || gateway.Field.Kind != SettingKind.Secret)
                await settingsStore.SaveAsync(gateway.Descriptor, gateway.Field, value, storeId);
        }
        await settingService.ClearCacheAsync();
    }

    /// <summary>The prices that were entered, for coins that exist; what was left empty stays as it is.</summary>
    private IEnumerable<(string Coin, string Text, string Key)> NewPrices(ConfigurationModel model) =>
        from posted in model.Prices.Select((price, index) => (price.Coin, Text: price.NewPrice?.Trim() ?? string.Empty, Key: $"Prices[{index}].NewPrice"))
        where posted.Text.Length > 0 && registry.All.Any(gateway => gateway.Descriptor.Coins.Any(coin => coin.Code == posted.Coin))
        select posted;

    private IEnumerable<((GatewayDescriptor Descriptor, SettingField Field) Gateway, FieldModel Posted, string Key)> Fields(ConfigurationModel model)
    {
        for (var i = 0; i < model.Gateways.Count; i++)
        {
            if (registry.Find(model.Gateways[i].SystemName)?.Descriptor is not { } descriptor)
                continue;

            for (var j = 0; j < model.Gateways[i].Fields.Count; j++)
            {
                var posted = model.Gateways[i].Fields[j];
                if (GatewaySettingsStore.FieldsOf(descriptor).FirstOrDefault(field => field.Name == posted.Name) is { } field)
                    yield return ((descriptor, field), posted, $"Gateways[{i}].Fields[{j}].Value");
            }
        }
    }

    private static string ValueOf(SettingField field, FieldModel posted) => field.Kind switch
    {
        SettingKind.Choices => string.Join(',', posted.Values),
        SettingKind.Flag => posted.Value == GatewaySettings.FlagOn ? GatewaySettings.FlagOn : "false",
        _ => posted.Value?.Trim() ?? string.Empty
    };
}
