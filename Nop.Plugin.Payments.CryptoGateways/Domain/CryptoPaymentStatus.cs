using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

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

/// <summary>
/// Every move that an attempt may make from one status to another. What is not listed does not happen: an older event never
/// overwrites a later truth.
/// </summary>
public static class StatusTransitions
{
    private static readonly CryptoPaymentStatus[] _settled = [Paid, Underpaid, Overpaid, PaidLate];

    private static readonly Dictionary<CryptoPaymentStatus, CryptoPaymentStatus[]> _transitions = new()
    {
        [Creating] = [AwaitingPayment, Confirming, Authorized, .. _settled, Expired, Failed, Canceled, Disputed, Refunded, PartiallyRefunded],
        [AwaitingPayment] = [Confirming, Authorized, .. _settled, Expired, Failed, Canceled, Disputed, Refunded, PartiallyRefunded],
        [Confirming] = [AwaitingPayment, Authorized, .. _settled, Expired, Failed, Canceled, Disputed, Refunded, PartiallyRefunded],
        [Authorized] = [.. _settled, Expired, Failed, Canceled, Disputed, Refunded, PartiallyRefunded],
        // Money can still arrive after the provider or the watch gave up on the attempt.
        [Expired] = [Confirming, Authorized, .. _settled, Disputed],
        [Failed] = [Confirming, Authorized, .. _settled, Disputed],
        [Canceled] = [Confirming, Authorized, .. _settled, Disputed],
        [Underpaid] = [Paid, Overpaid, PaidLate, Disputed, Refunded, PartiallyRefunded],
        [Disputed] = [Authorized, .. _settled, Failed, Canceled, Refunded, PartiallyRefunded],
        [Paid] = [Overpaid, Disputed, Refunded, PartiallyRefunded],
        [Overpaid] = [Disputed, Refunded, PartiallyRefunded],
        // Only a person settles it; a refund at the provider is a person's doing too.
        [PaidLate] = [Refunded, PartiallyRefunded],
        [PartiallyRefunded] = [Disputed, Refunded],
        [Refunded] = [Disputed]
    };

    /// <summary>True when an attempt may go from <paramref name="from"/> to <paramref name="to"/>; staying is no move.</summary>
    public static bool IsAllowed(CryptoPaymentStatus from, CryptoPaymentStatus to) => _transitions[from].Contains(to);

    /// <summary>The statuses from which an administrator may settle a payment.</summary>
    public static bool MaySettleManually(CryptoPaymentStatus from) => from == PaidLate || from != Authorized && IsAllowed(from, Paid);

    /// <summary>The provider has the money.</summary>
    public static bool IsSettled(CryptoPaymentStatus status) => _settled.Contains(status);

    /// <summary>Money is on the way, here, or argued about: the shopper must not be led to pay a second time.</summary>
    public static bool HoldsMoney(CryptoPaymentStatus status) =>
        status is Confirming or Authorized or Paid or Underpaid or Overpaid or PaidLate or Disputed or Refunded or PartiallyRefunded;
}
