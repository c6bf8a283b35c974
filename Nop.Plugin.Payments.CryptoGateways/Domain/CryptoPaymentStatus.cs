using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// The status of a payment attempt. The numbers are stored; never change them.
/// </summary>
public enum CryptoPaymentStatus
{
    /// <summary>The attempt is stored; the provider's response to the create call is missing or was lost.</summary>
    Creating = 0,

    /// <summary>The provider has created the payment and waits for the shopper.</summary>
    AwaitingPayment = 10,

    /// <summary>Funds were detected but are not final yet.</summary>
    Confirming = 20,

    /// <summary>Authorized on a card and not captured yet.</summary>
    Authorized = 30,

    Paid = 40,

    /// <summary>Final, but less than the amount due was received.</summary>
    Underpaid = 41,

    /// <summary>Final, and more than the amount due was received. The order is paid.</summary>
    Overpaid = 42,

    /// <summary>Final, but received when the order could no longer accept it. Needs attention.</summary>
    PaidLate = 43,

    /// <summary>Nothing was received while the attempt was monitored.</summary>
    Expired = 50,

    Failed = 51,

    Canceled = 52,

    /// <summary>Appealed at the provider, or the provider's data contradict the quote. Needs attention.</summary>
    Disputed = 60,

    Refunded = 70,

    PartiallyRefunded = 71
}

/// <summary>
/// The allowed status transitions. Any other transition is ignored, so that an older event never overwrites
/// a newer status.
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
        // Funds can still arrive after the provider or the monitoring gave up on the attempt.
        [Expired] = [Confirming, Authorized, .. _settled, Disputed],
        [Failed] = [Confirming, Authorized, .. _settled, Disputed],
        [Canceled] = [Confirming, Authorized, .. _settled, Disputed],
        [Underpaid] = [Paid, Overpaid, PaidLate, Disputed, Refunded, PartiallyRefunded],
        [Disputed] = [Authorized, .. _settled, Failed, Canceled, Refunded, PartiallyRefunded],
        [Paid] = [Overpaid, Disputed, Refunded, PartiallyRefunded],
        [Overpaid] = [Disputed, Refunded, PartiallyRefunded],
        // Only an administrator, or a refund at the provider, leaves this status.
        [PaidLate] = [Refunded, PartiallyRefunded],
        [PartiallyRefunded] = [Disputed, Refunded],
        [Refunded] = [Disputed]
    };

    /// <summary>True when the transition from <paramref name="from"/> to <paramref name="to"/> is allowed; staying is no transition.</summary>
    public static bool IsAllowed(CryptoPaymentStatus from, CryptoPaymentStatus to) => _transitions[from].Contains(to);

    /// <summary>The statuses from which an administrator may settle a payment.</summary>
    public static bool MaySettleManually(CryptoPaymentStatus from) => from == PaidLate || from != Authorized && IsAllowed(from, Paid);

    /// <summary>True when the provider has received the funds.</summary>
    public static bool IsSettled(CryptoPaymentStatus status) => _settled.Contains(status);

    /// <summary>True when funds are detected, received or disputed: the shopper must not be asked to pay again.</summary>
    public static bool HoldsFunds(CryptoPaymentStatus status) =>
        status is Confirming or Authorized or Paid or Underpaid or Overpaid or PaidLate or Disputed or Refunded or PartiallyRefunded;
}
