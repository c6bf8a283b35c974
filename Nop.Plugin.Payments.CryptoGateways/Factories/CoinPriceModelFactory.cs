using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the coins whose price the owner enters on the configuration page.
/// </summary>
public class CoinPriceModelFactory(GatewayRegistry registry, GatewaySettingsStore settingsStore, CoinPriceService priceTable)
{
    /// <summary>Every coin that a gateway which is switched on counts in units of the coin.</summary>
    /// <param name="storeId">0 for all stores.</param>
    /// <param name="storeSettings">The store's.</param>
    public async Task<IList<CoinPriceModel>> ListAsync(int storeId, CryptoGatewaysSettings storeSettings)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var gateway in registry.All)
        {
            var settings = await settingsStore.LoadAsync(gateway.Descriptor, storeId);
            if (settings.IsEnabled)
                codes.UnionWith(settings.Coins.Where(coin => AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings)).Select(coin => coin.Code));
        }

        var models = new List<CoinPriceModel>();
        foreach (var code in codes)
            models.Add(ModelOf(code, await priceTable.FindAsync(code, AmountConverter.UsDollar), storeSettings));
        return models;
    }

    private CoinPriceModel ModelOf(string coin, CoinPrice? price, CryptoGatewaysSettings storeSettings) => price is null
        ? new CoinPriceModel { Coin = coin }
        : new CoinPriceModel
        {
            Coin = coin,
            Price = new Money(price.Price, price.Currency).ToString(),
            AsOf = AdminText.Minute(price.AsOfUtc),
            IsStale = priceTable.IsStale(price, storeSettings)
        };
}
