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

    /// <summary>The order's total, in its currency and language.</summary>
    public string Total { get; init; } = string.Empty;

    /// <summary>The outstanding balance in the same form; null when nothing was paid yet, or nothing can be paid.</summary>
    public string? Balance { get; init; }

    public PaymentState State { get; init; }

    /// <summary>Summary of the decisive payment; null when there is none.</summary>
    public PaymentSummary? Payment { get; init; }

    /// <summary>True when the shopper has just left the provider's page without paying.</summary>
    public bool HasLeft { get; init; }

    /// <summary>Text key of the title.</summary>
    public string TitleText => IsAbandoned ? "Plugins.Payments.CryptoGateways.Order.Left.Title" : $"{PaymentSummary.StateTexts}{State}.Title";

    private bool IsAbandoned => HasLeft && State == PaymentState.AwaitingPayment && ProviderText is null;

    /// <summary>Text key of the sentence below the title. While the provider does not respond, it is unknown whether a payment arrived.</summary>
    public string StateText => IsAbandoned ? "Plugins.Payments.CryptoGateways.Order.Left" : State == PaymentState.AwaitingPayment && ProviderText is { } unknown ? unknown : Payment?.StateText ?? PaymentSummary.StateTexts + State;

    /// <summary>Text key of the hint that the provider cannot be queried; null when it can.</summary>
    public string? ProviderText => Payment is null ? null : PayPageModel.ProviderTextOf(Payment);

    /// <summary>The pay page of the payment in progress; null when there is none.</summary>
    public string? PayPageUrl { get; init; }

    /// <summary>True when no option is available because their fees exceed the one the order was placed with.</summary>
    public bool FeeIsHigher { get; init; }

    /// <summary>True when only the store can help.</summary>
    public bool NeedsStore => Payment is { NeedsAttention: true } or { OwesSurplus: true } or { State: PaymentState.Expired, IsWatched: false } || FeeIsHigher || IsBalanceForStore;

    /// <summary>True when a partial payment arrived and no option is available for the outstanding balance.</summary>
    public bool IsBalanceForStore => Payment?.Balance == BalancePaymentMethod.NewPayment && PaymentOptions.Shown.Count == 0;

    /// <summary>Minutes until another payment can be started; null when it can be started now.</summary>
    public int? MinutesToWait { get; init; }

    /// <summary>Payment options; empty when nothing is due.</summary>
    public PaymentOptionListModel PaymentOptions { get; init; } = PaymentOptionListModel.None;
}

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
