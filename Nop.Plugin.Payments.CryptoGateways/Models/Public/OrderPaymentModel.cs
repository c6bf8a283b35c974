using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// The order's payment page.
/// </summary>
public record OrderPaymentModel : BaseNopModel
{
    public int OrderId { get; init; }

    public string OrderNumber { get; init; } = string.Empty;

    /// <summary>What the order owes, in the shopper's currency and language.</summary>
    public string Total { get; init; } = string.Empty;

    /// <summary>What is still owed of the total, in the same form; null when all of it is, or nothing can be paid.</summary>
    public string? Rest { get; init; }

    public PaymentState State { get; init; }

    /// <summary>The store's own page of the payment that is under way; null when there is none.</summary>
    public string? PayPageUrl { get; init; }

    /// <summary>Nothing can be chosen because the ways to pay cost a higher fee than the order was placed with.</summary>
    public bool FeeIsHigher { get; init; }

    /// <summary>Nothing here helps on: the store does.</summary>
    public bool NeedsStore => State == PaymentState.InReview || FeeIsHigher;

    /// <summary>After how many minutes another payment can be started; null when it can be now.</summary>
    public int? MinutesToWait { get; init; }

    /// <summary>Ways to pay; empty when nothing is to be paid.</summary>
    public OfferListModel Offers { get; init; } = OfferListModel.None;
}

/// <summary>
/// How a payment stands, as the shopper is told. Its texts are Plugins.Payments.CryptoGateways.State.{name} and the same with
/// .Title.
/// </summary>
public enum PaymentState
{
    /// <summary>Nothing was started yet.</summary>
    ToPay,

    /// <summary>The provider waits for the money.</summary>
    Waiting,

    /// <summary>The same, and the provider does not answer: money may have come.</summary>
    ProviderSilent,

    /// <summary>The same, and nobody can ask the provider: a person looks whether money has come.</summary>
    CannotBeAsked,

    /// <summary>The money is on its way.</summary>
    Confirming,

    /// <summary>Less came than was asked for, and the rest can be paid.</summary>
    Underpaid,
    Paid,
    Failed,
    Canceled,
    Expired,

    /// <summary>The provider could not be reached, or did not take the payment.</summary>
    ProviderFailed,

    /// <summary>The store has to look at the payment.</summary>
    InReview,

    /// <summary>The order is cancelled.</summary>
    OrderCancelled
}
