using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Capture, void and refund from the platform's order page. The platform writes the order after we return; until it has, the
/// synchronizer leaves the payment alone (<see cref="PaymentTimeline.OperationGrace"/>), and afterwards it repairs what a crash left.
/// </summary>
public class PaymentOperations(AttemptWriter writer, AttemptReader attempts, PaymentFactsReader factsReader, OrderLeases leases,
    GatewayCaller gatewayCaller, PaymentTimeline timeline, PaidClaims claims, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes what is reserved: the order's total, at most what was quoted.</summary>
    public Task<OperationOutcome> CaptureAsync(Order order) =>
        OperateAsync(order, OperationNames.Capture, order.OrderTotal, payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is ICaptureGateway capture ? (request, settings) => capture.CaptureAsync(request, settings, CancellationToken.None) : null);

    /// <summary>Lets go what is reserved.</summary>
    public Task<OperationOutcome> VoidAsync(Order order) =>
        OperateAsync(order, OperationNames.Void, order.OrderTotal, payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is IVoidGateway voids ? (request, settings) => voids.VoidAsync(request, settings, CancellationToken.None) : null);

    /// <param name="order">The order.</param>
    /// <param name="amount">How much is sent back, in the primary store currency.</param>
    public Task<OperationOutcome> RefundAsync(Order order, decimal amount) =>
        OperateAsync(order, OperationNames.Refund, amount, payment => PaymentStatusMoves.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            gateway => gateway is IRefundGateway refunds ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null);

    /// <summary>The platform has written the order after an operation: nobody has to wait for it any more.</summary>
    public async Task WrittenAsync(Order order, string name)
    {
        foreach (var attempt in await attempts.OfOrderAsync(order.Id))
        {
            if (await timeline.OpenOperationAsync(attempt.Id) is not { } operation || operation.Name != name || !timeline.IsUnderWay(operation))
                continue;

            if (name == OperationNames.Capture)
                await claims.StampAsync(order.Id);
            await timeline.EndOperationAsync(operation);
        }
    }

    private async Task<OperationOutcome> OperateAsync(Order order, string name, decimal amount, Func<CryptoPayment, bool> isFor, Func<IPaymentGateway?, OperationCall?> callOf)
    {
        if (await leases.TakeAsync(order.Id, _patience) is not { } lease)
            return new OperationOutcome(OperationError.Busy);

        try
        {
            if (await PaymentForAsync(order.Id, isFor) is not { } payment)
                return new OperationOutcome(OperationError.NoPayment);
            if (callOf(gatewayCaller.GatewayOf(payment)) is not { } call)
                return new OperationOutcome(OperationError.NotSupported);

            // The platform will write the order as it read it before the call: over what has changed since.
            if (!IsAsRead(order, await factsReader.OrderAsync(order.Id)) || await timeline.OpenOperationAsync(payment.Id) is not null)
                return new OperationOutcome(OperationError.Busy);

            var refunded = name == OperationNames.Refund ? await timeline.RefundedAsync(payment.Id) : 0m;
            if (refunded + amount > payment.PriceAmount)
                return new OperationOutcome(OperationError.TooMuch);

            var quoted = name == OperationNames.Refund ? RefundInQuote(payment, refunded, amount) : InQuote(payment, amount, MidpointRounding.ToPositiveInfinity);
            return await CallAsync(payment, name, amount, quoted, call, lease);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private async Task<OperationOutcome> CallAsync(CryptoPayment payment, string name, decimal amount, Money quoted, OperationCall call, Lease lease)
    {
        var operation = await timeline.BeginOperationAsync(payment, name, amount);
        // A payment that is paid is not looked at any more: after a crash in what follows it has to be.
        if (!await writer.ScheduleAsync(payment, operation.CreatedOnUtc + PaymentTimeline.OperationGrace, lease))
        {
            await timeline.EndOperationAsync(operation, $"{OperationError.Busy}");
            return new OperationOutcome(OperationError.Busy);
        }

        var (result, error) = await gatewayCaller.OperateAsync(payment, name, quoted, call);
        if (result == OperationResult.Done)
        {
            // Open until the platform announces that the order is paid: see WrittenAsync.
            if (name == OperationNames.Capture)
                await claims.TakeAsync(payment);
            return new OperationOutcome(null);
        }

        var failure = result == OperationResult.Accepted ? OperationError.Accepted : error!.CreatedNothing ? OperationError.Declined : OperationError.Unknown;
        // The platform writes nothing then; what the provider made of it is asked at the next run of the task.
        await timeline.EndOperationAsync(operation, $"{failure}");
        await writer.ScheduleAsync(payment, time.GetUtcNow().UtcDateTime, lease);
        return new OperationOutcome(failure, error?.Message);
    }

    /// <summary>The attempt that paid the order, not another one that was paid by mistake; the latest where none of them did.</summary>
    private async Task<CryptoPayment?> PaymentForAsync(int orderId, Func<CryptoPayment, bool> isFor)
    {
        var claim = await claims.FindAsync(orderId);
        return (await attempts.OfOrderAsync(orderId)).LastOrDefault(attempt => isFor(attempt) && (claim is null || claim.PaymentId == attempt.Id));
    }

    private static bool IsAsRead(Order order, Order? now) => now is not null
        && (now.PaymentStatusId, now.OrderStatusId, now.OrderTotal, now.RefundedAmount) == (order.PaymentStatusId, order.OrderStatusId, order.OrderTotal, order.RefundedAmount);

    /// <summary>Parts that make up the whole come to the whole quote, and never to more.</summary>
    private Money RefundInQuote(CryptoPayment payment, decimal before, decimal amount)
    {
        var until = InQuote(payment, before + amount, MidpointRounding.ToZero);
        return until with { Amount = until.Amount - InQuote(payment, before, MidpointRounding.ToZero).Amount };
    }

    /// <summary>The part of the quote that an amount of the store's currency is; the whole for the whole.</summary>
    private Money InQuote(CryptoPayment payment, decimal amount, MidpointRounding rounding)
    {
        if (payment.Quoted.Currency == payment.PriceCurrency)
            return payment.Quoted with { Amount = amount };
        if (amount == payment.PriceAmount)
            return payment.Quoted;

        var decimals = gatewayCaller.GatewayOf(payment)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin)?.Decimals ?? CoinDecimals.Money;
        return payment.Quoted with { Amount = decimal.Round(amount * payment.PayAmount / payment.PriceAmount, decimals, rounding) };
    }
}

/// <summary>
/// How an operation went.
/// </summary>
/// <param name="Error">Null when it was done.</param>
/// <param name="Detail">What the provider said, for the owner.</param>
public sealed record OperationOutcome(OperationError? Error, string? Detail = null);

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
