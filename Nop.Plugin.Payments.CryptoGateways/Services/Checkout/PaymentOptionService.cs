using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// What a shopper can pay with.
/// </summary>
public class PaymentOptionService(EnabledGateways gateways, StoreUrls addresses, AmountConverter converter, OrderReader orders, PaymentFeeTax feeTax,
    ISettingService settingService)
{
    /// <summary>A total to see which coins could be offered at all.</summary>
    private const decimal ProbeTotal = 1m;

    /// <summary>The ways to pay for a cart; each gateway's fee comes on top.</summary>
    /// <param name="total">The cart's total without a fee, in the primary store currency.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="customerId">Whose cart it is.</param>
    public Task<IReadOnlyList<PaymentOption>> ForCartAsync(decimal total, int storeId, int customerId) =>
        ForAsync(total, storeId, async (_, settings, owed) => total + await feeTax.WithTaxAsync(PaymentFees.Of(settings, owed).Amount, customerId));

    /// <summary>
    /// The ways to pay what an order still owes; none when it owes nothing. A fee is in the order's total already, so that a gateway
    /// with a higher fee is not offered: choosing another gateway after placing the order must not avoid its fee.
    /// </summary>
    public async Task<IReadOnlyList<PaymentOption>> ForOrderAsync(Order order) => await orders.BalanceAsync(order) is { Amount: > 0 } balance
        ? await ForAsync(balance.Amount, order.StoreId, async (gateway, settings, _) => await CoversFeeAsync(order, gateway, settings) ? balance.Amount : null)
        : [];

    /// <summary>A gateway of the store is not offered for an order because its fee is higher than the one that the order was placed with.</summary>
    public async Task<bool> HasHigherFeesAsync(Order order)
    {
        foreach (var (gateway, settings) in await gateways.OfStoreAsync(order.StoreId))
        {
            if (!await CoversFeeAsync(order, gateway, settings))
                return true;
        }
        return false;
    }

    /// <summary>The coins that a gateway cannot offer whatever the total, and why.</summary>
    public async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> UnavailableReasonsAsync(IPaymentGateway gateway, GatewaySettings settings,
        CryptoGatewaysSettings storeSettings) =>
    [
        .. from quoted in await QuotesAsync(gateway, settings, await orders.ShownAsync(ProbeTotal), storeSettings)
           where quoted.Quote.UnavailableReason is not (null or UnavailableReason.BelowMinimum or UnavailableReason.BelowDust or UnavailableReason.AmountTooLarge or UnavailableReason.OtherPrice)
           select quoted
    ];

    /// <summary>The order's fee covers the gateway's fee, tax included. The gateway that the order was placed with is always covered.</summary>
    private async Task<bool> CoversFeeAsync(Order order, IPaymentGateway gateway, GatewaySettings settings)
    {
        if (CheckoutFlow.ChoiceIn(order)?.Split(':')[0] == gateway.Descriptor.SystemName)
            return true;

        var placed = order.PaymentMethodAdditionalFeeInclTax;
        var fee = await feeTax.WithTaxAsync(PaymentFees.Of(settings, await orders.ShownAsync(order.OrderTotal - placed)).Amount, order.CustomerId);
        return (await orders.ShownAsync(fee)).Amount <= (await orders.ShownAsync(placed)).Amount;
    }

    /// <param name="total">Without a fee that comes on top.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="priceOf">What is owed through a gateway, from its settings and the displayed total; null when it is not offered.</param>
    private async Task<IReadOnlyList<PaymentOption>> ForAsync(decimal total, int storeId, Func<IPaymentGateway, GatewaySettings, Money, Task<decimal?>> priceOf)
    {
        // Without a URL no provider could announce the payment or send the shopper back.
        if (await addresses.FindAsync(storeId) is null)
            return [];

        var owed = await orders.ShownAsync(total);
        var storeSettings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var options = new List<PaymentOption>();
        foreach (var (gateway, settings) in await gateways.OfStoreAsync(storeId))
        {
            if (await priceOf(gateway, settings, owed) is not { } amountOwed)
                continue;

            var price = await orders.ShownAsync(amountOwed);
            foreach (var (coin, quote) in await QuotesAsync(gateway, settings, price, storeSettings))
            {
                if (quote.Amount is { } amount)
                    options.Add(new PaymentOption(gateway.Descriptor, coin, price, amount)
                    {
                        Fee = price.Amount - owed.Amount,
                        Basis = gateway.BasisFor(coin, settings),
                        QuoteLifetime = AmountConverter.NeedsPrice(coin, gateway.BasisFor(coin, settings), storeSettings) ? TimeSpan.FromMinutes(storeSettings.QuoteMinutes) : null
                    });
            }
        }
        return options;
    }

    /// <summary>A quote, or the obstacle, for each coin that the owner chose to offer.</summary>
    private async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> QuotesAsync(IPaymentGateway gateway, GatewaySettings settings,
        Money price, CryptoGatewaysSettings storeSettings)
    {
        var quotes = new List<(CoinDescriptor, Quote)>();
        var takes = gateway.Takes(price, settings);
        foreach (var coin in settings.Coins)
            quotes.Add((coin, !takes ? new Quote(UnavailableReason.OtherPrice) : await converter.QuoteAsync(price, coin, gateway.BasisFor(coin, settings), storeSettings)));
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
public sealed record PaymentOption(GatewayDescriptor Gateway, CoinDescriptor Coin, Money Price, Money Amount)
{
    /// <summary>What of <see cref="Price"/> is the store's fee for this gateway; it is 0 for an order, whose total holds it already.</summary>
    public decimal Fee { get; init; }

    /// <summary>What <see cref="Amount"/> counts; without it, units of the coin.</summary>
    public PriceBasis Basis { get; init; } = PriceBasis.Coin;

    /// <summary>How long the quoted price is honoured; null where it cannot move, or where the provider bears the rate.</summary>
    public TimeSpan? QuoteLifetime { get; init; }

    /// <summary>The amount is one of the coin. Otherwise it is one of money, and the provider turns it into coins when it is paid.</summary>
    public bool IsInCoin => Basis == PriceBasis.Coin || Basis != PriceBasis.StoreCurrency && Coin.PeggedTo == AmountConverter.UsDollar;

    /// <summary>See <see cref="CryptoPayment.AmountUnit"/>.</summary>
    public string? AmountUnit => IsInCoin || Basis == PriceBasis.StoreCurrency ? null : AmountConverter.UsDollar;

    /// <summary>The amount as shoppers are told it: gateways name one of dollars by the coin's code too.</summary>
    public Money Shown => Amount with { Currency = IsInCoin ? Coin.Symbol : AmountUnit ?? Amount.Currency };

    /// <summary>The form in which a choice travels through forms and orders, for instance "gateway:COIN".</summary>
    public string Choice => $"{Gateway.SystemName}:{Coin.Code}";
}
