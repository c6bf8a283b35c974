using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The state of a payment attempt, given its order and the order's other attempts. Every page, e-mail, list and export shows it.
/// Shoppers read Plugins.Payments.CryptoGateways.State.{name} and the same with .Title; administrators read
/// Plugins.Payments.CryptoGateways.Status.{name}.
/// </summary>
public enum PaymentState
{
    /// <summary>The order has no attempt yet.</summary>
    NotStarted,

    /// <summary>The address or the provider's page awaits payment.</summary>
    AwaitingPayment,

    /// <summary>Awaiting payment, but the quote has expired: funds that arrive now count at their price on arrival.</summary>
    QuoteExpired,

    /// <summary>Funds were detected without a confirmation.</summary>
    Detected,

    /// <summary>Funds are being confirmed.</summary>
    Confirming,

    /// <summary>Funds are authorized and await capture.</summary>
    Authorized,

    /// <summary>Partially paid. The outstanding balance can be paid, see <see cref="PaymentSummary.Balance"/>.</summary>
    Underpaid,
    Paid,

    /// <summary>The order is paid, and more than the amount due was received.</summary>
    Overpaid,

    /// <summary>Funds arrived too late to pay the order automatically. Needs attention.</summary>
    PaidLate,

    /// <summary>Funds arrived twice or not as quoted, or the order no longer matches them. Needs attention.</summary>
    InReview,
    Expired,
    Failed,
    Canceled,

    /// <summary>The provider returned neither a page nor an address.</summary>
    ProviderFailed,
    Refunded,
    PartiallyRefunded,

    /// <summary>Nothing was received, and another attempt or another total replaced this attempt.</summary>
    Superseded,

    /// <summary>The order was paid by another attempt or manually.</summary>
    OrderPaid,

    /// <summary>The order was paid by another attempt or manually, and that payment was refunded or voided.</summary>
    OrderReturned,

    /// <summary>Nothing was received, and the order was cancelled or deleted.</summary>
    OrderCancelled
}

/// <summary>
/// How the outstanding balance can be paid. Its text is Plugins.Payments.CryptoGateways.Pay.Balance.{name}.
/// </summary>
public enum BalancePaymentMethod
{
    /// <summary>To the same address.</summary>
    SameAddress,

    /// <summary>On the provider's open page.</summary>
    SamePage,

    /// <summary>By a new attempt for the balance only.</summary>
    NewPayment,

    /// <summary>Not yet: the attempt has expired, but the provider has not closed it.</summary>
    Later
}

/// <summary>
/// The summary of a payment attempt. The payment page, order page, order panel, e-mails, payment list, payment page and export show it
/// and calculate nothing themselves. Pure: no clock, no I/O.
/// </summary>
public sealed record PaymentSummary
{
    /// <summary>Prefix of the text keys of states.</summary>
    public const string StateTexts = CryptoGatewaysDefaults.TextPrefix + "State.";

    public required PaymentState State { get; init; }

    /// <summary>Key of the sentence that shoppers read.</summary>
    public string StateText => StateTexts + State + (this switch
    {
        { State: PaymentState.Expired, IsWatched: false } => ".NotWatched",
        { State: PaymentState.Overpaid, IsSurplusReturned: true } => ".Returned",
        { State: PaymentState.Detected or PaymentState.Confirming, Remaining: not null } => ".Short",
        _ => string.Empty
    });

    /// <summary>The total expected, in the unit of the provider's receipts.</summary>
    public required Money Expected { get; init; }

    /// <summary>The amount received, in the same unit; null while nothing was received or the amount is unknown.</summary>
    public Money? Received { get; init; }

    /// <summary>
    /// What the provider kept of the amount received; null while it is unknown or in another unit. When the full quote is credited, the shopper
    /// paid the fee on top.
    /// </summary>
    public Money? ProviderFee { get; init; }

    /// <summary>When the payment was complete, UTC; null while it is partial.</summary>
    public DateTime? PaidOnUtc { get; init; }

    /// <summary>
    /// The outstanding balance; null for none. In coins, rounded up to the decimals that a person can type, if it is sent from a wallet;
    /// in the currency of the price, if funds arrived after the quote expired and count by value; otherwise in the unit of
    /// <see cref="Received"/>.
    /// </summary>
    public Money? Remaining { get; init; }

    /// <summary>The surplus over the amount due, in the unit of <see cref="Received"/>; null for none.</summary>
    public Money? Surplus { get; init; }

    /// <summary>True when the surplus was refunded.</summary>
    public bool IsSurplusReturned { get; init; }

    /// <summary>The amount to send to the address now, in the coin; null when the address accepts nothing or there is none.</summary>
    public Money? ToSend { get; init; }

    /// <summary>How the balance can be paid; null unless <see cref="State"/> is <see cref="PaymentState.Underpaid"/>.</summary>
    public BalancePaymentMethod? Balance { get; init; }

    /// <summary>True while the address or the provider's page accepts funds.</summary>
    public bool AcceptsPayment { get; init; }

    /// <summary>Until when funds are accepted, UTC; null when the provider names no end or accepts nothing.</summary>
    public DateTime? AcceptsPaymentUntilUtc { get; init; }

    /// <summary>When the quote expires or expired, UTC; null when it does not expire or nothing is accepted.</summary>
    public DateTime? QuoteExpiresOnUtc { get; init; }

    /// <summary>True when funds that arrive now count at their price on arrival.</summary>
    public bool IsQuoteOver { get; init; }

    /// <summary>True when a new attempt can replace this one.</summary>
    public bool CanStartAnother { get; init; }

    /// <summary>True while the payment is still checked for funds.</summary>
    public bool IsWatched { get; init; }

    /// <summary>True when a surplus was not refunded yet.</summary>
    public bool OwesSurplus => Surplus is not null && !IsSurplusReturned && HoldsFunds;

    /// <summary>True when the payment needs attention.</summary>
    public bool NeedsAttention => State is PaymentState.PaidLate or PaymentState.InReview;

    /// <summary>True when the provider holds the funds or the part that was not refunded.</summary>
    public bool HoldsFunds { get; init; }

    /// <summary>True when the payment paid its order.</summary>
    public bool HasReceipt => State is PaymentState.Paid or PaymentState.Overpaid;

    /// <summary>Confirmations on the chain; null unless the payment is being confirmed and the provider counts them.</summary>
    public int? ConfirmationsSeen { get; init; }

    public int? ConfirmationsNeeded { get; init; }

    /// <summary>Whether the provider can be asked, while funds may arrive.</summary>
    public ProviderAvailability Provider { get; init; }

    /// <summary>The gateway's code of the coin, which may name its network too.</summary>
    public required string Coin { get; init; }

    /// <summary>The coin's symbol for shoppers.</summary>
    public required string Symbol { get; init; }

    /// <summary>True when an amount is in units of the coin.</summary>
    public bool IsCoin(Money money) => string.Equals(money.Currency, Coin, StringComparison.OrdinalIgnoreCase);

    /// <summary>An amount for shoppers, with the coin's symbol instead of the gateway's code.</summary>
    public Money Named(Money money) => IsCoin(money) ? money with { Currency = Symbol } : money;

    /// <summary>True when amounts are shown: they differ from the request, or the payment needs attention.</summary>
    public bool ShowsAmounts => Received is { } received && (NeedsAttention || received.Amount != Expected.Amount) || State is PaymentState.Underpaid or PaymentState.Overpaid;

    public static PaymentSummary Of(PaymentSummaryFacts facts)
    {
        var payment = facts.Payment;
        var state = StateOf(facts);
        var balance = state == PaymentState.Underpaid ? BalanceOf(facts) : (BalancePaymentMethod?)null;
        var acceptsPayment = state is PaymentState.AwaitingPayment or PaymentState.QuoteExpired || balance is BalancePaymentMethod.SameAddress or BalancePaymentMethod.SamePage;
        var isConfirming = state is PaymentState.Detected or PaymentState.Confirming;
        return new PaymentSummary
        {
            State = state,
            Expected = payment.Expected,
            Received = payment.Received,
            ProviderFee = payment.Received is { } received && payment.Net is { } net && net.Currency == received.Currency ? received with { Amount = received.Amount - net.Amount } : null,
            Remaining = state is PaymentState.Underpaid or PaymentState.InReview || isConfirming ? facts.Remaining : null,
            PaidOnUtc = payment.Status == CryptoPaymentStatus.Underpaid ? null : payment.PaidOnUtc,
            Surplus = payment.Surplus,
            IsSurplusReturned = payment.SurplusReturnedOnUtc is not null,
            ToSend = state == PaymentState.AwaitingPayment ? facts.DueByWallet : balance == BalancePaymentMethod.SameAddress ? facts.BalanceByWallet : null,
            Balance = balance,
            AcceptsPayment = acceptsPayment,
            AcceptsPaymentUntilUtc = acceptsPayment ? payment.ExpiresOnUtc : null,
            QuoteExpiresOnUtc = acceptsPayment ? payment.QuoteExpiresOnUtc : null,
            IsQuoteOver = acceptsPayment && facts.IsQuoteOver,
            CanStartAnother = balance == BalancePaymentMethod.NewPayment
                || state is PaymentState.QuoteExpired or PaymentState.Expired or PaymentState.Failed or PaymentState.Canceled or PaymentState.ProviderFailed,
            IsWatched = payment.NextCheckOnUtc is not null && facts.Provider != ProviderAvailability.NotQueryable,
            HoldsFunds = StatusTransitions.IsSettled(payment.Status) || payment.Status == CryptoPaymentStatus.PartiallyRefunded,
            ConfirmationsSeen = state == PaymentState.Confirming ? payment.ConfirmationsSeen : null,
            ConfirmationsNeeded = state == PaymentState.Confirming ? payment.ConfirmationsNeeded : null,
            Provider = acceptsPayment || isConfirming ? facts.Provider : ProviderAvailability.Answers,
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
        CryptoPaymentStatus.PaidLate or CryptoPaymentStatus.Disputed when facts.ArrivedAfterPayment => PaymentState.InReview,
        _ when facts.Order == OrderState.Paid => PaymentState.OrderPaid,
        _ when facts.Order == OrderState.Returned => PaymentState.OrderReturned,
        CryptoPaymentStatus.PaidLate => PaymentState.PaidLate,
        CryptoPaymentStatus.Disputed => PaymentState.InReview,
        CryptoPaymentStatus.Authorized => facts.Order is OrderState.Open or OrderState.Authorized ? PaymentState.Authorized : PaymentState.InReview,
        CryptoPaymentStatus.Underpaid when facts.Order != OrderState.Open || !OutstandingBalance.IsPartialPayment(facts.Payment) => PaymentState.InReview,
        CryptoPaymentStatus.Underpaid when facts.OtherAttemptsPay => PaymentState.Superseded,
        CryptoPaymentStatus.Underpaid => StateOfPartialPayment(facts),
        CryptoPaymentStatus.Confirming when facts.IsPartialWithBalance => facts.Order == OrderState.Open ? StateOfPartialPayment(facts) : PaymentState.InReview,
        CryptoPaymentStatus.Confirming => facts.Payment.ConfirmationsSeen is null or 0 ? PaymentState.Detected : PaymentState.Confirming,
        _ => StateWithoutFunds(facts)
    };

    /// <summary>A balance that no wallet sends is not requested. The payment needs attention.</summary>
    private static PaymentState StateOfPartialPayment(PaymentSummaryFacts facts) =>
        facts.Remaining is null || facts.RemainingIsDust ? PaymentState.InReview : PaymentState.Underpaid;

    private static PaymentState StateWithoutFunds(PaymentSummaryFacts facts) => facts.Payment.Status switch
    {
        _ when facts.Order is OrderState.Cancelled or OrderState.Deleted => PaymentState.OrderCancelled,
        _ when facts.OtherAttemptsMatter || facts.Order != OrderState.Open => PaymentState.Superseded,
        CryptoPaymentStatus.AwaitingPayment when !facts.Payment.HasPage || !facts.HasGoodAddress => PaymentState.ProviderFailed,
        CryptoPaymentStatus.AwaitingPayment when facts.AmountDue != facts.Payment.PriceAmount => PaymentState.Superseded,
        CryptoPaymentStatus.AwaitingPayment when facts.IsClosed => PaymentState.Expired,
        CryptoPaymentStatus.AwaitingPayment => facts.IsQuoteOver ? PaymentState.QuoteExpired : PaymentState.AwaitingPayment,
        CryptoPaymentStatus.Expired => PaymentState.Expired,
        CryptoPaymentStatus.Canceled => PaymentState.Canceled,
        CryptoPaymentStatus.Failed when facts.Payment.KnownExternalId is not null => PaymentState.Failed,
        _ => PaymentState.ProviderFailed
    };

    private static BalancePaymentMethod BalanceOf(PaymentSummaryFacts facts) => facts.Payment switch
    {
        { Status: CryptoPaymentStatus.Underpaid } => BalancePaymentMethod.NewPayment,
        _ when facts.IsClosed || !facts.HasGoodAddress => BalancePaymentMethod.Later,
        { Address: not null } => BalancePaymentMethod.SameAddress,
        { CheckoutUrl: not null } => BalancePaymentMethod.SamePage,
        _ => BalancePaymentMethod.Later
    };
}
