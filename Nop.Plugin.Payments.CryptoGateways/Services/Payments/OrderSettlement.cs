using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What a decision changes on the order. Only PaymentSynchronizer calls it, while it holds the order's lease.
/// </summary>
public class OrderSettlement(IOrderProcessingService orderProcessingService, PaidMarkers claims, OrderReopening reopening, OrderNotes notes,
    ShopperNotifications mails)
{
    /// <summary>
    /// Opens, marks or cancels the order as decided, and tells it.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="order">The order as the database has it now.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="stillOurs">Last look whether the lease is held: a holder that was stopped for a minute must not go on.</param>
    /// <returns>False when the order does not take what was decided: the facts have changed and have to be read again.</returns>
    public async Task<bool> ApplyAsync(CryptoPayment payment, Order order, PaymentDecision decision, Func<Task<bool>> stillOurs)
    {
        if (decision.Reopen && !await reopening.ReopenAsync(payment, order, stillOurs))
            return false;
        if (decision.MarkPaid && !await MarkPaidAsync(payment, order, stillOurs))
            return false;

        // What the platform does not allow is not done, and no note says that it was.
        var isDone = (!decision.MarkAuthorized || await MarkAuthorizedAsync(payment, order, stillOurs))
            && (!decision.CancelOrder || await CancelAsync(order, stillOurs));
        if (!await notes.TellAsync(payment, order, isDone ? decision.Note : OrderNoteKind.None, stillOurs))
            return false;

        await mails.EnqueueAsync(payment, payment.Status, decision);
        return true;
    }

    /// <summary>Tells the shopper, after the decision is committed.</summary>
    public Task AnnounceAsync(CryptoPayment payment) => mails.SendPendingAsync(payment, isLastTry: false);

    /// <summary>Under the claim, so that no other attempt can do the same.</summary>
    private async Task<bool> MarkPaidAsync(CryptoPayment payment, Order order, Func<Task<bool>> stillOurs)
    {
        // In this order: a claim on an order that cannot be marked would say later that it was.
        if (!orderProcessingService.CanMarkOrderAsPaid(order) || !await claims.TakeAsync(payment) || !await stillOurs())
            return false;

        order.CaptureTransactionId = payment.KnownExternalId ?? payment.Reference;
        await orderProcessingService.MarkOrderAsPaidAsync(order);
        await claims.StampAsync(order.Id);
        return true;
    }

    /// <summary>The platform's call has no guard of its own against a second one.</summary>
    private async Task<bool> MarkAuthorizedAsync(CryptoPayment payment, Order order, Func<Task<bool>> stillOurs)
    {
        if (!orderProcessingService.CanMarkOrderAsAuthorized(order) || !await stillOurs())
            return false;

        order.AuthorizationTransactionId = payment.KnownExternalId ?? payment.Reference;
        await orderProcessingService.MarkAsAuthorizedAsync(order);
        return true;
    }

    /// <summary>The platform returns the stock.</summary>
    private async Task<bool> CancelAsync(Order order, Func<Task<bool>> stillOurs)
    {
        if (PaymentFactsReader.StateOf(order) != OrderState.Open || !orderProcessingService.CanCancelOrder(order) || !await stillOurs())
            return false;

        await orderProcessingService.CancelOrderAsync(order, notifyCustomer: true);
        return true;
    }
}

/// <summary>
/// The one permission to mark an order as paid: a row with a unique key, so that the database gives it once, whatever crashes
/// or runs twice. It is stamped when the platform has done all that belongs to an order's being paid.
/// </summary>
public class PaidMarkers(IRepository<PaymentEvent> events, TimeProvider time)
{
    public async Task<PaymentEvent?> FindAsync(int orderId)
    {
        var key = KeyOf(orderId);
        return (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();
    }

    /// <summary>
    /// Claims the order for an attempt; true when the claim is this attempt's, now or from an earlier try.
    /// </summary>
    public async Task<bool> TakeAsync(CryptoPayment payment)
    {
        var claim = await FindAsync(payment.OrderId);
        if (claim is null)
        {
            claim = new PaymentEvent
            {
                EventKey = KeyOf(payment.OrderId),
                PaymentId = payment.Id,
                Kind = PaymentEventKind.PaidMarker,
                CreatedOnUtc = time.GetUtcNow().UtcDateTime
            };
            await events.InsertAsync(claim, publishEvent: false);
        }
        return claim.PaymentId == payment.Id;
    }

    /// <summary>Records that the platform has marked the order, announced it and sent its mails.</summary>
    public async Task StampAsync(int orderId)
    {
        if (await FindAsync(orderId) is { ProcessedOnUtc: null } claim)
        {
            claim.ProcessedOnUtc = time.GetUtcNow().UtcDateTime;
            await events.UpdateAsync(claim, publishEvent: false);
        }
    }

    private static string KeyOf(int orderId) => $"paid-order-{orderId}";
}
