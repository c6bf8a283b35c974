using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Capture, void and refund from the platform's order page. The platform writes the order after we return; until it has, the
/// synchronizer leaves the payment alone (<see cref="PaymentTimeline.OperationGrace"/>), and afterwards it repairs what a crash left.
/// </summary>
public class PaymentOperations(AttemptReader attempts, OrderLeases leases, GatewayCaller gatewayCaller, PaymentTimeline timeline,
    PaidClaims claims)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes what is reserved: the order's total, at most what was quoted.</summary>
    public async Task<OperationOutcome> CaptureAsync(Order order)
    {
        var outcome = await OperateAsync(order, "capture", order.OrderTotal, payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is ICaptureGateway capture ? (request, settings) => capture.CaptureAsync(request, settings, CancellationToken.None) : null,
            async payment =>
            {
                await claims.TakeAsync(payment);
                await claims.StampAsync(order.Id);
            });
        return outcome;
    }

    /// <summary>Lets go what is reserved.</summary>
    public Task<OperationOutcome> VoidAsync(Order order) =>
        OperateAsync(order, "void", order.OrderTotal, payment => payment.Status == CryptoPaymentStatus.Authorized,
            gateway => gateway is IVoidGateway voids ? (request, settings) => voids.VoidAsync(request, settings, CancellationToken.None) : null);

    /// <param name="order">The order.</param>
    /// <param name="amount">How much is sent back, in the primary store currency.</param>
    public Task<OperationOutcome> RefundAsync(Order order, decimal amount) =>
        OperateAsync(order, "refund", amount, payment => PaymentStatusMoves.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            gateway => gateway is IRefundGateway refunds ? (request, settings) => refunds.RefundAsync(request, settings, CancellationToken.None) : null);

    private async Task<OperationOutcome> OperateAsync(Order order, string name, decimal amount, Func<CryptoPayment, bool> isFor,
        Func<IPaymentGateway?, OperationCall?> callOf, Func<CryptoPayment, Task>? afterwards = null)
    {
        if (await leases.TakeAsync(order.Id, _patience) is not { } lease)
            return new OperationOutcome(OperationError.Busy);

        try
        {
            // The one that paid the order, not another one that was paid by mistake.
            var claim = await claims.FindAsync(order.Id);
            var candidates = (await attempts.OfOrderAsync(order.Id)).Where(isFor).ToList();
            if ((candidates.FirstOrDefault(attempt => attempt.Id == claim?.PaymentId) ?? candidates.LastOrDefault()) is not { } payment)
                return new OperationOutcome(OperationError.NoPayment);
            if (callOf(gatewayCaller.GatewayOf(payment)) is not { } call)
                return new OperationOutcome(OperationError.NotSupported);
            if (amount > payment.PriceAmount)
                return new OperationOutcome(OperationError.TooMuch);
            if (await timeline.IsOperatedOnAsync(payment.Id))
                return new OperationOutcome(OperationError.Busy);

            await timeline.BeginOperationAsync(payment, name);
            var (result, error) = await gatewayCaller.OperateAsync(payment, name, InQuote(payment, amount), call);
            if (result == OperationResult.Done && afterwards is not null)
                await afterwards(payment);
            return new OperationOutcome(result switch
            {
                OperationResult.Done => null,
                OperationResult.Accepted => OperationError.Accepted,
                _ => error!.CreatedNothing ? OperationError.Declined : OperationError.Unknown
            }, error?.Message);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    /// <summary>The part of the quote that an amount of the store's currency is; the whole for the whole.</summary>
    private static Money InQuote(CryptoPayment payment, decimal amount) =>
        payment.Quoted.Currency == payment.PriceCurrency ? payment.Quoted with { Amount = amount }
            : payment.Quoted with { Amount = amount * payment.PayAmount / payment.PriceAmount };
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

    /// <summary>Another operation or a look at the provider is under way.</summary>
    Busy,

    /// <summary>More than the payment was for.</summary>
    TooMuch,

    /// <summary>The provider refused.</summary>
    Declined,

    /// <summary>The provider has taken the order and will confirm it.</summary>
    Accepted,

    /// <summary>No usable answer: it may have been done.</summary>
    Unknown
}
