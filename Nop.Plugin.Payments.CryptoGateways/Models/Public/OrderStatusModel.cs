using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// The state of the crypto payment on the platform's order page.
/// </summary>
public record OrderStatusModel : BaseNopModel
{
    /// <summary>Text key of the state's name.</summary>
    public required string TitleText { get; init; }

    /// <summary>Text key of the sentence about the state.</summary>
    public required string StateText { get; init; }

    /// <summary>The pay page; before the first attempt, the page to choose how to pay.</summary>
    public required string PageUrl { get; init; }

    /// <summary>Null unless the payment paid the order.</summary>
    public string? ReceiptUrl { get; init; }
}
