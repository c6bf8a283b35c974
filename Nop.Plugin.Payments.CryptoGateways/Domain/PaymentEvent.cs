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
    /// <summary>Unique: the database refuses a duplicate webhook and a second marker of a paid order.</summary>
    public string EventKey { get; set; } = string.Empty;

    /// <summary>The <see cref="CryptoPayment"/> it is about.</summary>
    public int PaymentId { get; set; }

    /// <summary>Stored form of <see cref="Kind"/>.</summary>
    public int KindId { get; set; }

    /// <summary>The provider's name of the event, or the plugin's.</summary>
    public string? Name { get; set; }

    /// <summary>How the event ended, see <see cref="PaymentEventOutcome"/>; null while it is open and when it went as intended.</summary>
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
/// How a <see cref="PaymentEvent"/> ended. The texts are stored and shown in the timeline; never change them.
/// </summary>
public static class PaymentEventOutcome
{
    /// <summary>The provider accepted the operation and has not confirmed it yet.</summary>
    public const string Accepted = "Accepted";

    /// <summary>The provider refused the operation.</summary>
    public const string Declined = "Declined";

    /// <summary>The provider gave no usable answer: the operation may have been done.</summary>
    public const string Unknown = "Unknown";

    /// <summary>The operation was not begun, because the payment had changed.</summary>
    public const string Busy = "Busy";

    /// <summary>The provider was asked later and has not done the operation.</summary>
    public const string NotDone = "not done";

    /// <summary>The provider refused to send the surplus.</summary>
    public const string SurplusDeclined = "declined";

    /// <summary>An administrator found that the surplus was not sent.</summary>
    public const string NotSent = "not sent";

    /// <summary>The payout was sent.</summary>
    public const string PayoutSent = "sent";

    /// <summary>The payout was refused, or an administrator found that it was not sent.</summary>
    public const string PayoutRefused = "refused";

    /// <summary>The e-mail was no longer true.</summary>
    public const string Outdated = "outdated";

    /// <summary>The platform sends an e-mail of its own.</summary>
    public const string SentByStore = "the store sends its own";

    /// <summary>The order has no e-mail address.</summary>
    public const string NoAddress = "no address";

    /// <summary>The store owner switched the e-mail off.</summary>
    public const string SwitchedOff = "switched off";

    /// <summary>The e-mail could not be queued.</summary>
    public const string Failed = "failed";
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
