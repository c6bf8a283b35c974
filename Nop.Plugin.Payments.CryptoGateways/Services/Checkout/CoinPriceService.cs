using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Coin prices, entered by the owner or read from a provider. They are shared by all stores; each store sets how old a price may be.
/// </summary>
public class CoinPriceService(IRepository<CoinPrice> prices, TimeProvider time)
{
    /// <summary>A coin's price in a currency, of any age; null when there is none.</summary>
    public async Task<CoinPrice?> FindAsync(string coin, string currency) =>
        (await prices.GetAllAsync(query => query.Where(price => price.Coin == coin && price.Currency == currency))).FirstOrDefault();

    /// <summary>How long a provider's price is valid. The schedule task refreshes it after a third of that time.</summary>
    public static readonly TimeSpan MaximumProviderPriceAge = TimeSpan.FromMinutes(15);

    /// <summary>True when a price is too old to quote from. The store's settings limit the age of prices that were entered by the owner.</summary>
    public bool IsStale(CoinPrice price, CryptoGatewaysSettings settings) =>
        AgeOf(price) > (price.Source == CoinPrice.Owner ? TimeSpan.FromHours(settings.MaximumPriceAgeHours) : MaximumProviderPriceAge);

    public TimeSpan AgeOf(CoinPrice price) => Now - price.AsOfUtc;

    /// <summary>Stores a price as of now.</summary>
    /// <param name="coin">Code of the coin.</param>
    /// <param name="price">Price of one coin.</param>
    /// <param name="source"><see cref="CoinPrice.Owner"/>, or the system name of the gateway that supplied it.</param>
    public async Task SetAsync(string coin, Money price, string source = CoinPrice.Owner)
    {
        var row = await FindAsync(coin, price.Currency) ?? new CoinPrice { Coin = coin, Currency = price.Currency };
        (row.Price, row.AsOfUtc, row.Source) = (price.Amount, Now, source);
        if (row.Id == 0)
            await prices.InsertAsync(row, publishEvent: false);
        else
            await prices.UpdateAsync(row, publishEvent: false);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

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
