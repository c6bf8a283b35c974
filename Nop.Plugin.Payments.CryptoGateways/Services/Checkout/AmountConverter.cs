using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Converts the amount due of an order into the amount requested from a gateway. Intermediate values are exact; the result is rounded up.
/// </summary>
public class AmountConverter(ICurrencyService currencyService, CurrencySettings currencySettings, CoinPriceService coinPrices)
{
    /// <summary>The currency of providers' minimums, of coin prices, and of gateways that quote in fiat.</summary>
    public const string UsDollar = "USD";

    /// <summary>
    /// The smallest exchange rate that is precise enough. The platform stores rates with four decimals: a smaller rate has fewer than
    /// three significant digits, and 0.0001 may stand for anything from 0.00005 to 0.00015.
    /// </summary>
    private const decimal MinimumRate = 0.01m;

    /// <summary>
    /// The amount to request, or why the coin is unavailable. Amounts in the store's currency have that currency's decimals, amounts in a
    /// coin with a floating price have the coin's (at most eight), all others have two.
    /// </summary>
    /// <param name="price">The amount due, in a currency of the store.</param>
    /// <param name="coin">The coin that the shopper pays with.</param>
    /// <param name="basis">The unit of the gateway's amounts.</param>
    /// <param name="settings">Settings of the order's store.</param>
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

    /// <summary>True when the coin can be quoted only with a stored coin price.</summary>
    public static bool NeedsPrice(CoinDescriptor coin, PriceBasis basis, CryptoGatewaysSettings settings) =>
        basis == PriceBasis.Coin && PegOf(coin, settings) is null;

    /// <summary>Current value of one coin by its stored price, rounded down to 18 decimals; null without a fresh price or a usable exchange rate.</summary>
    /// <param name="coin">Code of a coin whose price floats.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="settings">Settings of the order's store.</param>
    public async Task<decimal?> MarketValueAsync(string coin, string currency, CryptoGatewaysSettings settings) =>
        await coinPrices.FindAsync(coin, UsDollar) is { Price: > 0 } row && !coinPrices.IsStale(row, settings)
        && (await ConvertAsync(new Money(row.Price, row.Currency), currency)).Amount is { } value ? value.RoundDown(18) : null;

    /// <summary>Current value of one coin, rounded down to 18 decimals: by its peg when the store values pegged coins at par, otherwise by its stored price; null when neither is known.</summary>
    /// <param name="coin">The coin.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="settings">Settings of the order's store.</param>
    public async Task<(decimal? Value, bool IsPegged)> UnitValueAsync(CoinDescriptor coin, string currency, CryptoGatewaysSettings settings) =>
        PegOf(coin, settings) is { } peg
            ? ((await ConvertAsync(new Money(1m, peg), currency)).Amount?.RoundDown(18), true)
            : (await MarketValueAsync(coin.Code, currency, settings), false);

    /// <summary>For providers that convert the price into coins themselves: true when the price is known to be worth less than the network relays.</summary>
    private async Task<bool> IsDustAsync(Money price, CoinDescriptor coin, CryptoGatewaysSettings settings) =>
        coin.Dust > 0 && await MarketValueAsync(coin.Code, price.Currency, settings) is { } value && price.Amount < coin.Dust * value;

    /// <summary>Value of one unit of the gateway's amount, or why it is unknown.</summary>
    private async Task<(Money? Unit, UnavailableReason? UnavailableReason)> UnitAsync(CoinDescriptor coin, PriceBasis basis, CryptoGatewaysSettings settings)
    {
        if (NeedsPrice(coin, basis, settings))
        {
            return await coinPrices.FindAsync(coin.Code, UsDollar) is not { Price: > 0 } row ? (null, UnavailableReason.NoPrice)
                : coinPrices.IsStale(row, settings) ? (null, UnavailableReason.StalePrice)
                : (new Money(row.Price, row.Currency), null);
        }

        return (basis, PegOf(coin, settings)) switch
        {
            (PriceBasis.UsDollar, _) or (PriceBasis.Undecided, UsDollar) => (new Money(1m, UsDollar), null),
            (PriceBasis.Coin, { } currency) => (new Money(1m, currency), null),
            _ => (null, UnavailableReason.AmountUnitUnknown)
        };
    }

    private static string? PegOf(CoinDescriptor coin, CryptoGatewaysSettings settings) => settings.TakePeggedCoinsAtPeg ? coin.PeggedTo : null;

    /// <summary>Converts by the store's exchange rates, as the platform does but without rounding.</summary>
    private async Task<(Fraction? Amount, Quote? UnavailableReason)> ConvertAsync(Money money, string currencyCode)
    {
        if (string.Equals(money.Currency, currencyCode, StringComparison.OrdinalIgnoreCase))
            return (money.Amount, null);

        return (await RateAsync(money.Currency), await RateAsync(currencyCode)) switch
        {
            (null, _) or (_, null) => (null, new Quote(UnavailableReason.NoExchangeRate)),
            ( < MinimumRate, _) => (null, new Quote(UnavailableReason.ImpreciseExchangeRate, money.Currency)),
            (_, < MinimumRate) => (null, new Quote(UnavailableReason.ImpreciseExchangeRate, currencyCode)),
            ({ } source, { } target) => ((Fraction)money.Amount * target / source, null)
        };
    }

    /// <summary>Units for one unit of the primary exchange rate currency, whose own rate the platform ignores.</summary>
    private async Task<decimal?> RateAsync(string currencyCode) => await currencyService.GetCurrencyByCodeAsync(currencyCode) switch
    {
        { } currency when currency.Id == currencySettings.PrimaryExchangeRateCurrencyId => 1m,
        { Rate: > 0 } currency => currency.Rate,
        _ => null
    };
}

/// <summary>
/// The amount a shopper would pay in a coin, or why the coin is unavailable.
/// </summary>
public sealed record Quote
{
    public Quote(Money amount) => Amount = amount;

    /// <param name="reason">Why the coin is unavailable.</param>
    /// <param name="currency">ISO 4217 code of the currency at fault; null when none is.</param>
    public Quote(UnavailableReason reason, string? currency = null) => (UnavailableReason, Currency) = (reason, currency);

    /// <summary>In the gateway's unit of the coin; null when the coin is unavailable.</summary>
    public Money? Amount { get; }

    public UnavailableReason? UnavailableReason { get; }

    /// <summary>ISO 4217 code of the currency whose exchange rate is at fault.</summary>
    public string? Currency { get; }
}

/// <summary>
/// Why a coin is unavailable. Its text is Plugins.Payments.CryptoGateways.UnavailableReason.{name}.
/// </summary>
public enum UnavailableReason
{
    /// <summary>The gateway's settings do not state the unit of the provider's amounts.</summary>
    AmountUnitUnknown,

    /// <summary>The coin has no stored price.</summary>
    NoPrice,

    /// <summary>The stored price is too old.</summary>
    StalePrice,

    /// <summary>The store has no exchange rate to US dollars.</summary>
    NoExchangeRate,

    /// <summary>A stored exchange rate has fewer than three significant digits.</summary>
    ImpreciseExchangeRate,
    BelowMinimum,

    /// <summary>Below what the network relays, see <see cref="CoinDescriptor.Dust"/>.</summary>
    BelowDust,

    /// <summary>The provider sells at fixed prices, and the amount due is none of them.</summary>
    OtherPrice,

    /// <summary>The price or the amount exceeds what can be stored, see <see cref="Money.TooLarge"/>.</summary>
    AmountTooLarge
}
