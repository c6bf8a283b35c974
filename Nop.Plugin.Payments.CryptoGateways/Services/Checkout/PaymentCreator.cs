using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Makes the single call that creates an attempt's payment at the provider, and validates the response before a shopper sees it.
/// </summary>
public class PaymentCreator(GatewayRegistry registry, GatewaySettingsStore settingsStore, PaymentRequestFactory requestFactory,
    AmountPlausibility plausibility, CryptoGatewaysTelemetry telemetry, ThrottledLog log)
{
    /// <summary>
    /// Creates an attempt's payment. Returns an error when the call failed, or when the response would send the shopper to an unknown
    /// host, to an address of another network, or ask for an implausible amount.
    /// </summary>
    public async Task<(CreatedPayment? Created, GatewayException? Error)> CreateAsync(CryptoPayment payment, Order order, CancellationToken cancellationToken)
    {
        var gateway = registry.Find(payment.Gateway)!;
        var settings = await settingsStore.LoadAsync(gateway.Descriptor, payment.StoreId);
        using var step = CryptoGatewaysTelemetry.Start("create payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        try
        {
            var request = await requestFactory.CreateAsync(order, payment, gateway.Descriptor);
            var created = await GatewayBoundary.CallAsync(async () => ExternalText.Fit(await gateway.CreateAsync(request, settings, cancellationToken)));
            if (created.CheckoutUrl is { } page && !gateway.Descriptor.IsAllowedRedirect(page, settings))
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with a page on an unknown host: {page.IdnHost}");
            if (created is { CheckoutUrl: null, PayTo: null })
                throw new GatewayException(GatewayFault.BadAnswer, "answered create with neither a page nor an address");
            if (created.PayTo is { } payTo && payTo.Due.Amount < request.Coin.Dust)
                throw new GatewayException(GatewayFault.BadAnswer, $"answered create with {payTo.Due}, less than the network accepts");
            if (created.PayTo?.Address is { } address && request.Coin.AddressFault(address) is { } fault)
                throw new GatewayException(GatewayFault.BadAddress, $"answered create with {fault}");
            if (created.PayTo is { Due: var due })
                await plausibility.CheckAsync(due, request.Coin, payment);

            telemetry.Created(payment.Gateway, fault: null);
            return (created, null);
        }
        catch (GatewayException exception)
        {
            telemetry.Created(payment.Gateway, exception.Fault);
            await log.WarningAsync($"{payment.Gateway} create {exception.Fault}", $"{gateway.Descriptor.Name}, payment {payment.Reference} of order {payment.OrderId}: not created, {exception.Fault}: {exception.Message}");
            return (null, exception);
        }
    }
}

/// <summary>
/// Compares coin amounts with the price of the order, where the store knows the coin's price. A provider that misplaces a decimal point
/// must not make a shopper send a thousand times the price, or the store deliver for a thousandth of it.
/// </summary>
public class AmountPlausibility(AmountConverter converter, ISettingService settingService)
{
    /// <summary>
    /// Limits of an amount's value relative to the price. They are wide because the store's and the provider's coin prices differ and move.
    /// </summary>
    public const decimal Least = 0.5m, Most = 2m;

    /// <summary>Limits for coins valued at their peg: the price is stable, but a network fee may be added.</summary>
    public const decimal LeastPegged = 0.8m, MostPegged = 1.5m;

    /// <summary>Age up to which an attempt's price is comparable with current coin prices.</summary>
    private static readonly TimeSpan _comparable = TimeSpan.FromDays(1);

    /// <summary>Checks an amount that a shopper would be asked to send.</summary>
    /// <param name="asked">What the provider asks for, in coins.</param>
    /// <param name="coin">The coin.</param>
    /// <param name="payment">The attempt.</param>
    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: it is worth far less or far more than the price.</exception>
    public async Task CheckAsync(Money asked, CoinDescriptor coin, CryptoPayment payment)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(payment.StoreId);
        var (one, isPegged) = await converter.UnitValueAsync(coin, payment.PriceCurrency, settings);
        if (one is not { } value)
            return;

        var (least, most) = isPegged ? (LeastPegged, MostPegged) : (Least, Most);
        var worth = asked.Amount * value;
        if (worth < payment.PriceAmount * least || worth > payment.PriceAmount * most)
            throw new GatewayException(GatewayFault.BadAnswer, $"requested {asked}, which is far from the price of {new Money(payment.PriceAmount, payment.PriceCurrency)}");
    }

    /// <summary>False when an amount of coins is worth far more than a price; true when the coin's price is unknown.</summary>
    public async Task<bool> IsAtMostAsync(Money price, decimal coins, CoinDescriptor coin, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>(storeId);
        var (one, isPegged) = await converter.UnitValueAsync(coin, price.Currency, settings);
        return one is not > 0m || coins <= price.Amount * (isPegged ? MostPegged : Most) / one.Value;
    }

    /// <summary>
    /// Checks the amount that a provider first states for its own page. An amount that was shown to the shopper is compared exactly
    /// elsewhere; an amount that was accepted once stays accepted when the coin's price moves.
    /// </summary>
    /// <param name="provider">The provider's answer.</param>
    /// <param name="gateway">Its descriptor.</param>
    /// <param name="payment">The attempt.</param>
    /// <param name="nowUtc">By the store's clock.</param>
    /// <inheritdoc cref="CheckAsync(Money, CoinDescriptor, CryptoPayment)"/>
    public async Task CheckAsync(ProviderPayment provider, GatewayDescriptor gateway, CryptoPayment payment, DateTime nowUtc)
    {
        if (payment.AmountToSend is not null || payment.ExpectedAmount is not null || nowUtc - payment.CreatedOnUtc > _comparable
            || (provider.Expected ?? provider.PayTo?.Due) is not { } asked || asked == payment.Quoted)
            return;

        await CheckAsync(asked, gateway.Coins.FirstOrDefault(coin => coin.Code == asked.Currency) ?? new CoinDescriptor(asked.Currency, asked.Currency, Minimum: 0m), payment);
    }
}

/// <summary>
/// Builds the request that creates an attempt's payment at its provider.
/// </summary>
public class PaymentRequestFactory(IOrderService orderService, IAddressService addressService, ILanguageService languageService,
    ILocalizationService localizationService, DisplayedPrices prices, StoreUrls storeUrls)
{
    /// <param name="order">The order.</param>
    /// <param name="payment">The attempt.</param>
    /// <param name="gateway">The attempt's gateway.</param>
    /// <exception cref="GatewayException"><see cref="GatewayFault.NotCalled"/>: the store has no usable URL.</exception>
    public async Task<PaymentRequest> CreateAsync(Order order, CryptoPayment payment, GatewayDescriptor gateway)
    {
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        return new PaymentRequest
        {
            Reference = payment.Reference,
            Coin = gateway.Coins.First(coin => coin.Code == payment.Coin),
            Amount = payment.Quoted,
            OrderId = order.Id,
            OrderNumber = order.CustomOrderNumber,
            StoreId = order.StoreId,
            Attempt = payment.Attempt,
            CustomerId = order.CustomerId,
            CustomerEmail = address?.Email,
            CustomerName = ExternalText.FirstNonEmpty($"{address?.FirstName} {address?.LastName}".Trim()),
            Language = (await languageService.GetLanguageByIdAsync(order.CustomerLanguageId))?.UniqueSeoCode ?? "en",
            WebhookUrl = await WebhookUrlAsync(gateway, order.StoreId),
            SuccessUrl = Usable(await storeUrls.ReturnAsync(payment, "success")),
            FailureUrl = Usable(await storeUrls.ReturnAsync(payment, StoreUrls.Failure)),
            Items = await ItemsAsync(order, payment)
        };
    }

    /// <summary>URL for the provider's webhooks.</summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.NotCalled"/>: the store has no usable URL.</exception>
    public async Task<Uri> WebhookUrlAsync(GatewayDescriptor gateway, int storeId) => Usable(await storeUrls.WebhookAsync(gateway, storeId));

    private static Uri Usable(Uri? url) =>
        url ?? throw new GatewayException(GatewayFault.NotCalled, "not called: the store's URL is empty or invalid, see Configuration > Stores");

    /// <summary>
    /// The order's lines with shipping and payment fee at their displayed prices, in the primary store currency; none when their sum
    /// differs from the requested amount (discounts, gift cards, reward points, hidden decimals, another currency).
    /// </summary>
    private async Task<IReadOnlyList<PaymentItem>> ItemsAsync(Order order, CryptoPayment payment)
    {
        var items = new List<PaymentItem>();
        foreach (var line in await orderService.GetOrderItemsAsync(order.Id, null, null, 0))
        {
            var product = await orderService.GetProductByOrderItemIdAsync(line.Id);
            items.Add(await ItemAsync(product?.Name ?? $"#{line.ProductId}", line.UnitPriceInclTax, line.Quantity));
        }
        if (order.OrderShippingInclTax > 0)
            items.Add(await ItemAsync(await TextAsync("Item.Shipping", order), order.OrderShippingInclTax));
        if (order.PaymentMethodAdditionalFeeInclTax > 0)
            items.Add(await ItemAsync(await TextAsync("Item.Fee", order), order.PaymentMethodAdditionalFeeInclTax));

        return items.Sum(item => item.Price * item.Quantity) == payment.PayAmount ? items : [];
    }

    private async Task<PaymentItem> ItemAsync(string name, decimal price, int quantity = 1) => new(name, (await prices.ShownAsync(price)).Amount, quantity);

    private Task<string> TextAsync(string key, Order order) =>
        localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key, order.CustomerLanguageId, true, string.Empty, false);
}
