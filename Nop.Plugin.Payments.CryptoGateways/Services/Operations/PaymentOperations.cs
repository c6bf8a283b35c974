using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Capture, void and refund on the platform's order page. The platform updates the order after the plugin returns; until then the
/// synchronizer does not touch the payment (<see cref="PaymentEventService.OperationGrace"/>). Afterwards it completes what a crash interrupted.
/// </summary>
public class PaymentOperations(AttemptStore attempts, OrderReader orders, OrderLock orderLock,
    OperationCaller operationCaller, PaymentEventService events, TimeProvider time)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>True if any gateway supports an operation.</summary>
    public bool IsSupported<T>() where T : IPaymentGateway => operationCaller.IsSupported<T>();

    /// <summary>Captures the amount due.</summary>
    public Task<OperationOutcome> CaptureAsync(Order order) =>
        OperateAsync(order, OperationNames.Capture, (payment, snapshot) => CaptureOfAsync(order, payment, snapshot), payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is ICaptureGateway capture ? (request, settings) => capture.CaptureAsync(request, settings, CancellationToken.None) : null);

    /// <summary>Releases the authorized amount.</summary>
    public Task<OperationOutcome> VoidAsync(Order order) =>
        OperateAsync(order, OperationNames.Void, (payment, _) => Task.FromResult<Operation?>(new Operation(payment.PriceAmount, payment.Quoted, ProviderStatus.Canceled)), payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is IVoidGateway voids ? (request, settings) => voids.VoidAsync(request, settings, CancellationToken.None) : null);

    /// <summary>Refunds a payment. Refunds that add up to the order's total return everything that was received.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">In the primary store currency; it may have hidden decimals like the order's total.</param>
    public Task<OperationOutcome> RefundAsync(Order order, decimal amount) =>
        OperateAsync(order, OperationNames.Refund, (payment, snapshot) => RefundOfAsync(order, payment, amount, snapshot.RefundedOf(payment)), payment => StatusTransitions.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            gateway => gateway is IRefundGateway refunds ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null);

    private async Task<OperationOutcome> OperateAsync(Order order, string name, Func<CryptoPayment, OrderSnapshot, Task<Operation?>> operationOf, Func<CryptoPayment, bool> isFor,
        Func<IPaymentGateway?, OperationCall?> callOf)
    {
        if (await orderLock.AcquireAsync(order.Id, _lockTimeout) is not { } lease)
            return new OperationOutcome(OperationError.Busy);

        try
        {
            var snapshot = await attempts.SnapshotAsync(order.Id);
            if (PaymentFor(snapshot, isFor) is not { } payment)
                return new OperationOutcome(OperationError.NoPayment);
            if (callOf(operationCaller.GatewayOf(payment)) is not { } call)
                return new OperationOutcome(OperationError.NotSupported);

            // The platform will write the order as it read it, and overwrite later changes.
            if (!IsAsRead(order, await orders.FindAsync(order.Id)) || snapshot.OpenOperationOf(payment) is not null)
                return new OperationOutcome(OperationError.Busy);

            return await operationOf(payment, snapshot) is { } operation
                ? await CallAsync(payment, snapshot, name, operation, call, lease)
                : new OperationOutcome(OperationError.TooMuch);
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    private async Task<OperationOutcome> CallAsync(CryptoPayment payment, OrderSnapshot snapshot, string name, Operation requested, OperationCall call, Lease lease)
    {
        var operation = await events.BeginOperationAsync(payment, name, requested.Amount, requested.LeadsTo);
        // A paid payment is no longer checked, but after a crash from here on it must be.
        if (!await attempts.ScheduleAsync(payment, operation.CreatedOnUtc + PaymentEventService.OperationGrace, lease))
        {
            await events.CompleteAsync(operation, PaymentEventOutcome.Busy);
            return new OperationOutcome(OperationError.Busy);
        }

        var (result, error) = await operationCaller.OperateAsync(payment, name, requested.InQuote, call);
        if (result == OperationResult.Done)
        {
            // The operation stays open until the platform announces that it has written the order, see OperationCompletion.
            if (name == OperationNames.Capture)
            {
                await events.ClaimCapturedOrderAsync(payment, snapshot);
                payment.ReceivedAmount = requested.InQuote.Amount;
                await attempts.SaveAsync(payment, lease);
            }
            return new OperationOutcome(null) { IsWhole = requested.IsWhole };
        }

        var (failure, outcome) = result == OperationResult.Accepted ? (OperationError.Accepted, PaymentEventOutcome.Accepted)
            : error!.CreatedNothing ? (OperationError.Declined, PaymentEventOutcome.Declined)
            : (OperationError.Unknown, PaymentEventOutcome.Unknown);
        // The platform writes nothing now. The next run of the task asks the provider for the result.
        await events.CompleteAsync(operation, outcome);
        await attempts.ScheduleAsync(payment, time.GetUtcNow().UtcDateTime, lease);
        return new OperationOutcome(failure, error?.Message);
    }

    /// <summary>The attempt that paid the order rather than one that was paid by mistake; the latest when none did.</summary>
    private static CryptoPayment? PaymentFor(OrderSnapshot snapshot, Func<CryptoPayment, bool> isFor) =>
        snapshot.Attempts.LastOrDefault(attempt => isFor(attempt) && (snapshot.PaidMarker is null || snapshot.PaidMarker.PaymentId == attempt.Id));

    private static bool IsAsRead(Order order, Order? now) => now is not null
        && (now.PaymentStatusId, now.OrderStatusId, now.OrderTotal, now.RefundedAmount) == (order.PaymentStatusId, order.OrderStatusId, order.OrderTotal, order.RefundedAmount);

    /// <summary>The order's amount less the partial payments of other attempts; null when it exceeds the authorized amount.</summary>
    private async Task<Operation?> CaptureOfAsync(Order order, CryptoPayment payment, OrderSnapshot snapshot)
    {
        var amountDue = await orders.AmountDueAsync(order, snapshot.Attempts.Where(other => other.Id != payment.Id));
        return amountDue <= payment.PriceAmount ? new Operation(amountDue, InQuote(payment, amountDue), ProviderStatus.Completed) : null;
    }

    /// <summary>
    /// The displayed sum of all refunds including this one, less the sum before it, so that parts add up to the whole whatever their hidden
    /// decimals. Null when the refunds would exceed the price of the payment.
    /// </summary>
    private async Task<Operation?> RefundOfAsync(Order order, CryptoPayment payment, decimal amount, decimal refunded)
    {
        var until = (await orders.ShownAsync(refunded + amount)).Amount;
        if (until > payment.PriceAmount)
            return null;

        var before = InQuote(payment, (await orders.ShownAsync(refunded)).Amount);
        var after = InQuote(payment, until);
        var isAll = after.Amount >= (payment.ReceivedAfterSurplusRefund is { } received && received.Currency == after.Currency ? received.Amount : payment.PayAmount);
        return new Operation(amount, after with { Amount = after.Amount - before.Amount }, isAll ? ProviderStatus.Refunded : ProviderStatus.PartiallyRefunded)
        {
            IsWhole = await orders.ShownAsync(order.RefundedAmount + amount) == await orders.AmountAsync(order)
        };
    }

    /// <summary>
    /// The share of the quote for an amount in the store's currency, rounded up to the quote's decimals, but never more than was
    /// received. Captures and refunds use the same rounding, so that a full refund returns all that was captured.
    /// </summary>
    private Money InQuote(CryptoPayment payment, decimal amount)
    {
        var quoted = payment.Quoted;
        var decimals = quoted.Currency == payment.PriceCurrency ? CurrencyDecimals.Of(quoted.Currency)
            : operationCaller.GatewayOf(payment)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin)?.QuotedDecimals ?? CoinDecimals.Money;
        var part = amount == payment.PriceAmount ? quoted.Amount : ((Fraction)quoted.Amount * amount / payment.PriceAmount).RoundUp(decimals) ?? quoted.Amount;
        return quoted with { Amount = payment.ReceivedAfterSurplusRefund is { } received && received.Currency == quoted.Currency ? Math.Min(part, received.Amount) : part };
    }

    /// <param name="Amount">In the primary store currency.</param>
    /// <param name="InQuote">In the currency of the quote.</param>
    /// <param name="LeadsTo">The payment's status at the provider afterwards.</param>
    private sealed record Operation(decimal Amount, Money InQuote, ProviderStatus LeadsTo)
    {
        /// <summary>True when the refund completes the refund of the order.</summary>
        public bool IsWhole { get; init; }
    }
}

/// <summary>
/// The result of an operation.
/// </summary>
/// <param name="Error">Null on success.</param>
/// <param name="Detail">The provider's message, for the store owner.</param>
public sealed record OperationOutcome(OperationError? Error, string? Detail = null)
{
    /// <summary>True when the order is refunded in full, although the requested amount may lack hidden decimals.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>
/// The reason why an operation failed. Its text is Plugins.Payments.CryptoGateways.Operation.{name}.
/// </summary>
public enum OperationError
{
    /// <summary>The provider does not support the operation.</summary>
    NotSupported,

    /// <summary>The order has no payment in the required status.</summary>
    NoPayment,

    /// <summary>Another operation or a check is in progress, or the order has changed since the page was shown.</summary>
    Busy,

    /// <summary>More than the price of the payment, or than its remainder.</summary>
    TooMuch,

    /// <summary>The provider declined.</summary>
    Declined,

    /// <summary>The provider accepted the request and will confirm it.</summary>
    Accepted,

    /// <summary>No usable response: the operation may have been done.</summary>
    Unknown
}

/// <summary>
/// Captures, voids and refunds through the platform, as its own order page does: the platform calls the payment method and writes the
/// order. Each method returns the errors to show to the administrator; none when it succeeded.
/// </summary>
public class OrderOperations(AttemptStore attempts, OrderReader orders, IOrderProcessingService orderProcessingService, PluginTexts texts)
{
    public Task<IList<string>> CaptureAsync(int paymentId) => OperateAsync(paymentId, async order =>
        await orderProcessingService.CanCaptureAsync(order) ? await orderProcessingService.CaptureAsync(order) : [await texts.GetAsync("Operation.NoPayment")]);

    public Task<IList<string>> VoidAsync(int paymentId) => OperateAsync(paymentId, async order =>
        await orderProcessingService.CanVoidAsync(order) ? await orderProcessingService.VoidAsync(order) : [await texts.GetAsync("Operation.NoPayment")]);

    /// <param name="paymentId">The attempt.</param>
    /// <param name="amount">In the primary store currency; null or not positive is an error.</param>
    /// <param name="alreadyRefunded">The order's refunded amount when the form was shown: a form submitted twice refunds once.</param>
    public Task<IList<string>> RefundAsync(int paymentId, decimal? amount, decimal alreadyRefunded) => OperateAsync(paymentId, async order =>
    {
        if (amount is not { } sum || sum <= 0m)
            return [await texts.GetAsync("Operation.NoAmount")];
        if (alreadyRefunded != order.RefundedAmount)
            return [await texts.GetAsync("Operation.Busy")];
        if (await orders.RefundOfAsync(order, sum) is not { } refund)
            return [await texts.GetAsync("Operation.TooMuch")];

        return refund == order.OrderTotal && await orderProcessingService.CanRefundAsync(order) ? await orderProcessingService.RefundAsync(order)
            : await orderProcessingService.CanPartiallyRefundAsync(order, refund) ? await orderProcessingService.PartiallyRefundAsync(order, refund)
            : [await texts.GetAsync("Operation.NoPayment")];
    });

    private async Task<IList<string>> OperateAsync(int paymentId, Func<Order, Task<IList<string>>> operate)
    {
        var order = await attempts.FindAsync(paymentId) is { } payment ? await orders.FindAsync(payment.OrderId) : null;
        return order is { Deleted: false } ? await operate(order) : [await texts.GetAsync("Operation.NoPayment")];
    }
}
