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
/// Opens a cancelled order again whose money has arrived after all, for owners who want that. A row is written before stock is
/// taken, and stock is taken once: after a crash in between nobody can tell how much of it was, and a person is asked to look.
/// </summary>
public class OrderReopening(ReopeningCheck check, PaymentEventService events, OrderNotes notes, IOrderService orderService,
    IProductService productService, ILocalizationService localizationService)
{
    /// <summary>The platform's own words for stock that an order takes; {0} is the order's id.</summary>
    private const string StockMessage = "Admin.StockQuantityHistory.Messages.PlaceOrder";

    /// <summary>Whether a cancelled order can be opened again, or is about to be.</summary>
    public async Task<Reopening> FindAsync(Order order, OrderSnapshot snapshot) =>
        snapshot.Reopening is not null ? Reopening.Begun
        : await check.CanReopenAsync(order) ? Reopening.Possible
        : Reopening.Impossible;

    /// <summary>
    /// Takes the order's stock again and lets it wait for its money, as if it had just been placed.
    /// </summary>
    /// <param name="payment">The attempt that was paid.</param>
    /// <param name="order">The order as the database has it now; cancelled.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="isHeld">Last look whether the lease is held.</param>
    /// <returns>False when the lease was lost.</returns>
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

        // The platform has no call for it. What follows, payment and shipping and mails, is the platform's again.
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
/// Tells whether a cancelled order can be opened again as it was: nothing but money paid it, and its products can still be had.
/// </summary>
public class ReopeningCheck(IOrderService orderService, IProductService productService, IProductAttributeParser attributeParser)
{
    /// <summary>What rounding may make of an order's parts, in the store's currency.</summary>
    private const decimal Rounding = 0.05m;

    public async Task<bool> CanReopenAsync(Order order)
    {
        if (!WasPaidByMoneyAlone(order) || order.ShippingStatus is not (ShippingStatus.ShippingNotRequired or ShippingStatus.NotYetShipped))
            return false;

        var needed = new Dictionary<string, int>();
        foreach (var item in await orderService.GetOrderItemsAsync(order.Id))
        {
            if (await productService.GetProductByIdAsync(item.ProductId) is not { } product || !await CanBeHadAsync(product, item.Quantity, item.AttributesXml, needed))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Gift cards and points make the total smaller than its parts. They are given back when the order is cancelled, and the store
    /// may delete that a card was used, so that the sum is what can be relied on.
    /// </summary>
    private static bool WasPaidByMoneyAlone(Order order) => order.OrderTotal >=
        order.OrderSubtotalInclTax - order.OrderSubTotalDiscountInclTax + order.OrderShippingInclTax + order.PaymentMethodAdditionalFeeInclTax - order.OrderDiscount - Rounding;

    private async Task<bool> CanBeHadAsync(Product product, int quantity, string? attributesXml, Dictionary<string, int> needed)
    {
        if (product.Deleted || !product.Published || product.IsGiftCard || product.IsRecurring)
            return false;
        if (!await IsInStockAsync(product, quantity, attributesXml, needed))
            return false;

        foreach (var part in await attributeParser.ParseProductAttributeValuesAsync(attributesXml ?? string.Empty))
        {
            if (part.AttributeValueType == AttributeValueType.AssociatedToProduct
                && (await productService.GetProductByIdAsync(part.AssociatedProductId) is not { } bundled || !await CanBeHadAsync(bundled, quantity * part.Quantity, null, needed)))
                return false;
        }
        return true;
    }

    /// <summary>Counts all lines that take from the same stock together.</summary>
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
