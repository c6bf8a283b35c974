namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// How one attempt stands, as the store's own pay page tells it. The texts are Plugins.Payments.CryptoGateways.Pay.State.{name} and
/// the same with .Title.
/// </summary>
public enum PayState
{
    /// <summary>The address waits for the money.</summary>
    Waiting,

    /// <summary>Money was seen on its way; nothing confirms it yet.</summary>
    Seen,

    /// <summary>Money is being confirmed.</summary>
    Confirming,
    Paid,

    /// <summary>Less arrived than was asked for, and the order waits for the rest; where the address takes it, the page says where to pay it.</summary>
    Underpaid,

    /// <summary>The order is paid and more arrived than was asked for.</summary>
    Overpaid,
    Expired,
    Failed,
    Canceled,

    /// <summary>Money came when the order could no longer take it: a person has to look.</summary>
    Late,

    /// <summary>Money came twice or not as it was quoted: a person has to look.</summary>
    InReview,

    /// <summary>The provider's answer never came, so that there is nothing to pay to.</summary>
    ProviderFailed,

    /// <summary>The order's total changed, or another attempt of the order took this one's place.</summary>
    Outdated,
    Refunded,
    OrderCancelled
}
