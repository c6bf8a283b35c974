using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// All that a decision about a payment depends on, read afresh while the order's lease is held.
/// </summary>
public sealed record PaymentFacts
{
    public required CryptoPaymentStatus Status { get; init; }

    /// <summary>What was quoted to the provider.</summary>
    public required Money Quoted { get; init; }

    /// <summary>What the order owed when it was quoted, in the store's currency.</summary>
    public required decimal PriceAmount { get; init; }

    public required string Reference { get; init; }

    /// <summary>The provider's id; null while unknown.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Age of the attempt.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long an attempt that nobody pays is watched.</summary>
    public required TimeSpan Watch { get; init; }

    public required Lookup Lookup { get; init; }

    /// <summary>The provider's answer; null unless <see cref="Lookup"/> is <see cref="Lookup.Found"/>.</summary>
    public ProviderPayment? Provider { get; init; }

    /// <summary>What the shopper was told to send, in coins; null on a provider's page.</summary>
    public Money? DueByWallet { get; init; }

    /// <summary>What is known about the funds, this answer included.</summary>
    public FundsRecord Funds { get; init; } = new();

    /// <summary>The provider had confirmed funds before, all of them or a part.</summary>
    public bool WasSettled { get; init; }

    /// <summary>What had arrived by the check before, in the unit in which the provider counted it; null for nothing.</summary>
    public Money? KnownReceived { get; init; }

    /// <summary>What had been sent back by the check before, in the currency of <see cref="Quoted"/>; null when the provider does not tell.</summary>
    public decimal? KnownRefunded { get; init; }

    /// <summary>By the answer before, the money is only reserved on a card.</summary>
    public bool IsReserved { get; init; }

    /// <summary>An administrator settled the payment.</summary>
    public bool IsSettledManually { get; init; }

    /// <summary>The provider's id in the answer is that of another payment here.</summary>
    public bool IsIdOfAnotherPayment { get; init; }

    /// <summary>What verified webhooks said about the payment.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>A webhook has not been acted on yet.</summary>
    public bool HasOpenWebhook { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>Of a cancelled order only.</summary>
    public Reopening Reopening { get; init; }

    /// <summary>What the order owes today without what its other attempts brought, in the store's currency.</summary>
    public required decimal OrderTotal { get; init; }

    /// <summary>What the order says was refunded, in the store's currency and as displayed. A void counts as all of it.</summary>
    public decimal OrderRefunded { get; init; }

    public required PaidMarker PaidMarker { get; init; }

    /// <summary>Time since the claim was taken, negative when a clock was ahead then; null without one.</summary>
    public TimeSpan? PaidMarkerAge { get; init; }

    /// <summary>A capture, void or refund was begun, and the platform was not seen to write the order after it.</summary>
    public bool HasInterruptedOperation { get; init; }

    /// <summary>
    /// The surplus that was sent back, or is being, in the currency of <see cref="Quoted"/>; null for none. The provider's word that a
    /// part was refunded, and no more than this, means that.
    /// </summary>
    public decimal? SurplusReturned { get; init; }

    public PaymentPolicy Policy { get; init; } = new();

    /// <summary>The order has a newer attempt, or another one holds money: this one must not get the order cancelled.</summary>
    public bool OtherAttemptsMatter { get; init; }

    /// <summary>What is to arrive in all, in the unit in which the provider counts receipts.</summary>
    public decimal Expected => Provider?.Expected?.Amount ?? Quoted.Amount;

    /// <summary>What arrived, in the same unit. A completed payment without a number is one of what was asked for.</summary>
    public decimal Received => Provider?.Received?.Amount ?? (Provider?.Status == ProviderStatus.Underpaid ? 0m : Expected);

    /// <summary>More has arrived than at the check before. The same funds counted in another unit are not more.</summary>
    public bool HasReceivedMore => KnownReceived is { } known && Provider?.Received is { } received && received.Amount > known.Amount
        && string.Equals(received.Currency, known.Currency, StringComparison.OrdinalIgnoreCase);

    /// <summary>More has been sent back than at the check before.</summary>
    public bool HasRefundedMore => Provider?.Refunded is { } refunded && refunded.Amount > (KnownRefunded ?? 0m);

    /// <summary>
    /// The provider has sent back more than the order says; where the provider tells no amount, all of it against a part.
    /// </summary>
    public bool IsRefundMissingOnOrder => Provider?.Refunded is { } refunded
        ? (Fraction)PriceAmount * refunded.Amount / Quoted.Amount > OrderRefunded
        : Provider?.Status == ProviderStatus.Refunded && OrderRefunded < OrderTotal;

    /// <summary>What arrived, in the currency of the price; null when coins came late and no price of that moment is known.</summary>
    public Fraction? ReceivedValue => OutstandingBalance.ValueOf(PriceAmount, Expected, Received, Funds);

    /// <summary>
    /// What the order owes of <see cref="Expected"/>: less when its total was lowered, rounded up to as many decimals as the amounts have.
    /// </summary>
    public decimal Due => OrderTotal < PriceAmount
        ? ((Fraction)Expected * OrderTotal / PriceAmount).RoundUp(Math.Max(CoinDecimals.Money, Math.Max(Money.DecimalsOf(Expected), Money.DecimalsOf(Received)))) ?? Expected
        : Expected;

    /// <summary>What arrived pays the order as far as this attempt was made for it, within the owner's tolerance. Nothing never pays.</summary>
    public bool IsEnough => Received > 0 && ReceivedValue is { } worth && Math.Min(OrderTotal, PriceAmount) is var owed && !(worth < owed - Policy.ToleranceOf(owed));
}

/// <summary>
/// What a verified webhook stated; null where it stated nothing.
/// </summary>
/// <param name="Amount">What the payment is for.</param>
/// <param name="ExternalId">The provider's id.</param>
/// <param name="Status">What has become of it.</param>
public sealed record Statement(Money? Amount, string? ExternalId, ProviderStatus? Status = null);

/// <summary>
/// How asking the provider went.
/// </summary>
public enum Lookup
{
    Found,

    /// <summary>The provider says that it does not know the payment.</summary>
    NotFound,

    /// <summary>This provider, or these settings, do not allow to ask.</summary>
    Impossible,

    /// <summary>No usable answer.</summary>
    Failed,

    /// <summary>The provider was not asked to the end: the caller's time was up, the provider is left alone for a moment, or too many calls were made already. It says nothing about the payment.</summary>
    Interrupted
}

/// <summary>
/// What matters of an order's statuses.
/// </summary>
public enum OrderState
{
    /// <summary>Waiting for money.</summary>
    Open,

    /// <summary>Money is reserved for it.</summary>
    Authorized,
    Paid,

    /// <summary>Refunded or voided, in whole or in part: it had been paid.</summary>
    Returned,
    Cancelled,

    /// <summary>Marked as deleted, or gone.</summary>
    Deleted
}

/// <summary>
/// Who holds the one permission to mark the order as paid.
/// </summary>
public enum PaidMarker
{
    None,

    /// <summary>This attempt, but the platform was not seen to finish what belongs to an order's being paid.</summary>
    OursOpen,

    /// <summary>This attempt, and the platform has finished.</summary>
    OursDone,

    /// <summary>Another attempt of the same order.</summary>
    Others
}

/// <summary>
/// Whether a cancelled order can be opened again.
/// </summary>
public enum Reopening
{
    /// <summary>It was paid with points or a gift card, holds something that cannot be bought a second time, or is out of stock.</summary>
    Impossible,
    Possible,

    /// <summary>It was begun and has to be finished.</summary>
    Begun
}

/// <summary>
/// What a store's owner wants done when a payment is not just as quoted.
/// </summary>
public sealed record PaymentPolicy
{
    /// <summary>Per cent of the quoted amount that may be missing.</summary>
    public decimal UnderpaidPercent { get; init; }

    /// <summary>What may be missing, in the primary store currency.</summary>
    public decimal UnderpaidAmount { get; init; }

    /// <summary>Money that arrives after the attempt expired still pays an order that is open.</summary>
    public bool AcceptLate { get; init; } = true;

    /// <summary>Age at which an attempt that nobody paid lets the order be cancelled; null when orders stay open.</summary>
    public TimeSpan? CancelUnpaidAfter { get; init; }

    /// <summary>Money that arrives in full for a cancelled order opens it again, where that is possible.</summary>
    public bool ReopenCancelled { get; init; }

    /// <summary>The largest tolerance, in per cent of what the order owes, whatever the settings say.</summary>
    public const decimal LargestTolerancePercent = 20m;

    /// <summary>
    /// How much of what an order owes may be missing: the larger of the two tolerances, up to <see cref="LargestTolerancePercent"/>.
    /// </summary>
    /// <param name="owed">What the order owes now, in the primary store currency.</param>
    public decimal ToleranceOf(decimal owed) =>
        Math.Min(Math.Max(owed * UnderpaidPercent / 100m, UnderpaidAmount), owed * LargestTolerancePercent / 100m);

    public static PaymentPolicy From(CryptoGatewaysSettings settings) => new()
    {
        UnderpaidPercent = settings.UnderpaidPercent,
        UnderpaidAmount = settings.UnderpaidAmount,
        AcceptLate = settings.AcceptLate,
        ReopenCancelled = settings.ReopenCancelled,
        CancelUnpaidAfter = settings.CancelUnpaidAfterHours > 0 ? TimeSpan.FromHours(settings.CancelUnpaidAfterHours) : null
    };
}
