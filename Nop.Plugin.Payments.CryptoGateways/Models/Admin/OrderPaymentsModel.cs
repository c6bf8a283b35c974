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

    /// <summary>The page says what can be done only to those who may do it.</summary>
    public bool MayAct { get; set; }

    public IList<AttemptModel> Attempts { get; set; } = [];
}

/// <summary>
/// One attempt.
/// </summary>
public record AttemptModel : BaseNopModel
{
    public int Id { get; set; }

    /// <summary>Number and gateway.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>End of the badge's text key, see <see cref="PaymentState"/>.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>End of the badge's class.</summary>
    public string StateStyle { get; set; } = string.Empty;

    public IList<PaymentDetailModel> Facts { get; set; } = [];

    /// <summary>The provider's last answer; null when it never answered.</summary>
    public string? Answer { get; set; }

    /// <summary>Who paid the provider's fee, as end of a text key; null when the provider did not tell what it credited.</summary>
    public string? FeePayer { get; set; }

    public AttemptActionsModel Actions { get; set; } = new();

    public IList<TimelineRowModel> Timeline { get; set; } = [];

    /// <summary>Null when nothing can be paid out.</summary>
    public PayoutModel? Payout { get; set; }
}

/// <summary>
/// What can be done with an attempt now, by whoever looks at it.
/// </summary>
public record AttemptActionsModel : BaseNopModel
{
    /// <summary>Where the shopper can still pay it; null when it is over.</summary>
    public string? PageUrl { get; set; }

    /// <summary>The page is the store's own, so that its address can be replaced.</summary>
    public bool CanRenewPage { get; set; }

    public bool CanCapture { get; set; }

    public bool CanVoid { get; set; }

    /// <summary>What is left to refund, in the primary store currency with a point for the decimals; null when nothing is.</summary>
    public string? Refundable { get; set; }

    /// <summary>What was refunded until now, in the same way.</summary>
    public string Refunded { get; set; } = string.Empty;

    public string Currency { get; set; } = string.Empty;

    public bool CanSettleManually { get; set; }

    /// <summary>What has to be sent back because too much arrived; null for nothing.</summary>
    public string? Surplus { get; set; }

    /// <summary>The gateway can send it back.</summary>
    public bool CanRefundSurplus { get; set; }

    /// <summary>It is not known whether it was sent back.</summary>
    public bool IsSurplusOpen { get; set; }
}

/// <summary>
/// What the order's own page shows of its newest attempt.
/// </summary>
public record OrderPanelModel : BaseNopModel
{
    public int OrderId { get; set; }

    /// <summary>How many attempts there are.</summary>
    public int Attempts { get; set; }

    /// <summary>The one that matters: that which paid the order, else the newest.</summary>
    public AttemptModel? Attempt { get; set; }
}

/// <param name="Id">Of the event.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">End of the text key.</param>
/// <param name="Name">The provider's word, or ours; null for a change of status.</param>
/// <param name="Body">What the provider sent, scrubbed.</param>
/// <param name="IsOpen">It still has to be acted on.</param>
/// <param name="CanReplay">It is a webhook.</param>
/// <param name="Statuses">The attempt's statuses before and after it, as ends of text keys.</param>
public sealed record TimelineRowModel(int Id, string At, string Kind, string? Name, string? Body, bool IsOpen, bool CanReplay, IReadOnlyList<string> Statuses);

/// <summary>
/// The form that sends money to a user of the provider.
/// </summary>
public record PayoutModel : BaseNopModel
{
    public string Recipient { get; set; } = string.Empty;

    /// <summary>In <see cref="Currency"/>, with a point for the decimals.</summary>
    public string Amount { get; set; } = string.Empty;

    public string Currency { get; set; } = string.Empty;

    /// <summary>In the primary store currency, with a point for the decimals.</summary>
    public string Refund { get; set; } = string.Empty;

    public string FormKey { get; set; } = string.Empty;

    /// <summary>A payout of which it is not known whether it was made.</summary>
    public string? Open { get; set; }
}
