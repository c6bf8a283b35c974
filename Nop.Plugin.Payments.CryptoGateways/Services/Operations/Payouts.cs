using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Refunds by payout to a user of the provider, for gateways without refunds. An event is stored before the provider is
/// called. While the outcome of a payout is unknown, the payment gets no other.
/// </summary>
public class Payouts(PaymentEventService events, OrderLock orderLock, AttemptStore attempts, OperationCaller operationCaller,
    OrderReader orders, IOrderProcessingService orderProcessingService)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The payout whose outcome is unknown; null when there is none.</summary>
    public Task<PaymentEvent?> OpenAsync(int paymentId) => events.OpenPayoutAsync(paymentId);

    /// <inheritdoc cref="OrderReader.RefundableAsync"/>
    public Task<Money> RefundableAsync(Order order) => orders.RefundableAsync(order);

    /// <summary>Pays out and records the refund on the order.</summary>
    /// <param name="paymentId">The attempt that was paid.</param>
    /// <param name="order">The payout.</param>
    public async Task<PayoutResult> PayAsync(int paymentId, PayoutOrder order)
    {
        if (await attempts.FindAsync(paymentId) is not { } payment || operationCaller.GatewayOf(payment) is not IPayoutGateway)
            return new PayoutResult(PayoutOutcome.NotPossible);
        if (order.Recipient.Length == 0 || order.Amount <= 0 || order.Currency.Length == 0 || order.Refund <= 0)
            return new PayoutResult(PayoutOutcome.Incomplete);

        return await WithLockAsync(payment, async storeOrder =>
        {
            if (await OpenAsync(payment.Id) is not null)
                return new PayoutResult(PayoutOutcome.StillOpen);
            if (await orders.RefundOfAsync(storeOrder, order.Refund) is not { } refund || !CanRecord(storeOrder, refund))
                return new PayoutResult(PayoutOutcome.TooMuch);
            if (!await operationCaller.IsPlausiblePayoutAsync(payment, new Money(order.Refund, payment.PriceCurrency), new Money(order.Amount, order.Currency)))
                return new PayoutResult(PayoutOutcome.FarFromRefund);
            if (await events.BeginPayoutAsync(payment, new Money(order.Amount, order.Currency), order.Refund, order.FormKey) is not { } row)
                return new PayoutResult(PayoutOutcome.Repeated);

            var (sent, error) = await operationCaller.PayOutAsync(payment, order.Recipient, new Money(order.Amount, order.Currency));
            if (!sent && !error!.CreatedNothing)
                return new PayoutResult(PayoutOutcome.Unknown, error.Message);

            if (sent)
                await RecordAsync(storeOrder, refund);
            await events.CompleteAsync(row, sent ? PaymentEventOutcome.Sent : PaymentEventOutcome.Declined);
            return sent ? new PayoutResult(PayoutOutcome.Sent) : new PayoutResult(PayoutOutcome.Declined, error!.Message);
        });
    }

    /// <summary>Closes an open payout with the outcome that an administrator found.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="wasSent">True when the provider's dashboard shows it.</param>
    public async Task<PayoutResult> ResolveAsync(int paymentId, bool wasSent)
    {
        if (await attempts.FindAsync(paymentId) is not { } payment)
            return new PayoutResult(PayoutOutcome.NotPossible);

        return await WithLockAsync(payment, async storeOrder =>
        {
            if (await OpenAsync(payment.Id) is not { StatedAmount: { } entered } row)
                return new PayoutResult(PayoutOutcome.Repeated);

            var refund = await orders.RefundOfAsync(storeOrder, entered);
            var canRecord = refund is not null && CanRecord(storeOrder, refund.Value);
            if (wasSent && canRecord)
                await RecordAsync(storeOrder, refund!.Value);
            await events.CompleteAsync(row, wasSent ? PaymentEventOutcome.Sent : PaymentEventOutcome.NotSent);
            return new PayoutResult(!wasSent ? PayoutOutcome.Released : canRecord ? PayoutOutcome.Sent : PayoutOutcome.SentNotRecorded);
        });
    }

    private async Task<PayoutResult> WithLockAsync(CryptoPayment payment, Func<Order, Task<PayoutResult>> work)
    {
        if (await orderLock.AcquireAsync(payment.OrderId, _lockTimeout) is not { } lease)
            return new PayoutResult(PayoutOutcome.Busy);

        try
        {
            return await orders.FindAsync(payment.OrderId) is { } order ? await work(order) : new PayoutResult(PayoutOutcome.NotPossible);
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    private bool CanRecord(Order order, decimal refund) => refund == order.OrderTotal && order.RefundedAmount == 0
        ? orderProcessingService.CanRefundOffline(order)
        : refund <= order.OrderTotal - order.RefundedAmount && orderProcessingService.CanPartiallyRefundOffline(order, refund);

    private Task RecordAsync(Order order, decimal refund) => refund == order.OrderTotal && order.RefundedAmount == 0
        ? orderProcessingService.RefundOfflineAsync(order)
        : orderProcessingService.PartiallyRefundOfflineAsync(order, refund);
}

/// <summary>
/// A payout as the administrator enters it.
/// </summary>
/// <param name="Recipient">The user's name at the provider.</param>
/// <param name="Amount">In <paramref name="Currency"/>.</param>
/// <param name="Currency">The provider's currency code.</param>
/// <param name="Refund">The refund of the order, in the primary store currency.</param>
/// <param name="FormKey">Unique for each form, so that a double click pays out once.</param>
public sealed record PayoutOrder(string Recipient, decimal Amount, string Currency, decimal Refund, string FormKey);

/// <param name="Outcome">The outcome.</param>
/// <param name="Detail">The provider's message.</param>
public sealed record PayoutResult(PayoutOutcome Outcome, string? Detail = null);

/// <summary>
/// The outcome of a payout. Its text is Plugins.Payments.CryptoGateways.Payout.{name}.
/// </summary>
public enum PayoutOutcome
{
    Sent,

    /// <summary>An administrator found that it was sent, but the order can no longer be refunded by that amount.</summary>
    SentNotRecorded,

    /// <summary>The provider declined; nothing was sent.</summary>
    Declined,

    /// <summary>No usable response: it may have been sent. No other payout is made until an administrator has checked.</summary>
    Unknown,

    /// <summary>Nothing was sent: the outcome of an earlier payout is unknown.</summary>
    StillOpen,

    /// <summary>Nothing was sent: it is worth far more than the refund.</summary>
    FarFromRefund,

    /// <summary>An administrator found that the open payout was not sent.</summary>
    Released,

    /// <summary>The same form was sent before.</summary>
    Repeated,

    /// <summary>More than the refundable amount.</summary>
    TooMuch,

    /// <summary>A field is empty or not above zero.</summary>
    Incomplete,

    /// <summary>Another worker holds the order's lease.</summary>
    Busy,
    NotPossible
}
