using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Refreshes coin prices from gateways that supply them, with the keys of every store. The owner's price stays until it is too old.
/// </summary>
public class CoinPriceUpdater(EnabledGateways gateways, ProviderRateLimiter rateLimiter, CoinPriceService coinPrices, IStoreService storeService,
    ISettingService settingService, ILogger logger)
{
    /// <summary>Age at which a provider's price is refreshed; see <see cref="CoinPriceService.MaximumProviderPriceAge"/>.</summary>
    private static readonly TimeSpan _refresh = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A price that was read is not due for the next store. A price that could not be read is requested again only with other keys.
        var failed = new List<(GatewaySettings Account, string? Coin)>();
        foreach (var store in await storeService.GetAllStoresAsync())
        {
            var storeSettings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(store.Id);
            foreach (var (gateway, settings) in await gateways.OfStoreAsync(store.Id))
            {
                if (gateway is not IRatesGateway rates)
                    continue;

                foreach (var coin in settings.Coins.Where(coin => AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings)))
                {
                    if (failed.Any(failure => failure.Account.IsSameAccountAs(settings) && (failure.Coin is null || failure.Coin == coin.Code)))
                        continue;
                    if (await RefreshAsync(rates, coin, settings, storeSettings, cancellationToken) is { } fault)
                        failed.Add((settings, ConcernsCoin(fault) ? coin.Code : null));
                }
            }
        }
    }

    /// <summary>Refreshes a coin's price when it is due; returns the fault when that failed.</summary>
    private async Task<GatewayFault?> RefreshAsync(IRatesGateway gateway, CoinDescriptor coin, GatewaySettings settings, CryptoGatewaysSettings storeSettings,
        CancellationToken cancellationToken)
    {
        var row = await coinPrices.FindAsync(coin.Code, AmountConverter.UsDollar);
        var isDue = row is null || (row.Source == CoinPrice.Owner ? coinPrices.IsStale(row, storeSettings) : coinPrices.AgeOf(row) >= _refresh);
        if (!isDue || !rateLimiter.HasCapacity(gateway.Descriptor))
            return null;

        try
        {
            if (await GatewayBoundary.CallAsync(() => gateway.PriceAsync(coin, settings, cancellationToken)) is > 0 and < Money.TooLarge and { } price)
                await coinPrices.SetAsync(coin.Code, new Money(price, AmountConverter.UsDollar), gateway.Descriptor.SystemName);
            return null;
        }
        catch (GatewayException exception)
        {
            await logger.WarningAsync($"{gateway.Descriptor.Name}: the price of {coin.Code} was not read, {exception.Fault}: {exception.Message}");
            return exception.Fault;
        }
    }

    /// <summary>True when the fault concerns this coin only. Other faults concern the provider or the key, so requests for other coins would fail too.</summary>
    private static bool ConcernsCoin(GatewayFault fault) => fault is GatewayFault.BadAnswer or GatewayFault.Refused or GatewayFault.ServerError;
}
