namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// Where one payment attempt stands. The numbers are stored; never renumber them.
/// </summary>
public enum CryptoPaymentStatus
{
    /// <summary>Our row is written; the provider's answer to the create call is not (or was lost).</summary>
    Creating = 0,

    /// <summary>The provider knows the payment and waits for the shopper.</summary>
    AwaitingPayment = 10,

    /// <summary>Money is on its way and not yet final.</summary>
    Confirming = 20,

    /// <summary>Reserved on a card and not yet captured.</summary>
    Authorized = 30,

    Paid = 40,

    /// <summary>Final, but less arrived than the order owes.</summary>
    Underpaid = 41,

    /// <summary>Final and more arrived than was quoted; the order is paid.</summary>
    Overpaid = 42,

    /// <summary>Final, but it arrived when the order could no longer take it; a person must look.</summary>
    PaidLate = 43,

    /// <summary>Nothing arrived in the time during which the attempt is watched.</summary>
    Expired = 50,

    Failed = 51,

    Canceled = 52,

    /// <summary>Appealed at the provider, or the provider's statements contradict what was quoted; a person must look.</summary>
    Disputed = 60,

    Refunded = 70,

    PartiallyRefunded = 71
}
