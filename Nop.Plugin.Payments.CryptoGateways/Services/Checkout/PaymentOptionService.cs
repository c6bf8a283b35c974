using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Lists the payment options (coin and gateway) of a cart or an order, each with its quote.
/// </summary>
public class PaymentOptionService(EnabledGateways gateways, StoreUrls storeUrls, AmountConverter converter, OrderReader orders, PaymentFeeTax feeTax,
    ISettingService settingService)
{
    /// <summary>Total used to find coins that are unavailable at any price.</summary>
    private const decimal ProbeTotal = 1m;

    /// <summary>Payment options of a cart; each price includes the gateway's fee.</summary>
    /// <param name="total">The cart's total before the payment fee, in the primary store currency.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="customerId">The cart's customer, whose tax applies to the fee.</param>
    public Task<IReadOnlyList<PaymentOption>> ForCartAsync(decimal total, int storeId, int customerId) =>
        ForAsync(total, storeId, async (_, settings, owed) => total + await feeTax.WithTaxAsync(PaymentFees.Of(settings, owed).Amount, customerId));

    /// <summary>
    /// Payment options for an order's outstanding balance; none when nothing is due. The order's total already includes a fee, so
    /// gateways with a higher fee are left out: switching gateways after placing the order must not avoid a fee.
    /// </summary>
    public async Task<IReadOnlyList<PaymentOption>> ForOrderAsync(Order order) => await orders.BalanceAsync(order) is { Amount: > 0 } balance
        ? await ForAsync(balance.Amount, order.StoreId, async (gateway, settings, _) => await CoversFeeAsync(order, gateway, settings) ? balance.Amount : null)
        : [];

    /// <summary>True when a gateway is left out because its fee is higher than the one the order was placed with.</summary>
    public async Task<bool> HasHigherFeesAsync(Order order)
    {
        foreach (var (gateway, settings) in await gateways.OfStoreAsync(order.StoreId))
        {
            if (!await CoversFeeAsync(order, gateway, settings))
                return true;
        }
        return false;
    }

    /// <summary>Coins that a gateway cannot offer at any price, with the reason.</summary>
    public async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> UnavailableReasonsAsync(IPaymentGateway gateway, GatewaySettings settings, int storeId) =>
    [
        .. from quoted in await QuotesAsync(gateway, settings, await orders.ShownAsync(ProbeTotal), await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId))
           where quoted.Quote.UnavailableReason is not (null or UnavailableReason.BelowMinimum or UnavailableReason.BelowDust or UnavailableReason.AmountTooLarge or UnavailableReason.OtherPrice)
           select quoted
    ];

    /// <summary>True when the order's fee covers the gateway's fee, tax included. The gateway that the order was placed with is always covered.</summary>
    private async Task<bool> CoversFeeAsync(Order order, IPaymentGateway gateway, GatewaySettings settings)
    {
        if (CheckoutFlow.ChoiceIn(order)?.Split(':')[0] == gateway.Descriptor.SystemName)
            return true;

        var placed = order.PaymentMethodAdditionalFeeInclTax;
        var fee = await feeTax.WithTaxAsync(PaymentFees.Of(settings, await orders.ShownAsync(order.OrderTotal - placed)).Amount, order.CustomerId);
        return (await orders.ShownAsync(fee)).Amount <= (await orders.ShownAsync(placed)).Amount;
    }

    /// <param name="total">Before a fee that is added on top.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="priceOf">Amount due through a gateway, from its settings and the displayed total; null to leave the gateway out.</param>
    private async Task<IReadOnlyList<PaymentOption>> ForAsync(decimal total, int storeId, Func<IPaymentGateway, GatewaySettings, Money, Task<decimal?>> priceOf)
    {
        // Without a store URL no provider could send webhooks or return the shopper.
        if (await storeUrls.FindAsync(storeId) is null)
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

    /// <summary>Quotes each coin that the gateway's settings enable.</summary>
    private async Task<IReadOnlyList<(CoinDescriptor Coin, Quote Quote)>> QuotesAsync(IPaymentGateway gateway, GatewaySettings settings,
        Money price, CryptoGatewaysSettings storeSettings)
    {
        var quotes = new List<(CoinDescriptor, Quote)>();
        var acceptsPrice = gateway.AcceptsPrice(price, settings);
        foreach (var coin in settings.Coins)
            quotes.Add((coin, !acceptsPrice ? new Quote(UnavailableReason.OtherPrice) : await converter.QuoteAsync(price, coin, gateway.BasisFor(coin, settings), storeSettings)));
        return quotes;
    }
}

/// <summary>
/// One way to pay: a coin through a gateway.
/// </summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Coin">The coin.</param>
/// <param name="Price">Amount due, in the primary store currency.</param>
/// <param name="Amount">Quoted amount.</param>
public sealed record PaymentOption(GatewayDescriptor Gateway, CoinDescriptor Coin, Money Price, Money Amount)
{
    /// <summary>The gateway's fee within <see cref="Price"/>; 0 for an order, whose total already includes its fee.</summary>
    public decimal Fee { get; init; }

    /// <summary>Unit of <see cref="Amount"/>.</summary>
    public PriceBasis Basis { get; init; } = PriceBasis.Coin;

    /// <summary>How long the quote is valid; null when the price is fixed or the provider bears the exchange rate risk.</summary>
    public TimeSpan? QuoteLifetime { get; init; }

    /// <summary>True when the amount is in units of the coin. Otherwise it is a fiat amount that the provider converts when it is paid.</summary>
    public bool IsInCoin => Basis == PriceBasis.Coin || Basis != PriceBasis.StoreCurrency && Coin.PeggedTo == AmountConverter.UsDollar;

    /// <summary>See <see cref="CryptoPayment.AmountUnit"/>.</summary>
    public string? AmountUnit => IsInCoin || Basis == PriceBasis.StoreCurrency ? null : AmountConverter.UsDollar;

    /// <summary>The amount to display. Gateways label dollar amounts with the coin's code as well.</summary>
    public Money Shown => Amount with { Currency = IsInCoin ? Coin.Symbol : AmountUnit ?? Amount.Currency };

    /// <summary>Identifies the option in forms and orders: "gateway:COIN".</summary>
    public string Choice => $"{Gateway.SystemName}:{Coin.Code}";
}

/// <summary>
/// Payment options and payment fee of the current customer's cart.
/// </summary>
public class CartPaymentOptions(PaymentOptionService options, IOrderTotalCalculationService totals, IShoppingCartService cartService, PaymentFees fees,
    IWorkContext workContext, IStoreContext storeContext)
{
    public async Task<IReadOnlyList<PaymentOption>> ForCurrentCartAsync()
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var customer = await workContext.GetCurrentCustomerAsync();
        return await ForCartAsync(await cartService.GetShoppingCartAsync(customer, ShoppingCartType.ShoppingCart, store.Id));
    }

    /// <summary>
    /// Payment fee of a cart, in the primary store currency. Before the shopper chooses, it is the lowest one: a store may skip the
    /// payment step, and the order can then be paid through the gateways with that fee.
    /// </summary>
    public async Task<decimal> FeeAsync(IList<ShoppingCartItem> cart) =>
        await fees.OfCartAsync(cart) ?? ((await ForCartAsync(cart)).MinBy(option => option.Fee) is { } cheapest ? await fees.OfAsync(cheapest.Gateway.SystemName, cart) : 0m);

    /// <summary>Options of a cart; none while its total is unknown (no shipping option chosen) or zero.</summary>
    public async Task<IReadOnlyList<PaymentOption>> ForCartAsync(IList<ShoppingCartItem> cart)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var total = (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal;
        return total > 0 ? await options.ForCartAsync(total.Value, store.Id, (await workContext.GetCurrentCustomerAsync()).Id) : [];
    }
}

/// <summary>
/// Finds the shopper's last choice: in this checkout, otherwise for the customer's newest order in this store. It is read from the
/// platform's own data, so it needs no cookie and is deleted with the customer's data.
/// </summary>
public class LastChoice(IRepository<Order> orders, AttemptStore attempts, IOrderProcessingService orderProcessingService,
    IWorkContext workContext, IStoreContext storeContext)
{
    /// <summary>A <see cref="PaymentOption.Choice"/>; null when there is none.</summary>
    public async Task<string?> FindAsync()
    {
        if (CheckoutFlow.ChoiceIn(await orderProcessingService.GetProcessPaymentRequestAsync()) is { } choice)
            return choice;

        var customerId = (await workContext.GetCurrentCustomerAsync()).Id;
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var newest = (await orders.GetAllAsync(query => query
            .Where(order => order.CustomerId == customerId && order.StoreId == storeId && order.PaymentMethodSystemName == CryptoGatewaysDefaults.SystemName)
            .OrderByDescending(order => order.Id)
            .Take(1))).FirstOrDefault();
        return newest is null ? null
            : await attempts.LatestAsync(newest.Id) is { } attempt ? attempt.Choice : CheckoutFlow.ChoiceIn(newest);
    }
}
