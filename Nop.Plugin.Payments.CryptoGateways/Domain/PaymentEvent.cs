using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// An event of a payment, for example a verified webhook, the marker of a paid order, an operation, or a status change.
/// All times are UTC.
/// </summary>
public class PaymentEvent : BaseEntity
{
    /// <summary>Unique: the database rejects a duplicate webhook and a second marker of a paid order.</summary>
    public string EventKey { get; set; } = string.Empty;

    /// <summary>The <see cref="CryptoPayment"/> it is about.</summary>
    public int PaymentId { get; set; }

    /// <summary>Stored form of <see cref="Kind"/>.</summary>
    public int KindId { get; set; }

    /// <summary>The provider's name of a webhook; the name of an operation or e-mail; what else distinguishes an event of its kind.</summary>
    public string? Name { get; set; }

    /// <summary>Name of a <see cref="PaymentEventOutcome"/>; null while the event is open and when it went as intended.</summary>
    public string? Outcome { get; set; }

    /// <summary>Amount that a webhook states, in <see cref="StatedCurrency"/>.</summary>
    public decimal? StatedAmount { get; set; }

    public string? StatedCurrency { get; set; }

    /// <summary>The provider's payment id in a webhook.</summary>
    public string? StatedExternalId { get; set; }

    /// <summary>The status that a webhook states or an operation leads to, as stored form of <see cref="Gateways.ProviderStatus"/>; null for none.</summary>
    public int? StatedStatusId { get; set; }

    /// <summary>The amount credited after the provider's fee, as a webhook states it, in <see cref="StatedNetCurrency"/>.</summary>
    public decimal? StatedNetAmount { get; set; }

    public string? StatedNetCurrency { get; set; }

    /// <summary>The form of a webhook's signature; null when the provider has only one.</summary>
    public string? SignatureForm { get; set; }

    /// <summary>A webhook's body without secrets and personal data.</summary>
    public string? Body { get; set; }

    public DateTime CreatedOnUtc { get; set; }

    /// <summary>Null while the event is open.</summary>
    public DateTime? ProcessedOnUtc { get; set; }

    public PaymentEventKind Kind
    {
        get => (PaymentEventKind)KindId;
        set => KindId = (int)value;
    }
}

/// <summary>
/// The outcome of a <see cref="PaymentEvent"/>. The names are stored; never change them. The text is
/// Plugins.Payments.CryptoGateways.Event.Outcome.{name}.
/// </summary>
public enum PaymentEventOutcome
{
    /// <summary>The provider accepted the operation and has not confirmed it yet.</summary>
    Accepted,

    /// <summary>The provider declined.</summary>
    Declined,

    /// <summary>No usable response: the operation may have been done.</summary>
    Unknown,

    /// <summary>The operation was not begun, because the payment had changed.</summary>
    Busy,

    /// <summary>The provider was asked later and has not done the operation.</summary>
    NotDone,

    /// <summary>The payout was sent.</summary>
    Sent,

    /// <summary>An administrator found that the payout or the surplus was not sent.</summary>
    NotSent,

    /// <summary>The e-mail was not sent, because its content was no longer correct.</summary>
    Outdated,

    /// <summary>The platform sends an e-mail of its own.</summary>
    SentByStore,

    /// <summary>The order has no e-mail address.</summary>
    NoAddress,

    /// <summary>The store owner switched the e-mail off.</summary>
    SwitchedOff,

    /// <summary>The e-mail could not be queued.</summary>
    Failed
}

/// <summary>
/// The kind of a <see cref="PaymentEvent"/>. The numbers are stored; never change them.
/// </summary>
public enum PaymentEventKind
{
    /// <summary>A verified webhook; processed by the check that wrote its effect.</summary>
    Webhook = 0,

    /// <summary>A status change.</summary>
    StatusChange = 10,

    /// <summary>Unique marker that lets a single attempt mark the order as paid; processed once the platform has announced the paid order.</summary>
    PaidMarker = 20,

    /// <summary>A capture, void or refund; processed once the platform has written the order.</summary>
    Operation = 30,

    /// <summary>A payout to a user of the provider; open while its outcome is unknown.</summary>
    Payout = 40,

    /// <summary>The reopening of a cancelled order; processed once its stock was taken.</summary>
    Reopening = 50,

    /// <summary>An e-mail to the shopper; processed once it is queued or given up.</summary>
    Notification = 60,

    /// <summary>An administrator settled the payment without the provider's confirmation.</summary>
    ManuallySettled = 70,

    /// <summary>The refund of a surplus; open while its outcome is unknown. A payment has at most one.</summary>
    SurplusRefund = 80
}
