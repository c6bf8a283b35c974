using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Model of the configuration page.
/// </summary>
public class ConfigurationModelFactory(GatewayRegistry registry, GatewayCardModelFactory gatewayCards, CoinPriceModelFactory coinPrices,
    ISettingService settingService)
{
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="posted">What was entered and could not be saved; it is shown again, except secrets.</param>
    public async Task<ConfigurationModel> CreateAsync(int storeId, ConfigurationModel? posted = null)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var model = new ConfigurationModel
        {
            ActiveStoreScopeConfiguration = storeId,
            WatchDays = settings.WatchDays,
            UnderpaidPercent = settings.UnderpaidPercent,
            UnderpaidAmount = settings.UnderpaidAmount,
            AcceptLate = settings.AcceptLate,
            ReviveCancelled = settings.ReviveCancelled,
            CancelUnpaidAfterHours = settings.CancelUnpaidAfterHours,
            InboxRetentionDays = settings.InboxRetentionDays,
            TakePeggedCoinsAtPeg = settings.TakePeggedCoinsAtPeg,
            MaximumPriceAgeHours = settings.MaximumPriceAgeHours,
            Prices = await coinPrices.ListAsync(storeId, settings)
        };
        if (storeId > 0)
        {
            model.WatchDays_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.WatchDays, storeId);
            model.UnderpaidPercent_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidPercent, storeId);
            model.UnderpaidAmount_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidAmount, storeId);
            model.AcceptLate_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.AcceptLate, storeId);
            model.ReviveCancelled_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.ReviveCancelled, storeId);
            model.CancelUnpaidAfterHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.CancelUnpaidAfterHours, storeId);
            model.TakePeggedCoinsAtPeg_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.TakePeggedCoinsAtPeg, storeId);
            model.MaximumPriceAgeHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.MaximumPriceAgeHours, storeId);
        }
        foreach (var gateway in registry.All)
            model.Gateways.Add(await gatewayCards.CreateAsync(gateway, storeId, settings));
        foreach (var entered in posted?.Gateways ?? [])
            KeepEntered(model.Gateways.FirstOrDefault(card => card.SystemName == entered.SystemName), entered);
        foreach (var price in model.Prices)
            price.NewPrice = posted?.Prices.FirstOrDefault(entered => entered.Coin == price.Coin)?.NewPrice;
        return model;
    }

    private static void KeepEntered(GatewayCardModel? card, GatewayCardModel entered)
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
}
