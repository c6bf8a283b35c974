using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the configuration page.
/// </summary>
public class ConfigurationModelFactory(GatewayRegistry registry, GatewayCardModelFactory gatewayCards, CoinPriceModelFactory coinPrices,
    ConfigurationOverviewFactory overview, PaymentEventService events, ISettingService settingService)
{
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="posted">What was entered and could not be saved; shown again, except secrets.</param>
    /// <param name="provider">System name of the gateway to set up in the guide; null lets the guide choose.</param>
    public async Task<ConfigurationModel> CreateAsync(int storeId, ConfigurationModel? posted = null, string? provider = null)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var model = new ConfigurationModel
        {
            ActiveStoreScopeConfiguration = storeId,
            WatchDays = settings.WatchDays,
            UnderpaidPercent = posted?.UnderpaidPercent ?? Money.NumberOf(settings.UnderpaidPercent),
            UnderpaidAmount = posted?.UnderpaidAmount ?? Money.NumberOf(settings.UnderpaidAmount),
            AcceptLate = settings.AcceptLate,
            ReopenCancelled = settings.ReopenCancelled,
            CancelUnpaidAfterHours = settings.CancelUnpaidAfterHours,
            InboxRetentionDays = settings.InboxRetentionDays,
            RemoveDataOnUninstall = settings.RemoveDataOnUninstall,
            TakePeggedCoinsAtPeg = settings.TakePeggedCoinsAtPeg,
            QuoteMinutes = settings.QuoteMinutes,
            MaximumPriceAgeHours = settings.MaximumPriceAgeHours,
            Prices = await coinPrices.ListAsync(storeId, settings)
        };
        if (storeId > 0)
        {
            model.WatchDays_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.WatchDays, storeId);
            model.UnderpaidPercent_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidPercent, storeId);
            model.UnderpaidAmount_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidAmount, storeId);
            model.AcceptLate_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.AcceptLate, storeId);
            model.ReopenCancelled_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.ReopenCancelled, storeId);
            model.CancelUnpaidAfterHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.CancelUnpaidAfterHours, storeId);
            model.TakePeggedCoinsAtPeg_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.TakePeggedCoinsAtPeg, storeId);
            model.QuoteMinutes_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.QuoteMinutes, storeId);
            model.MaximumPriceAgeHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.MaximumPriceAgeHours, storeId);
        }
        var pending = await events.CountOpenWebhooksAsync();
        foreach (var gateway in registry.All)
            model.Gateways.Add(await gatewayCards.CreateAsync(gateway, storeId, settings, pending.GetValueOrDefault(gateway.Descriptor.SystemName)));
        foreach (var entered in posted?.Gateways ?? [])
            GatewayCardModelFactory.KeepEntered(model.Gateways.FirstOrDefault(card => card.SystemName == entered.SystemName), entered);
        foreach (var price in model.Prices)
            price.NewPrice = posted?.Prices.FirstOrDefault(entered => entered.Coin == price.Coin)?.NewPrice;
        await overview.AddAsync(model, provider);
        return model;
    }
}
