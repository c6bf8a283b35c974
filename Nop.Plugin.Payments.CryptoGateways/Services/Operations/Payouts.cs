using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Refunds by a payment to a user of the provider, for gateways that have no refund. A row is written before the provider is
/// called; while it is not known what became of one, no other is made for that payment.
/// </summary>
public class Payouts(PaymentEventService events, OrderLock leases, AttemptReader attempts, OperationCaller operationCaller,
    OrderReader orders, IOrderProcessingService orderProcessingService)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The payout of a payment of which it is not known whether it was made; null when there is none.</summary>
    public Task<PaymentEvent?> OpenAsync(int paymentId) => events.OpenPayoutAsync(paymentId);

    /// <inheritdoc cref="OrderReader.RefundableAsync"/>
    public Task<Money> RefundableAsync(Order order) => orders.RefundableAsync(order);

    /// <summary>Sends money and records the refund on the order.</summary>
    /// <param name="paymentId">The attempt that was paid.</param>
    /// <param name="order">What to do.</param>
    public async Task<PayoutResult> PayAsync(int paymentId, PayoutOrder order)
    {
        if (await attempts.ByIdAsync(paymentId) is not { } payment || operationCaller.GatewayOf(payment) is not IPayoutGateway)
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
            await events.CompleteAsync(row, sent ? PaymentEventOutcome.PayoutSent : PaymentEventOutcome.PayoutRefused);
            return sent ? new PayoutResult(PayoutOutcome.Sent) : new PayoutResult(PayoutOutcome.Refused, error!.Message);
        });
    }

    /// <summary>Takes a person's word for what became of the payout that is open.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="wasSent">The provider's dashboard shows it.</param>
    public async Task<PayoutResult> ResolveAsync(int paymentId, bool wasSent)
    {
        if (await attempts.ByIdAsync(paymentId) is not { } payment)
            return new PayoutResult(PayoutOutcome.NotPossible);

        return await WithLockAsync(payment, async storeOrder =>
        {
            if (await OpenAsync(payment.Id) is not { StatedAmount: { } entered } row)
                return new PayoutResult(PayoutOutcome.Repeated);

            var refund = await orders.RefundOfAsync(storeOrder, entered);
            var canRecord = refund is not null && CanRecord(storeOrder, refund.Value);
            if (wasSent && canRecord)
                await RecordAsync(storeOrder, refund!.Value);
            await events.CompleteAsync(row, wasSent ? PaymentEventOutcome.PayoutSent : PaymentEventOutcome.PayoutRefused);
            return new PayoutResult(!wasSent ? PayoutOutcome.Released : canRecord ? PayoutOutcome.Sent : PayoutOutcome.SentNotRecorded);
        });
    }

    private async Task<PayoutResult> WithLockAsync(CryptoPayment payment, Func<Order, Task<PayoutResult>> work)
    {
        if (await leases.AcquireAsync(payment.OrderId, _lockTimeout) is not { } lease)
            return new PayoutResult(PayoutOutcome.Busy);

        try
        {
            return await orders.FindAsync(payment.OrderId) is { } order ? await work(order) : new PayoutResult(PayoutOutcome.NotPossible);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
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
/// A payout as the owner enters it.
/// </summary>
/// <param name="Recipient">The provider's name of the user.</param>
/// <param name="Amount">How much is sent, in <paramref name="Currency"/>.</param>
/// <param name="Currency">The provider's code.</param>
/// <param name="Refund">How much of the order is refunded by it, in the primary store currency.</param>
/// <param name="FormKey">Unique for each form that was shown, so that a doubled click sends once.</param>
public sealed record PayoutOrder(string Recipient, decimal Amount, string Currency, decimal Refund, string FormKey);

/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What the provider said.</param>
public sealed record PayoutResult(PayoutOutcome Outcome, string? Detail = null);

/// <summary>
/// How a payout went. Its text is Plugins.Payments.CryptoGateways.Payout.{name}.
/// </summary>
public enum PayoutOutcome
{
    Sent,

    /// <summary>A person found that it was sent, but the order can no longer be refunded by that much.</summary>
    SentNotRecorded,

    /// <summary>The provider refused; nothing was sent.</summary>
    Refused,

    /// <summary>No usable answer: it may have been sent, and no other is made until a person has looked.</summary>
    Unknown,

    /// <summary>Nothing was sent: it is not known yet what became of an earlier one.</summary>
    StillOpen,

    /// <summary>Nothing was sent: it is worth far more than the refund.</summary>
    FarFromRefund,

    /// <summary>A person found that the open one was not sent.</summary>
    Released,

    /// <summary>The same form was sent before.</summary>
    Repeated,

    /// <summary>More than is left to refund.</summary>
    TooMuch,

    /// <summary>A field is empty or not above zero.</summary>
    Incomplete,

    /// <summary>Somebody else is at work on the order.</summary>
    Busy,
    NotPossible
}
