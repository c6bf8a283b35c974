using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reopens a cancelled order whose payment arrived late, if the settings allow it. An event is stored before the stock is taken,
/// and the stock is taken once. After a crash in between, the amount taken is unknown, and the order note asks the owner to check.
/// </summary>
public class OrderReopening(ReopeningCheck check, PaymentEventService events, OrderNotes notes, IOrderService orderService,
    IProductService productService, ILocalizationService localizationService)
{
    /// <summary>The platform's message for stock that an order takes; {0} is the order's id.</summary>
    private const string StockMessage = "Admin.StockQuantityHistory.Messages.PlaceOrder";

    /// <summary>Whether a cancelled order can be reopened, or its reopening has begun.</summary>
    public async Task<Reopening> FindAsync(Order order, OrderSnapshot snapshot) =>
        snapshot.Reopening is not null ? Reopening.Begun
        : await check.CanReopenAsync(order) ? Reopening.Possible
        : Reopening.Impossible;

    /// <summary>
    /// Takes the order's stock again and sets it to pending, as if it had just been placed.
    /// </summary>
    /// <param name="payment">The attempt that was paid.</param>
    /// <param name="order">The cancelled order as stored now.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="isHeld">Checks whether the lease is still held.</param>
    /// <returns>False when the lease is lost.</returns>
    public async Task<bool> ReopenAsync(CryptoPayment payment, Order order, OrderSnapshot snapshot, Func<Task<bool>> isHeld)
    {
        if (snapshot.Reopening is not { } reopening)
        {
            if (!await isHeld())
                return false;

            if (await events.BeginReopeningAsync(payment, snapshot) is not { } begun)
                return false;

            reopening = begun;
            await TakeStockAsync(order);
            await events.CompleteAsync(reopening);
        }

        await notes.AddAsync(payment, order, reopening.ProcessedOnUtc is null ? OrderNoteKind.ReopenedWithoutStock : OrderNoteKind.Reopened);
        if (!await isHeld())
            return false;

        // The platform has no method for this. Payment, shipping and e-mails are the platform's again afterwards.
        order.OrderStatus = OrderStatus.Pending;
        order.PaymentStatus = PaymentStatus.Pending;
        await orderService.UpdateOrderAsync(order);
        return true;
    }

    private async Task TakeStockAsync(Order order)
    {
        var message = EditableText.FormatInvariant(await localizationService.GetResourceAsync(StockMessage), order.Id);
        foreach (var item in await orderService.GetOrderItemsAsync(order.Id))
        {
            if (await productService.GetProductByIdAsync(item.ProductId) is { } product)
                await productService.AdjustInventoryAsync(product, -item.Quantity, item.AttributesXml, message);
        }
    }
}

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
