namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// What a <see cref="PaymentEvent"/> records. The numbers are stored; never renumber them.
/// </summary>
public enum PaymentEventKind
{
    /// <summary>A webhook whose signature was verified.</summary>
    Webhook = 0,

    /// <summary>The attempt moved to another status.</summary>
    StatusChange = 10,

    /// <summary>The one permission to mark an order as paid; processed when the platform has done all that belongs to it.</summary>
    PaidClaim = 20,

    /// <summary>A capture, void or refund was begun at the provider; the platform writes the order after we return.</summary>
    Operation = 30,

    /// <summary>Money was to be sent to a user of the provider; not processed while it is not known whether it was.</summary>
    Payout = 40,

    /// <summary>A cancelled order is opened again; processed when its stock has been taken.</summary>
    Revival = 50,

    /// <summary>A mail that is owed to the shopper; processed when it is queued, or when it is given up.</summary>
    Mail = 60,

    /// <summary>An administrator settled the payment without the provider's word.</summary>
    SettledByHand = 70,

    /// <summary>The surplus of an overpaid payment is sent back; not processed while it is not known whether it was. There is one a payment.</summary>
    SurplusRefund = 80
}
