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

    /// <summary>Number and gateway.</summary>
    public string Title { get; set; } = string.Empty;

    public string Status { get; set; } = string.Empty;

    /// <summary>Names (ends of text keys) and values of what is known.</summary>
    public IList<(string Name, string Value)> Facts { get; set; } = [];

    public IList<TimelineRowModel> Timeline { get; set; } = [];

    /// <summary>Null when nothing can be paid out.</summary>
    public PayoutModel? Payout { get; set; }
}

/// <param name="Id">Of the event.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">End of the text key.</param>
/// <param name="Name">The provider's word, or ours.</param>
/// <param name="Body">What the provider sent, scrubbed.</param>
/// <param name="IsOpen">It still has to be acted on.</param>
/// <param name="CanReplay">It is a webhook.</param>
public sealed record TimelineRowModel(int Id, string At, string Kind, string? Name, string? Body, bool IsOpen, bool CanReplay);

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
