using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

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
