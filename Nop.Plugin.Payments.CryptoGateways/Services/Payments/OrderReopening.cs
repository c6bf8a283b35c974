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
