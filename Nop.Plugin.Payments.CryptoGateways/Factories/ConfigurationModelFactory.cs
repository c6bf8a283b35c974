using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the page of the general settings.
/// </summary>
public class ConfigurationModelFactory(GatewayRegistry registry, GatewaySettingsStore settingsStore, CoinPriceService coinPrices, ISettingService settingService, PluginTexts texts)
{
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="posted">What was entered and is not saved yet; null shows the stored settings.</param>
    public async Task<ConfigurationModel> PrepareConfigurationModelAsync(int storeId, ConfigurationModel? posted = null)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var model = await PrepareSettingsAsync(settings, storeId);
        if (posted is not null)
            KeepEntered(model, posted);

        model.Prices = await PrepareCoinPriceModelsAsync(storeId, settings);
        foreach (var price in model.Prices)
            price.NewPrice = posted?.Prices.FirstOrDefault(entered => entered.Coin == price.Coin)?.NewPrice;
        return model;
    }

    /// <summary>The coins that an enabled gateway counts in units of the coin.</summary>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The plugin's settings for that store.</param>
    internal async Task<IList<CoinPriceModel>> PrepareCoinPriceModelsAsync(int storeId, CryptoGatewaysSettings storeSettings)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var gateway in registry.All)
        {
            var settings = await settingsStore.LoadAsync(gateway.Descriptor, storeId);
            foreach (var coin in settings.Coins.Where(coin => settings.IsEnabled && AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings)))
                names.TryAdd(coin.Code, await texts.CoinAsync(gateway.Descriptor, coin));
        }

        var zone = await texts.TimeZoneAsync();
        var models = new List<CoinPriceModel>();
        foreach (var (code, name) in names)
        {
            var price = await coinPrices.FindAsync(code, AmountConverter.UsDollar);
            models.Add(new CoinPriceModel
            {
                Coin = code,
                Name = name,
                Price = price is null ? null : new Money(price.Price, price.Currency).ToString(),
                AsOf = AdminText.Minute(price?.AsOfUtc, zone),
                IsStale = price is not null && coinPrices.IsStale(price, storeSettings)
            });
        }
        return models;
    }

    private async Task<ConfigurationModel> PrepareSettingsAsync(CryptoGatewaysSettings settings, int storeId)
    {
        var model = new ConfigurationModel
        {
            ActiveStoreScopeConfiguration = storeId,
            WatchDays = settings.WatchDays,
            UnderpaidPercent = Money.NumberOf(settings.UnderpaidPercent),
            UnderpaidAmount = Money.NumberOf(settings.UnderpaidAmount),
            AcceptLate = settings.AcceptLate,
            ReopenCancelled = settings.ReopenCancelled,
            CancelUnpaidAfterHours = settings.CancelUnpaidAfterHours,
            InboxRetentionDays = settings.InboxRetentionDays,
            RemoveDataOnUninstall = settings.RemoveDataOnUninstall,
            TakePeggedCoinsAtPeg = settings.TakePeggedCoinsAtPeg,
            QuoteMinutes = settings.QuoteMinutes,
            MaximumPriceAgeHours = settings.MaximumPriceAgeHours,
            AccentColor = settings.AccentColor
        };
        if (storeId == 0)
            return model;

        model.WatchDays_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.WatchDays, storeId);
        model.UnderpaidPercent_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidPercent, storeId);
        model.UnderpaidAmount_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.UnderpaidAmount, storeId);
        model.AcceptLate_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.AcceptLate, storeId);
        model.ReopenCancelled_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.ReopenCancelled, storeId);
        model.CancelUnpaidAfterHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.CancelUnpaidAfterHours, storeId);
        model.TakePeggedCoinsAtPeg_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.TakePeggedCoinsAtPeg, storeId);
        model.QuoteMinutes_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.QuoteMinutes, storeId);
        model.MaximumPriceAgeHours_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.MaximumPriceAgeHours, storeId);
        model.AccentColor_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.AccentColor, storeId);
        return model;
    }

    /// <summary>
    /// Puts what was entered in place of the stored settings, for each setting and its X_OverrideForStore. A browser does not send the
    /// fields that a store does not override, nor those that apply to all stores only.
    /// </summary>
    internal static void KeepEntered(ConfigurationModel model, ConfigurationModel posted)
    {
        var isShared = model.ActiveStoreScopeConfiguration == 0;
        foreach (var setting in typeof(CryptoGatewaysSettings).GetProperties())
        {
            var value = typeof(ConfigurationModel).GetProperty(setting.Name)!;
            var isOverridden = typeof(ConfigurationModel).GetProperty($"{setting.Name}_OverrideForStore");
            if (isShared || isOverridden?.GetValue(posted) is true)
                value.SetValue(model, value.GetValue(posted));
            isOverridden?.SetValue(model, isOverridden.GetValue(posted));
        }
    }
}

/// <summary>
/// Prepares the configuration page: the list of gateways and the setup guide.
/// </summary>
public class GatewayListModelFactory(GatewayRegistry registry, GatewayModelFactory gateways, OverviewModelFactory overview, PaymentSearch search,
    StoreUrls urls, PaymentSettings paymentSettings)
{
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="chosen">System name of the gateway to set up in the guide; null for the first ready one, else the first.</param>
    /// <param name="entered">What was entered in the guide and is not saved yet.</param>
    public async Task<GatewayListModel> PrepareGatewayListModelAsync(int storeId, string? chosen = null, GatewayModel? entered = null)
    {
        var model = new GatewayListModel();
        var lastPaid = await search.LastPaidAsync();
        foreach (var gateway in registry.All)
            model.Gateways.Add(await gateways.PrepareGatewayRowModelAsync(gateway, storeId, lastPaid.TryGetValue(gateway.Descriptor.SystemName, out var paid) ? paid : null));
        await overview.PrepareOverviewAsync(model, storeId);
        if (storeId == 0)
            model.Guide = await PrepareSetupModelAsync([.. model.Gateways.Where(row => row.State is GatewayState.Ready or GatewayState.Failing).Select(row => row.SystemName)], chosen, entered);
        return model;
    }

    /// <summary>Null once a first payment exists: the store is set up then.</summary>
    private async Task<SetupModel?> PrepareSetupModelAsync(IReadOnlyCollection<string> ready, string? chosen, GatewayModel? entered)
    {
        var isActive = paymentSettings.ActivePaymentMethodSystemNames.Contains(CryptoGatewaysDefaults.SystemName);
        if (isActive && ready.Count > 0 && await search.AnyAsync())
            return null;

        var gateway = registry.Find(chosen) ?? registry.Find(ready.FirstOrDefault()) ?? registry.All[0];
        return new SetupModel
        {
            Providers = [.. registry.All.Select(one => (one.Descriptor.SystemName, one.Descriptor.Name))],
            Setup = await gateways.PrepareSetupGatewayModelAsync(gateway, entered),
            IsDone = isActive && ready.Count > 0 && chosen is null,
            StoreUrl = (await urls.FindAsync(storeId: 0))?.AbsoluteUri ?? "/"
        };
    }
}

/// <summary>
/// Prepares what needs attention: alerts, warnings about store URLs, and the state of the schedule task.
/// </summary>
public class OverviewModelFactory(AdminAlerts alerts, TaskHealth taskHealth, StoreUrls urls, PluginTexts texts)
{
    /// <param name="model">The configuration page.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task PrepareOverviewAsync(GatewayListModel model, int storeId)
    {
        foreach (var warning in await urls.WarningsAsync(storeId))
            model.StoreUrlWarnings.Add(await texts.GetAsync($"Config.StoreUrl.{warning.Problem}", warning.Store, warning.Url ?? string.Empty, warning.RequestHost ?? string.Empty));
        model.Alerts = await PrepareAlertsModelAsync(CryptoGatewaysDefaults.ConfigurationPage);
        var task = await taskHealth.ReadAsync();
        model.IsTaskLate = task.IsLate;
        model.Task = await TaskTextAsync(task);
    }

    /// <param name="returnUrl">The page that shows the alerts.</param>
    public async Task<AlertsModel> PrepareAlertsModelAsync(string returnUrl)
    {
        var zone = await texts.TimeZoneAsync();
        return new AlertsModel
        {
            ReturnUrl = returnUrl,
            Alerts = [.. (await alerts.OpenAsync()).Select(alert => new AlertModel(alert.Id, alert.OrderId, alert.Message, AdminText.Minute(alert.CreatedOnUtc, zone)!))]
        };
    }

    private async Task<string> TaskTextAsync(TaskState task)
    {
        var lastRun = AdminText.Minute(task.LastRunUtc, await texts.TimeZoneAsync()) ?? await texts.GetAsync("Config.Task.Never");
        return !task.IsEnabled ? await texts.GetAsync("Config.Task.Off")
            : task.IsLate ? await texts.GetAsync("Config.Task.Late", lastRun, (await urls.FindAsync(storeId: 0))?.AbsoluteUri ?? "-")
            : await texts.GetAsync("Config.Task.Fine", lastRun);
    }
}
