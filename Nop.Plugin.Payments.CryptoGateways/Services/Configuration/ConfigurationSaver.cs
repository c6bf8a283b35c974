using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Saves the settings that an administrator entered. The validators in Validators/ have accepted them.
/// </summary>
public class ConfigurationSaver(GatewayRegistry registry, GatewaySettingsStore settingsStore, PreviousSecrets previous, CoinPriceService coinPrices, ISettingService settingService)
{
    /// <summary>Saves the general settings and new coin prices.</summary>
    /// <param name="model">The posted settings.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        settings.WatchDays = model.WatchDays;
        settings.UnderpaidPercent = PriceText.ReadTolerance(model.UnderpaidPercent) ?? 0m;
        settings.UnderpaidAmount = PriceText.ReadTolerance(model.UnderpaidAmount) ?? 0m;
        settings.AcceptLate = model.AcceptLate;
        settings.ReopenCancelled = model.ReopenCancelled;
        settings.CancelUnpaidAfterHours = model.CancelUnpaidAfterHours;
        settings.TakePeggedCoinsAtPeg = model.TakePeggedCoinsAtPeg;
        settings.QuoteMinutes = model.QuoteMinutes;
        settings.MaximumPriceAgeHours = model.MaximumPriceAgeHours;
        settings.InboxRetentionDays = model.InboxRetentionDays;
        settings.AccentColor = model.AccentColor?.Trim() ?? string.Empty;
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.WatchDays, model.WatchDays_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidPercent, model.UnderpaidPercent_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.UnderpaidAmount, model.UnderpaidAmount_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.AcceptLate, model.AcceptLate_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ReopenCancelled, model.ReopenCancelled_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.CancelUnpaidAfterHours, model.CancelUnpaidAfterHours_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.TakePeggedCoinsAtPeg, model.TakePeggedCoinsAtPeg_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.QuoteMinutes, model.QuoteMinutes_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.MaximumPriceAgeHours, model.MaximumPriceAgeHours_OverrideForStore, storeId, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.AccentColor, model.AccentColor_OverrideForStore, storeId, false);

        foreach (var entered in model.Prices.Where(entered => IsOffered(entered.Coin)))
        {
            if (PriceText.Read(entered.NewPrice?.Trim() ?? string.Empty) is { } price)
                await coinPrices.SetAsync(entered.Coin, new Money(price, AmountConverter.UsDollar));
        }

        if (storeId == 0)
        {
            settings.RemoveDataOnUninstall = model.RemoveDataOnUninstall;
            await settingService.SaveSettingAsync(settings, x => x.InboxRetentionDays, storeId, false);
            await settingService.SaveSettingAsync(settings, x => x.RemoveDataOnUninstall, storeId, false);
        }
        await settingService.ClearCacheAsync();
    }

    /// <summary>Saves a gateway's settings.</summary>
    /// <param name="model">The posted settings.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task SaveAsync(GatewayModel model, int storeId)
    {
        foreach (var (gateway, field, posted) in Fields(model))
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
        await settingService.ClearCacheAsync();
    }

    /// <summary>True for a coin of any gateway.</summary>
    private bool IsOffered(string coin) => registry.All.Any(gateway => gateway.Descriptor.Coins.Any(own => own.Code == coin));

    private IEnumerable<(GatewayDescriptor Gateway, SettingField Field, FieldModel Posted)> Fields(GatewayModel model) =>
        registry.Find(model.SystemName)?.Descriptor is { } gateway
            ? from posted in model.Fields
              from field in GatewaySettingsStore.FieldsOf(gateway)
              where field.Name == posted.Name
              select (gateway, field, posted)
            : [];
}

/// <summary>
/// Names of the attributes in which the platform's script stores which cards an administrator has collapsed.
/// </summary>
public static class CollapsedCards
{
    /// <summary>Prefix of the attribute names.</summary>
    public const string Prefix = "CryptoGateways.Hide.";

    /// <summary>Name of a card's attribute.</summary>
    public static string AttributeOf(string card) => Prefix + card;
}
