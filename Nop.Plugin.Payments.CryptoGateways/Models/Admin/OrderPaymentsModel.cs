using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// All attempts to pay an order, newest first.
/// </summary>
public record OrderPaymentsModel : BaseNopModel
{
    public int OrderId { get; set; }

    public string OrderNumber { get; set; } = string.Empty;

    public IList<AttemptModel> Attempts { get; set; } = [];
}

/// <summary>
/// One attempt.
/// </summary>
public record AttemptModel : BaseNopModel
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    /// <summary>Number and gateway.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>Suffix of the badge's text key, see <see cref="PaymentState"/>.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>Suffix of the badge's CSS class.</summary>
    public string StateStyle { get; set; } = string.Empty;

    public IList<PaymentDetailModel> Facts { get; set; } = [];

    /// <summary>The provider's last answer; null when there was none.</summary>
    public string? Answer { get; set; }

    /// <summary>Who paid the provider's fee, as suffix of a text key; null when the provider did not state what it credited.</summary>
    public string? FeePayer { get; set; }

    public AttemptActionsModel Actions { get; set; } = new();

    public IList<TimelineRowModel> Timeline { get; set; } = [];

    /// <summary>Null when no payout is possible.</summary>
    public PayoutModel? Payout { get; set; }
}

/// <summary>
/// What the current administrator can do with an attempt now.
/// </summary>
public record AttemptActionsModel : BaseNopModel
{
    /// <summary>The administrator may act on payments.</summary>
    public bool MayAct { get; set; }

    /// <summary>Page on which the shopper can still pay; null when the attempt is over.</summary>
    public string? PageUrl { get; set; }

    /// <summary>True for the store's own page: its address can be replaced.</summary>
    public bool CanRenewPage { get; set; }

    public bool CanCapture { get; set; }

    public bool CanVoid { get; set; }

    /// <summary>Refundable amount in the primary store currency, with a decimal point; null when nothing can be refunded.</summary>
    public string? Refundable { get; set; }

    /// <summary>Amount refunded so far, in the primary store currency, with a decimal point.</summary>
    public string Refunded { get; set; } = string.Empty;

    public string Currency { get; set; } = string.Empty;

    public bool CanSettleManually { get; set; }

    /// <summary>Surplus to return, with its currency; null when there is none.</summary>
    public string? Surplus { get; set; }

    /// <summary>The gateway can refund the surplus.</summary>
    public bool CanRefundSurplus { get; set; }

    /// <summary>The outcome of a surplus refund is unknown.</summary>
    public bool IsSurplusOpen { get; set; }
}

/// <summary>
/// The panel on the order's own page.
/// </summary>
public record OrderPanelModel : BaseNopModel
{
    public int OrderId { get; set; }

    /// <summary>Number of attempts.</summary>
    public int Attempts { get; set; }

    /// <summary>The attempt that paid the order, else the newest.</summary>
    public AttemptModel? Attempt { get; set; }
}

/// <param name="Id">Of the event.</param>
/// <param name="At">Formatted time in the user's time zone.</param>
/// <param name="Kind">Suffix of the text key.</param>
/// <param name="Name">The provider's name of the event, or ours; null for a change of status.</param>
/// <param name="Body">Body of the webhook, without secrets.</param>
/// <param name="IsOpen">Not processed yet.</param>
/// <param name="CanReplay">The webhook can be processed again.</param>
/// <param name="Statuses">The attempt's statuses before and after it, as suffixes of text keys.</param>
public sealed record TimelineRowModel(int Id, string At, string Kind, string? Name, string? Body, bool IsOpen, bool CanReplay, IReadOnlyList<string> Statuses);

/// <summary>
/// Form that sends funds to a user of the provider.
/// </summary>
public record PayoutModel : BaseNopModel
{
    public string Recipient { get; set; } = string.Empty;

    /// <summary>In <see cref="Currency"/>, with a decimal point.</summary>
    public string Amount { get; set; } = string.Empty;

    public string Currency { get; set; } = string.Empty;

    /// <summary>Refund to record for the order, in the primary store currency, with a decimal point.</summary>
    public string Refund { get; set; } = string.Empty;

    public string FormKey { get; set; } = string.Empty;

    /// <summary>Name of a payout whose outcome is unknown; null when there is none.</summary>
    public string? Open { get; set; }
}

/// <summary>
/// A detail of a payment.
/// </summary>
/// <param name="Name">Suffix of the text key.</param>
/// <param name="Lines">One or more values.</param>
public sealed record PaymentDetailModel(string Name, IList<FactLine> Lines);

/// <param name="Text">The value.</param>
/// <param name="Url">Its page in a block explorer; null when there is none.</param>
public sealed record FactLine(string Text, string? Url);
