using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Compares the coins that a provider asks for with what they are worth, where the store knows a price: a provider that misplaces a decimal
/// point must not get a shopper to send a thousand times the price, or the store to deliver for a thousandth.
/// </summary>
public class PlausibleAmounts(AmountConverter converter, ISettingService settingService)
{
    /// <summary>
    /// What is asked for may be worth this part of the price at least and that multiple at most: prices of the store and of the provider
    /// differ, and move.
    /// </summary>
    public const decimal Least = 0.5m, Most = 2m;

    /// <summary>The same for coins at their peg, whose price does not move; a network fee may be on top.</summary>
    public const decimal LeastPegged = 0.8m, MostPegged = 1.5m;

    /// <summary>How long after the attempt was made its price is compared with a present one.</summary>
    private static readonly TimeSpan _comparable = TimeSpan.FromDays(1);

    /// <summary>Checks what a shopper is to be told to send.</summary>
    /// <param name="asked">What the provider asks for, in coins.</param>
    /// <param name="coin">The coin.</param>
    /// <param name="payment">The attempt.</param>
    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: it is worth far less or far more than the price.</exception>
    public async Task CheckAsync(Money asked, CoinDescriptor coin, CryptoPayment payment)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(payment.StoreId);
        var (one, isPegged) = await converter.WorthOfOneAsync(coin, payment.PriceCurrency, settings);
        if (one is not { } value)
            return;

        var (least, most) = isPegged ? (LeastPegged, MostPegged) : (Least, Most);
        var worth = asked.Amount * value;
        if (worth < payment.PriceAmount * least || worth > payment.PriceAmount * most)
            throw new GatewayException(GatewayFault.BadAnswer, $"asked for {asked}, which is far from the price of {new Money(payment.PriceAmount, payment.PriceCurrency)}");
    }

    /// <summary>False when coins are worth far more than a price; true where the store knows no price of the coin.</summary>
    public async Task<bool> IsAtMostAsync(Money price, decimal coins, CoinDescriptor coin, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var (one, isPegged) = await converter.WorthOfOneAsync(coin, price.Currency, settings);
        return one is not > 0m || coins <= price.Amount * (isPegged ? MostPegged : Most) / one.Value;
    }

    /// <summary>
    /// Checks what a provider is first heard to ask for on its own page. What the shopper was told is compared exactly elsewhere, and
    /// holds the payment when it differs; what was accepted once stays accepted, whatever the price does.
    /// </summary>
    /// <param name="provider">The provider's answer.</param>
    /// <param name="gateway">Its descriptor.</param>
    /// <param name="payment">The attempt.</param>
    /// <param name="nowUtc">By the store's clock.</param>
    /// <inheritdoc cref="CheckAsync(Money, CoinDescriptor, CryptoPayment)"/>
    public async Task CheckAsync(ProviderPayment provider, GatewayDescriptor gateway, CryptoPayment payment, DateTime nowUtc)
    {
        if (payment.Due is not null || payment.ExpectedAmount is not null || nowUtc - payment.CreatedOnUtc > _comparable
            || (provider.Expected ?? provider.PayTo?.Due) is not { } asked || asked == payment.Quoted)
            return;

        await CheckAsync(asked, gateway.Coins.FirstOrDefault(coin => coin.Code == asked.Currency) ?? new CoinDescriptor(asked.Currency, asked.Currency, Minimum: 0m), payment);
    }
}
