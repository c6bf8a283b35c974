using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Applies a decision to the order, for callers that hold the order's lease.
/// </summary>
public class OrderSettlement(IOrderProcessingService orderProcessingService, PaymentEventService events, OrderLock orderLock, OrderReopening reopening, OrderNotes notes,
    ShopperNotifications notifications)
{
    /// <summary>
    /// Reopens, marks or cancels the order as decided, and records it in the order's notes.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="order">The order as stored now.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="lease">The order's. It is checked before the first effect, with the claim that precedes the mark as paid, and before a note is written.</param>
    /// <returns>False when the lease is lost or the order does not allow the decision: the facts have changed and must be read again.</returns>
    public async Task<bool> ApplyAsync(CryptoPayment payment, Order order, PaymentDecision decision, OrderSnapshot snapshot, Lease lease)
    {
        var mail = ShopperNotifications.NotificationFor(payment.Status, decision);
        // A mark as paid checks the lease itself.
        var needsCheck = decision is { Reopen: true } or { MarkAuthorized: true } or { CancelOrder: true } || mail is not null && !decision.MarkPaid;
        if (needsCheck && !await orderLock.IsHeldAsync(lease))
            return false;
        if (decision.Reopen && !await reopening.ReopenAsync(payment, order, snapshot, () => orderLock.IsHeldAsync(lease)))
            return false;
        if (decision.MarkPaid && !await MarkPaidAsync(payment, order, snapshot, lease))
            return false;

        // What the platform does not allow is skipped and gets no note.
        var isDone = (!decision.MarkAuthorized || await MarkAuthorizedAsync(payment, order))
            && (!decision.CancelOrder || await CancelAsync(order));
        if (!await notes.AddAsync(payment, order, isDone ? decision.Note : OrderNoteKind.None, () => orderLock.IsHeldAsync(lease)))
            return false;

        if (mail is not null)
            await events.EnqueueNotificationAsync(payment, mail, snapshot);
        return true;
    }

    /// <summary>Sends the shopper's e-mails, after the decision is committed.</summary>
    public Task NotifyShopperAsync(CryptoPayment payment, OrderSnapshot snapshot) => notifications.SendPendingAsync(payment, snapshot, isLastTry: false);

    /// <summary>Claims the order first, so that no other attempt can mark it as paid; the claim checks the lease.</summary>
    private async Task<bool> MarkPaidAsync(CryptoPayment payment, Order order, OrderSnapshot snapshot, Lease lease)
    {
        // In this order: a marker on an order that cannot be marked would claim later that it was.
        if (!orderProcessingService.CanMarkOrderAsPaid(order) || !await events.ClaimOrderAsync(payment, snapshot, () => orderLock.IsHeldAsync(lease)))
            return false;

        order.CaptureTransactionId = payment.KnownExternalId ?? payment.Reference;
        await orderProcessingService.MarkOrderAsPaidAsync(order);
        await events.CompleteAsync(snapshot.PaidMarker!);
        return true;
    }

    /// <summary>The platform's method does not check whether the order may be marked.</summary>
    private async Task<bool> MarkAuthorizedAsync(CryptoPayment payment, Order order)
    {
        if (!orderProcessingService.CanMarkOrderAsAuthorized(order))
            return false;

        order.AuthorizationTransactionId = payment.KnownExternalId ?? payment.Reference;
        await orderProcessingService.MarkAsAuthorizedAsync(order);
        return true;
    }

    /// <summary>The platform returns the stock.</summary>
    private async Task<bool> CancelAsync(Order order)
    {
        if (PaymentFactsReader.StateOf(order) != OrderState.Open || !orderProcessingService.CanCancelOrder(order))
            return false;

        await orderProcessingService.CancelOrderAsync(order, notifyCustomer: true);
        return true;
    }
}
