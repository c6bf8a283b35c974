using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Opens a cancelled order again whose money has arrived after all, for owners who want that. A row is written before stock is
/// taken, and stock is taken once: after a crash in between nobody can tell how much of it was, and a person is asked to look.
/// </summary>
public class OrderRevival(RevivalCheck check, PaymentTimeline timeline, PaymentNotes notes, IOrderService orderService,
    IProductService productService, ILocalizationService localizationService)
{
    /// <summary>The platform's own words for stock that an order takes; {0} is the order's id.</summary>
    private const string StockMessage = "Admin.StockQuantityHistory.Messages.PlaceOrder";

    /// <summary>Whether a cancelled order can be opened again, or is about to be.</summary>
    public async Task<Revival> FindAsync(Order order) =>
        await timeline.RevivalAsync(order.Id) is not null ? Revival.Begun
        : await check.CanReviveAsync(order) ? Revival.Possible
        : Revival.Impossible;

    /// <summary>
    /// Takes the order's stock again and lets it wait for its money, as if it had just been placed.
    /// </summary>
    /// <param name="payment">The attempt that was paid.</param>
    /// <param name="order">The order as the database has it now; cancelled.</param>
    /// <param name="stillOurs">Last look whether the lease is held.</param>
    /// <returns>False when the lease was lost.</returns>
    public async Task<bool> ReviveAsync(CryptoPayment payment, Order order, Func<Task<bool>> stillOurs)
    {
        if (await timeline.RevivalAsync(order.Id) is not { } revival)
        {
            if (!await stillOurs())
                return false;

            revival = await timeline.BeginRevivalAsync(payment);
            await TakeStockAsync(order);
            await timeline.EndOperationAsync(revival);
        }

        await notes.TellAsync(payment, order, revival.ProcessedOnUtc is null ? DecisionNote.RevivedWithoutStock : DecisionNote.Revived);
        if (!await stillOurs())
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
