using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Common;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

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
