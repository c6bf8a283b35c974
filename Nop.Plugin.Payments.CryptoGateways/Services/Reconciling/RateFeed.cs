using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Fills the price table from gateways that tell prices. What the owner entered stays until it is too old.
/// </summary>
public class RateFeed(GatewayRegistry registry, GatewayTraffic traffic, GatewaySettingsStore settingsStore, PriceTable priceTable,
    ISettingService settingService, ILogger logger)
{
    /// <summary>A provider's price is asked for again after this.</summary>
    private static readonly TimeSpan _refresh = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var storeSettings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>();
        foreach (var gateway in registry.All.OfType<IRatesGateway>())
        {
            var settings = await settingsStore.LoadAsync(gateway.Descriptor, storeId: 0);
            if (!settings.IsEnabled || !settings.IsComplete)
                continue;

            try
            {
                foreach (var coin in settings.Coins.Where(coin => AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings)))
                    await RefreshAsync(gateway, coin, settings, storeSettings, cancellationToken);
            }
            catch (GatewayException exception)
            {
                await logger.WarningAsync($"{gateway.Descriptor.Name}: prices not read, {exception.Fault}: {exception.Message}");
            }
        }
    }

    private async Task RefreshAsync(IRatesGateway gateway, CoinDescriptor coin, GatewaySettings settings, CryptoGatewaysSettings storeSettings, CancellationToken cancellationToken)
    {
        var row = await priceTable.FindAsync(coin.Code, AmountConverter.UsDollar);
        var isDue = row is null || (row.Source == CoinPrice.Owner ? priceTable.IsStale(row, storeSettings) : priceTable.AgeOf(row) >= _refresh);
        if (isDue && traffic.HasRoom(gateway.Descriptor) && await gateway.PriceAsync(coin, settings, cancellationToken) is > 0 and { } price)
            await priceTable.EnterAsync(coin.Code, new Money(price, AmountConverter.UsDollar), gateway.Descriptor.SystemName);
    }
}
