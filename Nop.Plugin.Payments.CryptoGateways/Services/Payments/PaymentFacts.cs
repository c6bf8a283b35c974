using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Everything that a decision about a payment depends on, read under the order's lease.
/// </summary>
public sealed record PaymentFacts
{
    public required CryptoPaymentStatus Status { get; init; }

    /// <summary>The quoted amount.</summary>
    public required Money Quoted { get; init; }

    /// <summary>The amount due when the payment was quoted, in the store's currency.</summary>
    public required decimal PriceAmount { get; init; }

    public required string Reference { get; init; }

    /// <summary>The provider's id; null while unknown.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Age of the attempt.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long an unpaid attempt is monitored.</summary>
    public required TimeSpan Watch { get; init; }

    public required Lookup Lookup { get; init; }

    /// <summary>The provider's answer; null unless <see cref="Lookup"/> is <see cref="Lookup.Found"/>.</summary>
    public ProviderPayment? Provider { get; init; }

    /// <summary>The amount to send from a wallet, in coins; null when the shopper pays on the provider's page.</summary>
    public Money? DueByWallet { get; init; }

    /// <summary>What is known about the funds, including this response.</summary>
    public FundsRecord Funds { get; init; } = new();

    /// <summary>True when the provider confirmed funds before, in full or in part.</summary>
    public bool WasSettled { get; init; }

    /// <summary>The amount received by the previous check, in the provider's unit then; null for none.</summary>
    public Money? KnownReceived { get; init; }

    /// <summary>The amount refunded by the previous check, in the currency of <see cref="Quoted"/>; null when the provider does not report it.</summary>
    public decimal? KnownRefunded { get; init; }

    /// <summary>True when the funds were authorized on a card but not captured by the previous check.</summary>
    public bool IsReserved { get; init; }

    /// <summary>True when an administrator settled the payment.</summary>
    public bool IsSettledManually { get; init; }

    /// <summary>True when the provider's id in the response belongs to another attempt.</summary>
    public bool IsIdOfAnotherPayment { get; init; }

    /// <summary>The statements of verified webhooks about the payment.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>True while a webhook is unprocessed.</summary>
    public bool HasOpenWebhook { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>Relevant for a cancelled order only.</summary>
    public Reopening Reopening { get; init; }

    /// <summary>The amount due today after the partial payments of other attempts, in the store's currency.</summary>
    public required decimal OrderTotal { get; init; }

    /// <summary>The order's refunded amount as displayed, in the store's currency. A void counts as the full amount.</summary>
    public decimal OrderRefunded { get; init; }

    public required PaidMarker PaidMarker { get; init; }

    /// <summary>Age of the paid marker; negative when a clock was ahead then; null without a marker.</summary>
    public TimeSpan? PaidMarkerAge { get; init; }

    /// <summary>True when the platform did not announce the end of a capture, void or refund.</summary>
    public bool HasInterruptedOperation { get; init; }

    /// <summary>
    /// The refunded surplus, or the one being refunded, in the currency of <see cref="Quoted"/>; null for none. A partial refund at the
    /// provider of no more than this amount is the refund of the surplus.
    /// </summary>
    public decimal? SurplusReturned { get; init; }

    public PaymentPolicy Policy { get; init; } = new();

    /// <summary>True when the order has a newer attempt or another one holds funds: this attempt must not cause the order's cancellation.</summary>
    public bool OtherAttemptsMatter { get; init; }

    /// <summary>The total expected, in the unit of the provider's receipts.</summary>
    public decimal Expected => Provider?.Expected?.Amount ?? Quoted.Amount;

    /// <summary>The amount received, in the same unit. A completed payment without an amount counts as the total expected.</summary>
    public decimal Received => Provider?.Received?.Amount ?? (Provider?.Status == ProviderStatus.Underpaid ? 0m : Expected);

    /// <summary>True when more was received than at the previous check. The same funds counted in another unit are not more.</summary>
    public bool HasReceivedMore => KnownReceived is { } known && Provider?.Received is { } received && received.Amount > known.Amount
        && string.Equals(received.Currency, known.Currency, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when more was refunded than at the previous check.</summary>
    public bool HasRefundedMore => Provider?.Refunded is { } refunded && refunded.Amount > (KnownRefunded ?? 0m);

    /// <summary>
    /// True when the provider refunded more than the order says. Without an amount, a full refund is compared with a partial one.
    /// </summary>
    public bool IsRefundMissingOnOrder => Provider?.Refunded is { } refunded
        ? (Fraction)PriceAmount * refunded.Amount / Quoted.Amount > OrderRefunded
        : Provider?.Status == ProviderStatus.Refunded && OrderRefunded < OrderTotal;

    /// <summary>The value received, in the currency of the price; null when funds arrived late and no price of that moment is known.</summary>
    public Fraction? ReceivedValue => OutstandingBalance.ValueOf(PriceAmount, Expected, Received, Funds);

    /// <summary>
    /// The share of <see cref="Expected"/> that the order owes: less after its total was lowered, rounded up to the decimals of the amounts.
    /// </summary>
    public decimal ExpectedForOrder => OrderTotal < PriceAmount
        ? ((Fraction)Expected * OrderTotal / PriceAmount).RoundUp(Math.Max(CoinDecimals.Money, Math.Max(Money.DecimalsOf(Expected), Money.DecimalsOf(Received)))) ?? Expected
        : Expected;

    /// <summary>True when the value received covers this attempt's share of the order, within the tolerance. Zero never does.</summary>
    public bool IsEnough => Received > 0 && ReceivedValue is { } value && Math.Min(OrderTotal, PriceAmount) is var amountDue && !(value < amountDue - Policy.ToleranceOf(amountDue));
}

/// <summary>
/// The content of a verified webhook; null for what it does not state.
/// </summary>
/// <param name="Amount">The amount of the payment.</param>
/// <param name="ExternalId">The provider's id.</param>
/// <param name="Status">The status of the payment.</param>
public sealed record Statement(Money? Amount, string? ExternalId, ProviderStatus? Status = null);

/// <summary>
/// The result of a status request to the provider.
/// </summary>
public enum Lookup
{
    Found,

    /// <summary>The provider does not know the payment.</summary>
    NotFound,

    /// <summary>The provider, or the settings, do not support status requests.</summary>
    Impossible,

    /// <summary>No usable response.</summary>
    Failed,

    /// <summary>The request was not completed: the caller ran out of time, the circuit breaker is open, or the rate limit is reached. It says nothing about the payment.</summary>
    Interrupted
}

/// <summary>
/// The payment state of an order.
/// </summary>
public enum OrderState
{
    /// <summary>Awaiting payment.</summary>
    Open,

    /// <summary>Funds are authorized for it.</summary>
    Authorized,
    Paid,

    /// <summary>Refunded or voided, in full or in part.</summary>
    Returned,
    Cancelled,

    /// <summary>Marked as deleted, or missing.</summary>
    Deleted
}

/// <summary>
/// Who holds the unique marker that lets a single attempt mark the order as paid.
/// </summary>
public enum PaidMarker
{
    None,

    /// <summary>This attempt, but the platform did not announce the paid order.</summary>
    OursOpen,

    /// <summary>This attempt, and the platform has announced the paid order.</summary>
    OursDone,

    /// <summary>Another attempt of the same order.</summary>
    Others
}

/// <summary>
/// Whether a cancelled order can be reopened.
/// </summary>
public enum Reopening
{
    /// <summary>It was paid with points or a gift card, contains a product that cannot be bought again, or is out of stock.</summary>
    Impossible,
    Possible,

    /// <summary>It has begun and must be completed.</summary>
    Begun
}

/// <summary>
/// The owner's settings for payments that differ from the quote.
/// </summary>
public sealed record PaymentPolicy
{
    /// <summary>Underpayment tolerance in per cent of the amount due.</summary>
    public decimal UnderpaidPercent { get; init; }

    /// <summary>Underpayment tolerance in the primary store currency.</summary>
    public decimal UnderpaidAmount { get; init; }

    /// <summary>Funds that arrive after the attempt expired still pay an open order.</summary>
    public bool AcceptLate { get; init; } = true;

    /// <summary>Age at which an unpaid attempt cancels its order; null when orders stay open.</summary>
    public TimeSpan? CancelUnpaidAfter { get; init; }

    /// <summary>Full payment of a cancelled order reopens it, where possible.</summary>
    public bool ReopenCancelled { get; init; }

    /// <summary>The largest tolerance in per cent of the amount due, whatever the settings say.</summary>
    public const decimal MaxTolerancePercent = 20m;

    /// <summary>
    /// The tolerance for an amount due: the larger of the two settings, up to <see cref="MaxTolerancePercent"/>.
    /// </summary>
    /// <param name="amountDue">The amount due, in the primary store currency.</param>
    public decimal ToleranceOf(decimal amountDue) =>
        Math.Min(Math.Max(amountDue * UnderpaidPercent / 100m, UnderpaidAmount), amountDue * MaxTolerancePercent / 100m);

    public static PaymentPolicy From(CryptoGatewaysSettings settings) => new()
    {
        UnderpaidPercent = settings.UnderpaidPercent,
        UnderpaidAmount = settings.UnderpaidAmount,
        AcceptLate = settings.AcceptLate,
        ReopenCancelled = settings.ReopenCancelled,
        CancelUnpaidAfter = settings.CancelUnpaidAfterHours > 0 ? TimeSpan.FromHours(settings.CancelUnpaidAfterHours) : null
    };
}
