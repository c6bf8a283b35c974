using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What is told about one payment attempt. Pay page, order page, order panel, mails, payment list, payment page and export show this
/// and nothing that they calculate themselves. Pure: no clock, no I/O.
/// </summary>
public sealed record PaymentSummary
{
    /// <summary>Start of the keys of states' texts.</summary>
    public const string StateTexts = CryptoGatewaysDefaults.TextPrefix + "State.";

    public required PaymentState State { get; init; }

    /// <summary>Key of the sentence that tells the state to shoppers; it says no more than what is known.</summary>
    public string StateText => StateTexts + State + (this switch
    {
        { State: PaymentState.Expired, IsWatched: false } => ".NotWatched",
        { State: PaymentState.Overpaid, IsSurplusReturned: true } => ".Returned",
        { State: PaymentState.Seen or PaymentState.Confirming, Remaining: not null } => ".Short",
        _ => string.Empty
    });

    /// <summary>What is to arrive in all, in the unit in which the provider counts receipts.</summary>
    public required Money Expected { get; init; }

    /// <summary>What arrived, in the same unit; null while nothing did, or when the amount is not known.</summary>
    public Money? Received { get; init; }

    /// <summary>When the payment was complete, UTC; null while only a part arrived.</summary>
    public DateTime? PaidOnUtc { get; init; }

    /// <summary>
    /// What is still missing; null for nothing. In the coin and rounded up to what a person can type where a wallet has to send it; else
    /// in the unit of <see cref="Received"/>; in the currency of the price where coins that arrived after the quote are counted by value.
    /// </summary>
    public Money? Remaining { get; init; }

    /// <summary>What arrived beyond what the order owed, in the unit of <see cref="Received"/>; null for nothing.</summary>
    public Money? Surplus { get; init; }

    /// <summary>The surplus was sent back.</summary>
    public bool IsSurplusReturned { get; init; }

    /// <summary>What a wallet has to send to the address now, in the coin; null when the address takes nothing, or there is none.</summary>
    public Money? ToSend { get; init; }

    /// <summary>How the rest can be paid; null unless <see cref="State"/> is <see cref="PaymentState.Underpaid"/>.</summary>
    public RestWay? Rest { get; init; }

    /// <summary>The address, or the provider's page, takes money at present.</summary>
    public bool TakesMoney { get; init; }

    /// <summary>Until when, UTC; null when the provider names no end, or when nothing is taken.</summary>
    public DateTime? TakesMoneyUntilUtc { get; init; }

    /// <summary>When the quoted price ends, or ended, UTC; null where it does not end, or when nothing is taken.</summary>
    public DateTime? QuoteExpiresOnUtc { get; init; }

    /// <summary>Coins that arrive now count at their price on arrival.</summary>
    public bool IsQuoteOver { get; init; }

    /// <summary>A new attempt can be started in its place.</summary>
    public bool CanStartAnother { get; init; }

    /// <summary>The provider is still asked whether money arrives.</summary>
    public bool IsWatched { get; init; }

    /// <summary>A surplus waits to be sent back.</summary>
    public bool OwesSurplus => Surplus is not null && !IsSurplusReturned && HoldsFunds;

    /// <summary>A person at the store has to decide.</summary>
    public bool NeedsPerson => State is PaymentState.PaidLate or PaymentState.InReview;

    /// <summary>The provider holds the money, or what was not sent back of it.</summary>
    public bool HoldsFunds { get; init; }

    /// <summary>Confirmations on the chain; null unless the payment is being confirmed and the provider counts them.</summary>
    public int? ConfirmationsSeen { get; init; }

    public int? ConfirmationsNeeded { get; init; }

    /// <summary>Whether the provider can be asked; told while money may arrive.</summary>
    public ProviderVoice Provider { get; init; }

    /// <summary>The gateway's code of the coin, which may name its network too.</summary>
    public required string Coin { get; init; }

    /// <summary>The letters that shoppers know the coin by.</summary>
    public required string Symbol { get; init; }

    /// <summary>An amount for shoppers: with the coin's letters instead of the gateway's code.</summary>
    public Money Named(Money money) => string.Equals(money.Currency, Coin, StringComparison.OrdinalIgnoreCase) ? money with { Currency = Symbol } : money;

    /// <summary>Amounts are shown where they differ from what was requested, or where a person has to decide about them.</summary>
    public bool ShowsAmounts => Received is { } received && (NeedsPerson || received.Amount != Expected.Amount) || State is PaymentState.Underpaid or PaymentState.Overpaid;

    public static PaymentSummary Of(PaymentSummaryFacts facts)
    {
        var payment = facts.Payment;
        var state = StateOf(facts);
        var rest = state == PaymentState.Underpaid ? RestOf(facts) : (RestWay?)null;
        var takesMoney = state is PaymentState.AwaitingPayment or PaymentState.QuoteExpired || rest is RestWay.SameAddress or RestWay.SamePage;
        var isConfirming = state is PaymentState.Seen or PaymentState.Confirming;
        return new PaymentSummary
        {
            State = state,
            Expected = payment.Expected,
            Received = payment.Received,
            Remaining = state is PaymentState.Underpaid or PaymentState.InReview || isConfirming ? facts.Remaining : null,
            PaidOnUtc = payment.Status == CryptoPaymentStatus.Underpaid ? null : payment.PaidOnUtc,
            Surplus = payment.Surplus,
            IsSurplusReturned = payment.SurplusReturnedOnUtc is not null,
            ToSend = state == PaymentState.AwaitingPayment ? facts.DueByWallet : rest == RestWay.SameAddress ? facts.RestByWallet : null,
            Rest = rest,
            TakesMoney = takesMoney,
            TakesMoneyUntilUtc = takesMoney ? payment.ExpiresOnUtc : null,
            QuoteExpiresOnUtc = takesMoney ? payment.QuoteExpiresOnUtc : null,
            IsQuoteOver = takesMoney && facts.IsQuoteOver,
            CanStartAnother = rest == RestWay.NewPayment
                || state is PaymentState.QuoteExpired or PaymentState.Expired or PaymentState.Failed or PaymentState.Canceled or PaymentState.ProviderFailed,
            IsWatched = payment.NextCheckOnUtc is not null && facts.Provider != ProviderVoice.CannotBeAsked,
            HoldsFunds = PaymentStatusMoves.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            ConfirmationsSeen = state == PaymentState.Confirming ? payment.ConfirmationsSeen : null,
            ConfirmationsNeeded = state == PaymentState.Confirming ? payment.ConfirmationsNeeded : null,
            Provider = takesMoney || isConfirming ? facts.Provider : ProviderVoice.Answers,
            Coin = payment.Coin,
            Symbol = facts.Symbol
        };
    }

    private static PaymentState StateOf(PaymentSummaryFacts facts) => facts.Payment.Status switch
    {
        CryptoPaymentStatus.Refunded => PaymentState.Refunded,
        CryptoPaymentStatus.PartiallyRefunded => PaymentState.PartiallyRefunded,
        CryptoPaymentStatus.Overpaid when facts.Order is OrderState.Paid or OrderState.Returned or OrderState.Deleted => PaymentState.Overpaid,
        CryptoPaymentStatus.Paid when facts.Order is OrderState.Paid or OrderState.Returned or OrderState.Deleted => PaymentState.Paid,
        CryptoPaymentStatus.Paid or CryptoPaymentStatus.Overpaid => PaymentState.InReview,
        CryptoPaymentStatus.PaidLate or CryptoPaymentStatus.Disputed when facts.CameOnTop => PaymentState.InReview,
        _ when facts.Order == OrderState.Paid => PaymentState.OrderPaid,
        _ when facts.Order == OrderState.Returned => PaymentState.OrderReturned,
        CryptoPaymentStatus.PaidLate => PaymentState.PaidLate,
        CryptoPaymentStatus.Disputed => PaymentState.InReview,
        CryptoPaymentStatus.Authorized => facts.Order is OrderState.Open or OrderState.Authorized ? PaymentState.Authorized : PaymentState.InReview,
        CryptoPaymentStatus.Underpaid when facts.Order != OrderState.Open || !OrderRest.IsPart(facts.Payment) => PaymentState.InReview,
        CryptoPaymentStatus.Underpaid when facts.OthersPay => PaymentState.Superseded,
        CryptoPaymentStatus.Underpaid => StateOfPart(facts),
        CryptoPaymentStatus.Confirming when facts.IsPartWithRest => facts.Order == OrderState.Open ? StateOfPart(facts) : PaymentState.InReview,
        CryptoPaymentStatus.Confirming => facts.Payment.ConfirmationsSeen is null or 0 ? PaymentState.Seen : PaymentState.Confirming,
        _ => StateWithoutMoney(facts)
    };

    /// <summary>What no wallet sends is not requested: a person decides about it.</summary>
    private static PaymentState StateOfPart(PaymentSummaryFacts facts) =>
        facts.Remaining is null || facts.RemainingIsDust ? PaymentState.InReview : PaymentState.Underpaid;

    private static PaymentState StateWithoutMoney(PaymentSummaryFacts facts) => facts.Payment.Status switch
    {
        _ when facts.Order is OrderState.Cancelled or OrderState.Deleted => PaymentState.OrderCancelled,
        _ when facts.OthersMatter || facts.Order != OrderState.Open => PaymentState.Superseded,
        CryptoPaymentStatus.AwaitingPayment when !facts.Payment.HasPage || !facts.HasGoodAddress => PaymentState.ProviderFailed,
        CryptoPaymentStatus.AwaitingPayment when facts.Owed != facts.Payment.PriceAmount => PaymentState.Superseded,
        CryptoPaymentStatus.AwaitingPayment when facts.IsClosed => PaymentState.Expired,
        CryptoPaymentStatus.AwaitingPayment => facts.IsQuoteOver ? PaymentState.QuoteExpired : PaymentState.AwaitingPayment,
        CryptoPaymentStatus.Expired => PaymentState.Expired,
        CryptoPaymentStatus.Canceled => PaymentState.Canceled,
        CryptoPaymentStatus.Failed when facts.Payment.KnownExternalId is not null => PaymentState.Failed,
        _ => PaymentState.ProviderFailed
    };

    private static RestWay RestOf(PaymentSummaryFacts facts) => facts.Payment switch
    {
        { Status: CryptoPaymentStatus.Underpaid } => RestWay.NewPayment,
        _ when facts.IsClosed || !facts.HasGoodAddress => RestWay.Later,
        { Address: not null } => RestWay.SameAddress,
        { CheckoutUrl: not null } => RestWay.SamePage,
        _ => RestWay.Later
    };
}
