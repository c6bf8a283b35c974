using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Checks and saves what an owner entered on the configuration page.
/// </summary>
public class ConfigurationSaver(GatewayRegistry registry, GatewaySettingsStore settingsStore, SecretDestinations destinations, PreviousSecrets previous,
    CoinPriceService priceTable, ISettingService settingService)
{
    /// <summary>The longest time that an attempt can be watched, in days.</summary>
    private const int LongestWatch = 365;

    /// <summary>The most that may be missing, in per cent: a larger number is a slip, not a policy.</summary>
    private const decimal LargestTolerance = PaymentPolicy.LargestTolerancePercent;

    /// <summary>The shortest and the longest lifetime of a quote, in minutes: a shopper needs some minutes to pay.</summary>
    private const int ShortestQuote = 5;

    /// <inheritdoc cref="ShortestQuote"/>
    private const int LongestQuote = 1440;

    /// <summary>The longest time that a coin's price can be used, in hours.</summary>
    private const int LongestPriceAge = 8760;

    /// <summary>The longest time that old webhooks can be kept, in days.</summary>
    private const int LongestRetention = 3650;

    /// <summary>What is wrong, as the form field's name and the end of the text key of the reason.</summary>
    public IEnumerable<(string Key, string Error)> Check(ConfigurationModel model, int storeId)
    {
        if (Counts(model.WatchDays_OverrideForStore) && model.WatchDays is < 1 or > LongestWatch)
            yield return (nameof(model.WatchDays), "WatchDays");
        if (Counts(model.UnderpaidPercent_OverrideForStore) && ToleranceIn(model.UnderpaidPercent) is not <= LargestTolerance)
            yield return (nameof(model.UnderpaidPercent), "UnderpaidPercent");
        if (Counts(model.UnderpaidAmount_OverrideForStore) && ToleranceIn(model.UnderpaidAmount) is null)
            yield return (nameof(model.UnderpaidAmount), "UnderpaidAmount");
        if (Counts(model.CancelUnpaidAfterHours_OverrideForStore) && model.CancelUnpaidAfterHours is < 0 or > LongestWatch * 24)
            yield return (nameof(model.CancelUnpaidAfterHours), "CancelUnpaidAfterHours");
        if (storeId == 0 && model.InboxRetentionDays is not (>= 7 and <= LongestRetention))
            yield return (nameof(model.InboxRetentionDays), "InboxRetentionDays");

        if (Counts(model.QuoteMinutes_OverrideForStore) && model.QuoteMinutes is < ShortestQuote or > LongestQuote)
            yield return (nameof(model.QuoteMinutes), "QuoteMinutes");
        if (Counts(model.MaximumPriceAgeHours_OverrideForStore) && model.MaximumPriceAgeHours is < 1 or > LongestPriceAge)
            yield return (nameof(model.MaximumPriceAgeHours), "MaximumPriceAgeHours");

        foreach (var (_, text, key) in NewPrices(model))
        {
            if (PriceText.Read(text) is null)
                yield return (key, "Price");
        }

        for (var i = 0; i < model.Gateways.Count; i++)
        {
            foreach (var (field, error) in Check(model.Gateways[i]))
                yield return ($"Gateways[{i}].Fields[{field}].Value", error);
        }

        // The page does not send the fields that a store leaves to the shared settings.
        bool Counts(bool isOverridden) => storeId == 0 || isOverridden;
    }

    /// <summary>The stored secrets that would be sent to another host than the one they were entered for, in the form of <see cref="Check(ConfigurationModel, int)"/>.</summary>
    public async Task<IReadOnlyList<(string Key, string Error)>> CheckSecretsAsync(ConfigurationModel model, int storeId)
    {
        var errors = new List<(string, string)>();
        for (var i = 0; i < model.Gateways.Count; i++)
        {
            if (registry.Find(model.Gateways[i].SystemName)?.Descriptor is not { } gateway)
                continue;

            foreach (var (field, isOtherStores) in await destinations.MisdirectedAsync(gateway, model.Gateways[i], storeId))
            {
                var number = model.Gateways[i].Fields.ToList().FindIndex(posted => posted.Name == field.Name);
                errors.Add(($"Gateways[{i}].Fields[{number}].Value", isOtherStores ? "OtherHostInStore" : "OtherHost"));
            }
        }
        return errors;
    }

    /// <summary>What is wrong with a gateway's fields, as the field's number and the end of the text key of the reason.</summary>
    private IEnumerable<(int Field, string Error)> Check(GatewayCardModel card) =>
        from entered in Fields(card)
        let error = SettingRules.ErrorOf(entered.Field, EnteredSettings.ValueOf(entered.Field, entered.Posted))
        where error is not null
        select (entered.Number, error);

    /// <summary>Saves what was checked, for one store or (0) for all.</summary>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        settings.WatchDays = model.WatchDays;
        settings.UnderpaidPercent = ToleranceIn(model.UnderpaidPercent) ?? 0m;
        settings.UnderpaidAmount = ToleranceIn(model.UnderpaidAmount) ?? 0m;
        settings.AcceptLate = model.AcceptLate;
        settings.ReopenCancelled = model.ReopenCancelled;
        settings.CancelUnpaidAfterHours = model.CancelUnpaidAfterHours;
        settings.TakePeggedCoinsAtPeg = model.TakePeggedCoinsAtPeg;
        settings.QuoteMinutes = model.QuoteMinutes;
        settings.MaximumPriceAgeHours = model.MaximumPriceAgeHours;
        settings.InboxRetentionDays = model.InboxRetentionDays;
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.WatchDays, model.WatchDays_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidPercent, model.UnderpaidPercent_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidAmount, model.UnderpaidAmount_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.AcceptLate, model.AcceptLate_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ReopenCancelled, model.ReopenCancelled_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.CancelUnpaidAfterHours, model.CancelUnpaidAfterHours_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.TakePeggedCoinsAtPeg, model.TakePeggedCoinsAtPeg_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.QuoteMinutes, model.QuoteMinutes_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.MaximumPriceAgeHours, model.MaximumPriceAgeHours_OverrideForStore, storeId, false);

        foreach (var (coin, text, _) in NewPrices(model))
            await priceTable.SetAsync(coin, new Money(PriceText.Read(text)!.Value, AmountConverter.UsDollar));

        if (storeId == 0)
        {
            settings.RemoveDataOnUninstall = model.RemoveDataOnUninstall;
            await settingService.SaveSettingAsync(settings, x => x.InboxRetentionDays, storeId, false);
            await settingService.SaveSettingAsync(settings, x => x.RemoveDataOnUninstall, storeId, false);
        }

        foreach (var card in model.Gateways)
            await SaveAsync(card, storeId);
        await settingService.ClearCacheAsync();
    }

    /// <summary>Saves a gateway's fields; the caller clears the cache.</summary>
    public async Task SaveAsync(GatewayCardModel card, int storeId)
    {
        foreach (var (gateway, field, posted, _) in Fields(card))
        {
            if (posted.EndPrevious)
                await previous.EndAsync(gateway, field, storeId);
            if (storeId > 0 && !posted.OverrideForStore)
            {
                await previous.KeepAsync(gateway, field, storeId, (await settingsStore.LoadAsync(gateway, storeId: 0)).Text(field.Name));
                await settingsStore.RemoveOverrideAsync(gateway, field, storeId);
                continue;
            }

            var value = EnteredSettings.ValueOf(field, posted);
            if (value.Length == 0 && field.Kind == SettingKind.Secret && !posted.Remove)
                continue;

            await previous.KeepAsync(gateway, field, storeId, value);
            await settingsStore.SaveAsync(gateway, field, value, storeId);
        }
    }

    /// <summary>Nothing is 0; null for what is no number.</summary>
    private static decimal? ToleranceIn(string? text) => string.IsNullOrWhiteSpace(text) ? 0m : PriceText.ReadFromZero(text.Trim());

    /// <summary>The prices that were entered, for coins that exist; what was left empty stays as it is.</summary>
    private IEnumerable<(string Coin, string Text, string Key)> NewPrices(ConfigurationModel model) =>
        from posted in model.Prices.Select((price, index) => (price.Coin, Text: price.NewPrice?.Trim() ?? string.Empty, Key: $"Prices[{index}].NewPrice"))
        where posted.Text.Length > 0 && registry.All.Any(gateway => gateway.Descriptor.Coins.Any(coin => coin.Code == posted.Coin))
        select posted;

    private IEnumerable<(GatewayDescriptor Gateway, SettingField Field, FieldModel Posted, int Number)> Fields(GatewayCardModel card) =>
        registry.Find(card.SystemName)?.Descriptor is { } gateway
            ? from posted in card.Fields.Select((field, number) => (Field: field, Number: number))
              from field in GatewaySettingsStore.FieldsOf(gateway)
              where field.Name == posted.Field.Name
              select (gateway, field, posted.Field, posted.Number)
            : [];
}
