using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the coins that need a price on the configuration page.
/// </summary>
public class CoinPriceModelFactory(GatewayRegistry registry, GatewaySettingsStore settingsStore, CoinPriceService prices, PluginTexts texts)
{
    /// <summary>The coins that an enabled gateway counts in units of the coin.</summary>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The plugin's settings for that store.</param>
    public async Task<IList<CoinPriceModel>> ListAsync(int storeId, CryptoGatewaysSettings storeSettings)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var gateway in registry.All)
        {
            var settings = await settingsStore.LoadAsync(gateway.Descriptor, storeId);
            if (settings.IsEnabled)
                codes.UnionWith(settings.Coins.Where(coin => AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings)).Select(coin => coin.Code));
        }

        var zone = await texts.TimeZoneAsync();
        var models = new List<CoinPriceModel>();
        foreach (var code in codes)
            models.Add(ModelOf(code, await prices.FindAsync(code, AmountConverter.UsDollar), storeSettings, zone));
        return models;
    }

    private CoinPriceModel ModelOf(string coin, CoinPrice? price, CryptoGatewaysSettings storeSettings, TimeZoneInfo zone) => price is null
        ? new CoinPriceModel { Coin = coin }
        : new CoinPriceModel
        {
            Coin = coin,
            Price = new Money(price.Price, price.Currency).ToString(),
            AsOf = AdminText.Minute(price.AsOfUtc, zone),
            IsStale = prices.IsStale(price, storeSettings)
        };
}
