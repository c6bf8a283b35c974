using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// What coins cost, as the owner entered it or a gateway told it; the same for all stores, while each store has its own opinion of how old is too old.
/// </summary>
public class CoinPriceService(IRepository<CoinPrice> prices, TimeProvider time)
{
    /// <summary>A coin's price in a currency, however old; null when there is none.</summary>
    public async Task<CoinPrice?> FindAsync(string coin, string currency) =>
        (await prices.GetAllAsync(query => query.Where(price => price.Coin == coin && price.Currency == currency))).FirstOrDefault();

    /// <summary>How long a price that a provider told is used. The schedule task asks again after a third of it.</summary>
    public static readonly TimeSpan MaximumProviderPriceAge = TimeSpan.FromMinutes(15);

    /// <summary>Too old to be quoted from. How old a price may be that was entered by hand is the owner's choice.</summary>
    public bool IsStale(CoinPrice price, CryptoGatewaysSettings settings) =>
        AgeOf(price) > (price.Source == CoinPrice.Owner ? TimeSpan.FromHours(settings.MaximumPriceAgeHours) : MaximumProviderPriceAge);

    public TimeSpan AgeOf(CoinPrice price) => Now - price.AsOfUtc;

    /// <summary>Takes a price, as of now.</summary>
    /// <param name="coin">Code of the coin.</param>
    /// <param name="price">The price of one coin.</param>
    /// <param name="source">The owner, or the system name of the gateway that told it.</param>
    public async Task EnterAsync(string coin, Money price, string source = CoinPrice.Owner)
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
