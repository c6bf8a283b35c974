using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What a shopper can pay with.
/// </summary>
public class CheckoutOffers(EnabledGateways gateways, StoreAddresses addresses, AmountConverter converter, OrderReader orders,
    ISettingService settingService)
{
    /// <summary>A total to see which coins could be offered at all.</summary>
    private const decimal ProbeTotal = 1m;

    /// <summary>The ways to pay for a cart; each gateway's fee comes on top.</summary>
    /// <param name="total">The cart's total without a fee, in the primary store currency.</param>
    /// <param name="storeId">The store.</param>
    public Task<IReadOnlyList<Offer>> ForCartAsync(decimal total, int storeId) => ForAsync(total, storeId, withFee: true);

    /// <summary>The ways to pay what an order still owes; none when it owes nothing. A fee is in the order's total already.</summary>
    public async Task<IReadOnlyList<Offer>> ForOrderAsync(Order order) =>
        await orders.RestAsync(order) is { Amount: > 0 } rest ? await ForAsync(rest.Amount, order.StoreId, withFee: false) : [];

    /// <summary>The coins that a gateway cannot offer whatever the total, and why.</summary>
    public async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> ObstaclesAsync(IPaymentGateway gateway, GatewaySettings settings,
        CryptoGatewaysSettings storeSettings) =>
    [
        .. from quoted in await QuotesAsync(gateway, settings, await orders.ShownAsync(ProbeTotal), storeSettings)
           where quoted.Quote.Obstacle is not (null or QuoteObstacle.BelowMinimum or QuoteObstacle.BelowDust or QuoteObstacle.AmountTooLarge or QuoteObstacle.OtherPrice)
           select quoted
    ];

    private async Task<IReadOnlyList<Offer>> ForAsync(decimal total, int storeId, bool withFee)
    {
        // Without a URL no provider could announce the payment or send the shopper back.
        if (await addresses.FindAsync(storeId) is null)
            return [];

        var owed = await orders.ShownAsync(total);
        var storeSettings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var offers = new List<Offer>();
        foreach (var (gateway, settings) in await gateways.OfStoreAsync(storeId))
        {
            var price = withFee ? await orders.ShownAsync(total + GatewayFees.Of(settings, owed).Amount) : owed;
            foreach (var (coin, quote) in await QuotesAsync(gateway, settings, price, storeSettings))
            {
                if (quote.Amount is { } amount)
                    offers.Add(new Offer(gateway.Descriptor, coin, price, amount)
                    {
                        Fee = price.Amount - owed.Amount,
                        Basis = gateway.BasisFor(coin, settings),
                        QuoteLifetime = AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings) ? TimeSpan.FromMinutes(storeSettings.QuoteMinutes) : null
                    });
            }
        }
        return offers;
    }

    /// <summary>A quote, or the obstacle, for each coin that the owner chose to offer.</summary>
    private async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> QuotesAsync(IPaymentGateway gateway, GatewaySettings settings,
        Money price, CryptoGatewaysSettings storeSettings)
    {
        var quotes = new List<(CoinDescriptor, Quote)>();
        var takes = gateway.Takes(price, settings);
        foreach (var coin in settings.Coins)
            quotes.Add((coin, !takes ? new Quote(QuoteObstacle.OtherPrice) : await converter.QuoteAsync(price, coin, gateway.BasisFor(coin, settings), storeSettings)));
        return quotes;
    }
}

/// <summary>
/// One way to pay.
/// </summary>
/// <param name="Gateway">Through whom.</param>
/// <param name="Coin">In what.</param>
/// <param name="Price">What is owed, in the primary store currency.</param>
/// <param name="Amount">How much, as it will be quoted.</param>
public sealed record Offer(GatewayDescriptor Gateway, CoinDescriptor Coin, Money Price, Money Amount)
{
    /// <summary>What of <see cref="Price"/> is the store's fee for this gateway; it is 0 for an order, whose total holds it already.</summary>
    public decimal Fee { get; init; }

    /// <summary>What <see cref="Amount"/> counts; without it, units of the coin.</summary>
    public PriceBasis Basis { get; init; } = PriceBasis.Coin;

    /// <summary>How long the quoted price is honoured; null where it cannot move, or where the provider bears the rate.</summary>
    public TimeSpan? QuoteLifetime { get; init; }

    /// <summary>The amount is one of the coin. Otherwise it is one of money, and the provider turns it into coins when it is paid.</summary>
    public bool IsInCoin => Basis == PriceBasis.Coin || Basis != PriceBasis.StoreCurrency && Coin.PeggedTo == AmountConverter.UsDollar;

    /// <summary>The amount as shoppers are told it: gateways name one of dollars by the coin's code too.</summary>
    public Money Shown => IsInCoin ? Amount with { Currency = Coin.Symbol }
        : Basis == PriceBasis.StoreCurrency ? Amount : Amount with { Currency = AmountConverter.UsDollar };

    /// <summary>The form in which a choice travels through forms and orders, for instance "gateway:COIN".</summary>
    public string Choice => $"{Gateway.SystemName}:{Coin.Code}";
}
