using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What a decision changes on the order. Only PaymentSynchronizer calls it, while it holds the order's lease.
/// </summary>
public class OrderSettlement(IOrderProcessingService orderProcessingService, PaymentEventService events, OrderReopening reopening, OrderNotes notes,
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
        if (!orderProcessingService.CanMarkOrderAsPaid(order) || !await events.ClaimOrderAsync(payment) || !await stillOurs())
            return false;

        order.CaptureTransactionId = payment.KnownExternalId ?? payment.Reference;
        await orderProcessingService.MarkOrderAsPaidAsync(order);
        await events.CompletePaidMarkerAsync(order.Id);
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
