using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// Capture, void and refund from the platform's order page. The platform writes the order after we return; until it has, the
/// synchronizer leaves the payment alone (<see cref="PaymentEventService.OperationGrace"/>), and afterwards it repairs what a crash left.
/// </summary>
public class PaymentOperations(AttemptWriter attempts, OrderReader orders, OrderLock leases,
    OperationCaller operationCaller, PaymentEventService events, TimeProvider time)
{
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Takes what the order owes of what is reserved.</summary>
    public Task<OperationOutcome> CaptureAsync(Order order) =>
        OperateAsync(order, OperationNames.Capture, (payment, snapshot) => CaptureOfAsync(order, payment, snapshot), payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is ICaptureGateway capture ? (request, settings) => capture.CaptureAsync(request, settings, CancellationToken.None) : null);

    /// <summary>Lets go all that is reserved.</summary>
    public Task<OperationOutcome> VoidAsync(Order order) =>
        OperateAsync(order, OperationNames.Void, (payment, _) => Task.FromResult<Operation?>(new Operation(payment.PriceAmount, payment.Quoted, ProviderStatus.Canceled)), payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is IVoidGateway voids ? (request, settings) => voids.VoidAsync(request, settings, CancellationToken.None) : null);

    /// <summary>Sends money back. Refunds that add up to the order's total return all that was received.</summary>
    /// <param name="order">The order.</param>
    /// <param name="amount">How much, in the primary store currency; it may have hidden decimals, as the order's total.</param>
    public Task<OperationOutcome> RefundAsync(Order order, decimal amount) =>
        OperateAsync(order, OperationNames.Refund, (payment, snapshot) => RefundOfAsync(order, payment, amount, snapshot.RefundedOf(payment)), payment => StatusTransitions.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            gateway => gateway is IRefundGateway refunds ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null);

    private async Task<OperationOutcome> OperateAsync(Order order, string name, Func<CryptoPayment, OrderSnapshot, Task<Operation?>> operationOf, Func<CryptoPayment, bool> isFor,
        Func<IPaymentGateway?, OperationCall?> callOf)
    {
        if (await leases.AcquireAsync(order.Id, _lockTimeout) is not { } lease)
            return new OperationOutcome(OperationError.Busy);

        try
        {
            var snapshot = await attempts.ReadOrderAsync(order.Id);
            if (PaymentFor(snapshot, isFor) is not { } payment)
                return new OperationOutcome(OperationError.NoPayment);
            if (callOf(operationCaller.GatewayOf(payment)) is not { } call)
                return new OperationOutcome(OperationError.NotSupported);

            // The platform will write the order as it read it before the call: over what has changed since.
            if (!IsAsRead(order, await orders.FindAsync(order.Id)) || snapshot.OpenOperationOf(payment) is not null)
                return new OperationOutcome(OperationError.Busy);

            return await operationOf(payment, snapshot) is { } operation
                ? await CallAsync(payment, snapshot, name, operation, call, lease)
                : new OperationOutcome(OperationError.TooMuch);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private async Task<OperationOutcome> CallAsync(CryptoPayment payment, OrderSnapshot snapshot, string name, Operation asked, OperationCall call, Lease lease)
    {
        var operation = await events.BeginOperationAsync(payment, name, asked.Amount, asked.LeadsTo);
        // A payment that is paid is not looked at any more: after a crash in what follows it has to be.
        if (!await attempts.ScheduleAsync(payment, operation.CreatedOnUtc + PaymentEventService.OperationGrace, lease))
        {
            await events.CompleteAsync(operation, PaymentEventOutcome.Busy);
            return new OperationOutcome(OperationError.Busy);
        }

        var (result, error) = await operationCaller.OperateAsync(payment, name, asked.InQuote, call);
        if (result == OperationResult.Done)
        {
            // The operation stays open until the platform announces that it wrote the order: see OperationCompletion.
            if (name == OperationNames.Capture)
            {
                await events.ClaimOrderAsync(payment, snapshot);
                payment.ReceivedAmount = asked.InQuote.Amount;
                await attempts.SaveAsync(payment, lease);
            }
            return new OperationOutcome(null) { IsWhole = asked.IsWhole };
        }

        var failure = result == OperationResult.Accepted ? OperationError.Accepted : error!.CreatedNothing ? OperationError.Declined : OperationError.Unknown;
        // The platform writes nothing then; what the provider made of it is asked at the next run of the task.
        await events.CompleteAsync(operation, $"{failure}");
        await attempts.ScheduleAsync(payment, time.GetUtcNow().UtcDateTime, lease);
        return new OperationOutcome(failure, error?.Message);
    }

    /// <summary>The attempt that paid the order, not another one that was paid by mistake; the latest where none of them did.</summary>
    private static CryptoPayment? PaymentFor(OrderSnapshot snapshot, Func<CryptoPayment, bool> isFor) =>
        snapshot.Attempts.LastOrDefault(attempt => isFor(attempt) && (snapshot.PaidMarker is null || snapshot.PaidMarker.PaymentId == attempt.Id));

    private static bool IsAsRead(Order order, Order? now) => now is not null
        && (now.PaymentStatusId, now.OrderStatusId, now.OrderTotal, now.RefundedAmount) == (order.PaymentStatusId, order.OrderStatusId, order.OrderTotal, order.RefundedAmount);

    /// <summary>The order's amount, less what its other attempts brought; null when it is more than was reserved.</summary>
    private async Task<Operation?> CaptureOfAsync(Order order, CryptoPayment payment, OrderSnapshot snapshot)
    {
        var owed = await orders.AmountDueAsync(order, snapshot.Attempts.Where(other => other.Id != payment.Id));
        return owed <= payment.PriceAmount ? new Operation(owed, InQuote(payment, owed), ProviderStatus.Completed) : null;
    }

    /// <summary>
    /// The displayed sum of all refunds including this one, less the sum before it: so parts add up to the whole, whatever their hidden
    /// decimals. Null when more than the payment was for would be sent back.
    /// </summary>
    private async Task<Operation?> RefundOfAsync(Order order, CryptoPayment payment, decimal amount, decimal refunded)
    {
        var until = (await orders.ShownAsync(refunded + amount)).Amount;
        if (until > payment.PriceAmount)
            return null;

        var before = InQuote(payment, (await orders.ShownAsync(refunded)).Amount);
        var after = InQuote(payment, until);
        var isAll = after.Amount >= (payment.Kept is { } received && received.Currency == after.Currency ? received.Amount : payment.PayAmount);
        return new Operation(amount, after with { Amount = after.Amount - before.Amount }, isAll ? ProviderStatus.Refunded : ProviderStatus.PartiallyRefunded)
        {
            IsWhole = await orders.ShownAsync(order.RefundedAmount + amount) == await orders.AmountAsync(order)
        };
    }

    /// <summary>
    /// The part of the quote that an amount of the store's currency is, rounded up to the quote's decimals, but never more than was
    /// received. Captures and refunds use the same rounding, so that a full refund returns all that was captured.
    /// </summary>
    private Money InQuote(CryptoPayment payment, decimal amount)
    {
        var quoted = payment.Quoted;
        var decimals = quoted.Currency == payment.PriceCurrency ? CurrencyDecimals.Of(quoted.Currency)
            : operationCaller.GatewayOf(payment)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin)?.QuotedDecimals ?? CoinDecimals.Money;
        var part = amount == payment.PriceAmount ? quoted.Amount : ((Fraction)quoted.Amount * amount / payment.PriceAmount).RoundUp(decimals) ?? quoted.Amount;
        return quoted with { Amount = payment.Kept is { } received && received.Currency == quoted.Currency ? Math.Min(part, received.Amount) : part };
    }

    /// <param name="Amount">In the primary store currency.</param>
    /// <param name="InQuote">The same as the gateway counts it.</param>
    /// <param name="LeadsTo">What becomes of the payment.</param>
    private sealed record Operation(decimal Amount, Money InQuote, ProviderStatus LeadsTo)
    {
        /// <summary>The order is refunded in full by it.</summary>
        public bool IsWhole { get; init; }
    }
}

/// <summary>
/// How an operation went.
/// </summary>
/// <param name="Error">Null when it was done.</param>
/// <param name="Detail">What the provider said, for the owner.</param>
public sealed record OperationOutcome(OperationError? Error, string? Detail = null)
{
    /// <summary>The order is refunded in full, although what the platform asked for may lack its hidden decimals.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>
/// Why an operation was not done. Its text is Plugins.Payments.CryptoGateways.Operation.{name}.
/// </summary>
public enum OperationError
{
    /// <summary>The payment's provider does not offer it.</summary>
    NotSupported,

    /// <summary>The order has no payment in the state that it needs.</summary>
    NoPayment,

    /// <summary>Another operation or a look at the provider is under way, or the order has changed since the page read it.</summary>
    Busy,

    /// <summary>More than the payment was for, or than is left of it.</summary>
    TooMuch,

    /// <summary>The provider refused.</summary>
    Declined,

    /// <summary>The provider has taken the order and will confirm it.</summary>
    Accepted,

    /// <summary>No usable answer: it may have been done.</summary>
    Unknown
}
