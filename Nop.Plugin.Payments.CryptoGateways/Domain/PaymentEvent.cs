using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// Something that happened to a payment: a verified webhook (the inbox), the claim to mark an order as paid, or a change of
/// status (the timeline). All times are UTC.
/// </summary>
public class PaymentEvent : BaseEntity
{
    /// <summary>Unique: a doubled delivery, or a second claim on the same order, is refused by the database.</summary>
    public string EventKey { get; set; } = string.Empty;

    /// <summary>The <see cref="CryptoPayment"/> it is about.</summary>
    public int PaymentId { get; set; }

    /// <summary>Stored form of <see cref="Kind"/>.</summary>
    public int KindId { get; set; }

    /// <summary>The provider's word for the event, or ours for a change of status.</summary>
    public string? Name { get; set; }

    /// <summary>How it ended where that was not as intended, see <see cref="PaymentEventOutcome"/>; null while it is open and when it went as intended.</summary>
    public string? Outcome { get; set; }

    /// <summary>Amount that a webhook states, in <see cref="StatedCurrency"/>.</summary>
    public decimal? StatedAmount { get; set; }

    public string? StatedCurrency { get; set; }

    /// <summary>The provider's payment id as a webhook states it.</summary>
    public string? StatedExternalId { get; set; }

    /// <summary>What a webhook says has become of the payment, or what an operation makes of it, as stored form of <see cref="Gateways.ProviderStatus"/>; null when it does not say.</summary>
    public int? StatedStatusId { get; set; }

    /// <summary>What a webhook says is credited after the provider's fee, in <see cref="StatedNetCurrency"/>.</summary>
    public decimal? StatedNetAmount { get; set; }

    public string? StatedNetCurrency { get; set; }

    /// <summary>Which of several forms a webhook's signature had; null where the provider has one form only.</summary>
    public string? SignatureForm { get; set; }

    /// <summary>A webhook's body without secrets and personal data.</summary>
    public string? Body { get; set; }

    public DateTime CreatedOnUtc { get; set; }

    /// <summary>Null while the task still has to act on it.</summary>
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
/// What a <see cref="PaymentEvent"/> records. The numbers are stored; never renumber them.
/// </summary>
public enum PaymentEventKind
{
    /// <summary>A webhook whose signature was verified.</summary>
    Webhook = 0,

    /// <summary>The attempt moved to another status.</summary>
    StatusChange = 10,

    /// <summary>The one permission to mark an order as paid; processed when the platform has done all that belongs to it.</summary>
    PaidMarker = 20,

    /// <summary>A capture, void or refund was begun at the provider; the platform writes the order after we return.</summary>
    Operation = 30,

    /// <summary>Money was to be sent to a user of the provider; not processed while it is not known whether it was.</summary>
    Payout = 40,

    /// <summary>A cancelled order is opened again; processed when its stock has been taken.</summary>
    Reopening = 50,

    /// <summary>A mail that is owed to the shopper; processed when it is queued, or when it is given up.</summary>
    Notification = 60,

    /// <summary>An administrator settled the payment without the provider's word.</summary>
    ManuallySettled = 70,

    /// <summary>The surplus of an overpaid payment is sent back; not processed while it is not known whether it was. There is one a payment.</summary>
    SurplusRefund = 80
}
