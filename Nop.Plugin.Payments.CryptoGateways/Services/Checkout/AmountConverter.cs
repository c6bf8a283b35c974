using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Turns what an order owes into what a gateway is asked for. Nothing is rounded on the way; the result is rounded up.
/// </summary>
public class AmountConverter(ICurrencyService currencyService, CurrencySettings currencySettings, CoinPriceService priceTable)
{
    /// <summary>The currency of minimums, of the price table, and of gateways that count in money.</summary>
    public const string UsDollar = "USD";

    /// <summary>
    /// The smallest exchange rate that is used. The platform stores rates with four decimals, so that a smaller one has fewer than
    /// three significant digits: the rate 0.0001 stands for anything from 0.00005 to 0.00015.
    /// </summary>
    private const decimal LeastRate = 0.01m;

    /// <summary>
    /// The amount to ask for, or why there is none. It has the currency's decimals where it counts the store's currency, the coin's
    /// (at most eight) where it counts units of a coin whose price floats, two otherwise.
    /// </summary>
    /// <param name="price">What the order owes, in a currency of the store.</param>
    /// <param name="coin">The coin that the shopper pays with.</param>
    /// <param name="basis">The unit in which the gateway counts.</param>
    /// <param name="settings">The order's store's.</param>
    public async Task<Quote> QuoteAsync(Money price, CoinDescriptor coin, PriceBasis basis, CryptoGatewaysSettings settings)
    {
        var rounded = price.RoundUp(CurrencyDecimals.Of(price.Currency));
        if (rounded.Amount >= Money.TooLarge)
            return new Quote(UnavailableReason.AmountTooLarge);
        if (basis != PriceBasis.Coin && await IsDustAsync(price, coin, settings))
            return new Quote(UnavailableReason.BelowDust);
        if (basis == PriceBasis.StoreCurrency)
            return new Quote(rounded);

        var (unit, reason) = await UnitAsync(coin, basis, settings);
        if (unit is not { } one)
            return new Quote(reason!.Value);

        var (dollars, noDollars) = await ConvertAsync(price, UsDollar);
        var (amount, noAmount) = await ConvertAsync(price, one.Currency);
        if (dollars is null || amount is null)
            return noDollars ?? noAmount!;

        if (dollars < coin.Minimum)
            return new Quote(UnavailableReason.BelowMinimum);

        var decimals = basis == PriceBasis.Coin && coin.PeggedTo is null ? coin.QuotedDecimals : CoinDecimals.Money;
        return (amount.Value / one.Amount).RoundUp(decimals) switch
        {
            null => new Quote(UnavailableReason.AmountTooLarge),
            { } units when basis == PriceBasis.Coin && units < coin.Dust => new Quote(UnavailableReason.BelowDust),
            { } units => new Quote(new Money(units, coin.Code))
        };
    }

    /// <summary>True when the coin's amounts can only be told with a price from the price table.</summary>
    public static bool NeedsPrice(CoinDescriptor coin, PriceBasis basis, CryptoGatewaysSettings settings) =>
        basis == PriceBasis.Coin && PegOf(coin, settings) is null;

    /// <summary>What one coin is worth now in a currency of the store, rounded down to 18 decimals; null without a fresh price or a usable exchange rate.</summary>
    /// <param name="coin">Code of a coin whose price floats.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="settings">The order's store's.</param>
    public async Task<decimal?> ValueOfOneAsync(string coin, string currency, CryptoGatewaysSettings settings) =>
        await priceTable.FindAsync(coin, UsDollar) is { Price: > 0 } row && !priceTable.IsStale(row, settings)
        && (await ConvertAsync(new Money(row.Price, row.Currency), currency)).Amount is { } value ? value.RoundDown(18) : null;

    /// <summary>What one coin is worth now in a currency of the store, by its peg where the owner takes it so, else by a fresh price; null without one.</summary>
    /// <param name="coin">The coin.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="settings">The order's store's.</param>
    public async Task<(decimal? Value, bool IsPegged)> WorthOfOneAsync(CoinDescriptor coin, string currency, CryptoGatewaysSettings settings) =>
        PegOf(coin, settings) is { } peg
            ? ((await ConvertAsync(new Money(1m, peg), currency)).Amount?.RoundDown(18), true)
            : (await ValueOfOneAsync(coin.Code, currency, settings), false);

    /// <summary>The provider turns the price into coins itself: as far as their price is known here, the price is worth less than can be sent.</summary>
    private async Task<bool> IsDustAsync(Money price, CoinDescriptor coin, CryptoGatewaysSettings settings) =>
        coin.Dust > 0 && await ValueOfOneAsync(coin.Code, price.Currency, settings) is { } value && price.Amount < coin.Dust * value;

    /// <summary>What one unit of the gateway's amount is worth; null when there is an obstacle.</summary>
    private async Task<(Money? Unit, UnavailableReason? UnavailableReason)> UnitAsync(CoinDescriptor coin, PriceBasis basis, CryptoGatewaysSettings settings)
    {
        if (NeedsPrice(coin, basis, settings))
        {
            return await priceTable.FindAsync(coin.Code, UsDollar) is not { Price: > 0 } row ? (null, UnavailableReason.NoPrice)
                : priceTable.IsStale(row, settings) ? (null, UnavailableReason.StalePrice)
                : (new Money(row.Price, row.Currency), null);
        }

        return (basis, PegOf(coin, settings)) switch
        {
            (PriceBasis.UsDollar, _) or (PriceBasis.Undecided, UsDollar) => (new Money(1m, UsDollar), null),
            (PriceBasis.Coin, { } currency) => (new Money(1m, currency), null),
            _ => (null, UnavailableReason.AmountMeaningUnknown)
        };
    }

    private static string? PegOf(CoinDescriptor coin, CryptoGatewaysSettings settings) => settings.TakePeggedCoinsAtPeg ? coin.PeggedTo : null;

    /// <summary>By the store's rates, as the platform reads them but unrounded; else what is wrong with them.</summary>
    private async Task<(Fraction? Amount, Quote? UnavailableReason)> ConvertAsync(Money money, string currencyCode)
    {
        if (string.Equals(money.Currency, currencyCode, StringComparison.OrdinalIgnoreCase))
            return (money.Amount, null);

        return (await RateAsync(money.Currency), await RateAsync(currencyCode)) switch
        {
            (null, _) or (_, null) => (null, new Quote(UnavailableReason.NoExchangeRate)),
            ( < LeastRate, _) => (null, new Quote(UnavailableReason.ImpreciseExchangeRate, money.Currency)),
            (_, < LeastRate) => (null, new Quote(UnavailableReason.ImpreciseExchangeRate, currencyCode)),
            ({ } source, { } target) => ((Fraction)money.Amount * target / source, null)
        };
    }

    /// <summary>Units for one unit of the primary exchange rate currency; the platform does not look at that currency's own rate.</summary>
    private async Task<decimal?> RateAsync(string currencyCode) => await currencyService.GetCurrencyByCodeAsync(currencyCode) switch
    {
        { } currency when currency.Id == currencySettings.PrimaryExchangeRateCurrencyId => 1m,
        { Rate: > 0 } currency => currency.Rate,
        _ => null
    };
}

/// <summary>
/// What a shopper would pay, or why the coin cannot be offered.
/// </summary>
public sealed record Quote
{
    public Quote(Money amount) => Amount = amount;

    /// <param name="reason">Why there is no amount.</param>
    /// <param name="currency">ISO 4217 code of the currency to blame; null when none is.</param>
    public Quote(UnavailableReason reason, string? currency = null) => (UnavailableReason, Currency) = (reason, currency);

    /// <summary>In units of the coin as the gateway counts them; null when there is an obstacle.</summary>
    public Money? Amount { get; }

    public UnavailableReason? UnavailableReason { get; }

    /// <summary>The currency to blame for the obstacle.</summary>
    public string? Currency { get; }
}

/// <summary>
/// Why a coin is not offered. Its text is Plugins.Payments.CryptoGateways.UnavailableReason.{name}.
/// </summary>
public enum UnavailableReason
{
    /// <summary>The owner has not said what the provider's amount means.</summary>
    AmountMeaningUnknown,

    /// <summary>The price table has no price of the coin.</summary>
    NoPrice,

    /// <summary>The price in the price table is too old.</summary>
    StalePrice,

    /// <summary>The store has no exchange rate to US dollars.</summary>
    NoExchangeRate,

    /// <summary>A stored exchange rate has fewer than three significant digits.</summary>
    ImpreciseExchangeRate,
    BelowMinimum,

    /// <summary>Fewer coins than the network relays, see <see cref="CoinDescriptor.Dust"/>.</summary>
    BelowDust,

    /// <summary>The provider takes only certain prices, and this is none of them.</summary>
    OtherPrice,

    /// <summary>The price or the amount is <see cref="Money.TooLarge"/> to be stored.</summary>
    AmountTooLarge
}
