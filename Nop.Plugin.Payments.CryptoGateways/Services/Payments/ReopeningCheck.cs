using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Services.Catalog;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Checks whether a cancelled order can be reopened unchanged: it was not paid with points or gift cards, and its products are available.
/// </summary>
public class ReopeningCheck(IOrderService orderService, IProductService productService, IProductAttributeParser attributeParser)
{
    /// <summary>The largest rounding difference between an order's total and its parts, in the store's currency.</summary>
    private const decimal Rounding = 0.05m;

    public async Task<bool> CanReopenAsync(Order order)
    {
        if (!UsesNoPointsOrGiftCards(order) || order.ShippingStatus is not (ShippingStatus.ShippingNotRequired or ShippingStatus.NotYetShipped))
            return false;

        var needed = new Dictionary<string, int>();
        foreach (var item in await orderService.GetOrderItemsAsync(order.Id))
        {
            if (await productService.GetProductByIdAsync(item.ProductId) is not { } product || !await IsAvailableAsync(product, item.Quantity, item.AttributesXml, needed))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Gift cards and points make the total smaller than its parts. They are returned on cancellation, and the store may delete their
    /// usage records, so that only the sum is reliable.
    /// </summary>
    private static bool UsesNoPointsOrGiftCards(Order order) => order.OrderTotal >=
        order.OrderSubtotalInclTax - order.OrderSubTotalDiscountInclTax + order.OrderShippingInclTax + order.PaymentMethodAdditionalFeeInclTax - order.OrderDiscount - Rounding;

    private async Task<bool> IsAvailableAsync(Product product, int quantity, string? attributesXml, Dictionary<string, int> needed)
    {
        if (product.Deleted || !product.Published || product.IsGiftCard || product.IsRecurring)
            return false;
        if (!await IsInStockAsync(product, quantity, attributesXml, needed))
            return false;

        foreach (var part in await attributeParser.ParseProductAttributeValuesAsync(attributesXml ?? string.Empty))
        {
            if (part.AttributeValueType == AttributeValueType.AssociatedToProduct
                && (await productService.GetProductByIdAsync(part.AssociatedProductId) is not { } bundled || !await IsAvailableAsync(bundled, quantity * part.Quantity, null, needed)))
                return false;
        }
        return true;
    }

    /// <summary>Adds up all order lines that take from the same stock.</summary>
    private async Task<bool> IsInStockAsync(Product product, int quantity, string? attributesXml, Dictionary<string, int> needed)
    {
        switch (product.ManageInventoryMethod)
        {
            case ManageInventoryMethod.ManageStock:
                return Add($"product-{product.Id}") <= await productService.GetTotalStockQuantityAsync(product) || product.BackorderMode != BackorderMode.NoBackorders;
            case ManageInventoryMethod.ManageStockByAttributes:
                return await attributeParser.FindProductAttributeCombinationAsync(product, attributesXml) is not { } combination
                    || Add($"combination-{combination.Id}") <= combination.StockQuantity || combination.AllowOutOfStockOrders;
            default:
                return true;
        }

        int Add(string stock) => needed[stock] = needed.GetValueOrDefault(stock) + quantity;
    }
}
