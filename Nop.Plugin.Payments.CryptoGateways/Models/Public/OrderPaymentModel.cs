using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
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
    public string? Balance { get; init; }

    public PaymentState State { get; init; }

    /// <summary>What is told about the payment that decides; null when there is none.</summary>
    public PaymentSummary? Payment { get; init; }

    /// <summary>Key of the sentence below the title. While the provider does not answer, nobody knows that no payment has arrived.</summary>
    public string StateText => State == PaymentState.AwaitingPayment && ProviderText is { } unknown ? unknown : Payment?.StateText ?? PaymentSummary.StateTexts + State;

    /// <summary>Key of what is said of a provider that cannot be asked; null when it can.</summary>
    public string? ProviderText => Payment is null ? null : PayPageModel.ProviderTextOf(Payment);

    /// <summary>The store's own page of the payment that is under way; null when there is none.</summary>
    public string? PayPageUrl { get; init; }

    /// <summary>Nothing can be chosen because the ways to pay cost a higher fee than the order was placed with.</summary>
    public bool FeeIsHigher { get; init; }

    /// <summary>Nothing here helps on: the store does.</summary>
    public bool NeedsStore => Payment is { NeedsPerson: true } or { OwesSurplus: true } or { State: PaymentState.Expired, IsWatched: false } || FeeIsHigher || IsBalanceForStore;

    /// <summary>A part arrived, and the store has to tell how the rest can be paid.</summary>
    public bool IsBalanceForStore => Payment?.Balance == BalancePaymentMethod.NewPayment && PaymentOptions.Shown.Count == 0;

    /// <summary>After how many minutes another payment can be started; null when it can be now.</summary>
    public int? MinutesToWait { get; init; }

    /// <summary>Ways to pay; empty when nothing is to be paid.</summary>
    public PaymentOptionListModel PaymentOptions { get; init; } = PaymentOptionListModel.None;
}
