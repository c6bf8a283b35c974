namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// How one payment attempt stands, given its order and the order's other attempts. Every page, mail, list and export shows this state.
/// Shoppers read Plugins.Payments.CryptoGateways.State.{name} and the same with .Title; administrators read
/// Plugins.Payments.CryptoGateways.Status.{name}.
/// </summary>
public enum PaymentState
{
    /// <summary>The order has no attempt yet.</summary>
    NotStarted,

    /// <summary>The address, or the provider's page, waits for the money.</summary>
    AwaitingPayment,

    /// <summary>The same, but the quoted price is no longer honoured: coins that arrive now count at their price on arrival.</summary>
    QuoteExpired,

    /// <summary>Money was seen and has no confirmation yet.</summary>
    Seen,

    /// <summary>Money is being confirmed.</summary>
    Confirming,

    /// <summary>Money is reserved and waits for the capture.</summary>
    Authorized,

    /// <summary>Less arrived than was requested, and the rest can be paid: see <see cref="PaymentSummary.Rest"/>.</summary>
    Underpaid,
    Paid,

    /// <summary>The order is paid and more arrived than it owed.</summary>
    Overpaid,

    /// <summary>Money arrived too late to pay the order automatically; a person decides.</summary>
    PaidLate,

    /// <summary>Money arrived twice or not as it was quoted, or the order no longer matches it; a person decides.</summary>
    InReview,
    Expired,
    Failed,
    Canceled,

    /// <summary>The provider gave neither a page nor an address, so that there is nothing to pay to.</summary>
    ProviderFailed,
    Refunded,
    PartiallyRefunded,

    /// <summary>Nothing arrived for this attempt, and another one, or another total, took its place.</summary>
    Superseded,

    /// <summary>The order was paid by another attempt or by hand.</summary>
    OrderPaid,

    /// <summary>The order was paid by another attempt or by hand, and that payment was refunded or voided.</summary>
    OrderReturned,

    /// <summary>Nothing arrived for this attempt, and the order was cancelled or deleted.</summary>
    OrderCancelled
}

/// <summary>
/// How the rest of an underpaid order can be paid. Its text is Plugins.Payments.CryptoGateways.Pay.Rest.{name}.
/// </summary>
public enum RestWay
{
    /// <summary>To the same address.</summary>
    SameAddress,

    /// <summary>On the provider's page, which is still open.</summary>
    SamePage,

    /// <summary>By a new attempt, which asks for the rest only.</summary>
    NewPayment,

    /// <summary>Not yet: the time to pay is over, but the provider has not closed the attempt.</summary>
    Later
}
