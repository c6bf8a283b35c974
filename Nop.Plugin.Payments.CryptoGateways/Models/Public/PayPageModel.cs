using System.Globalization;
using Microsoft.AspNetCore.Html;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// What the layout of the pay page needs: it is not the theme's.
/// </summary>
public record PayLayoutModel : BaseNopModel
{
    public required string StoreName { get; init; }

    /// <summary>For instance en-US.</summary>
    public required string Language { get; init; }

    public required bool IsRightToLeft { get; init; }

    /// <summary>Key of the page's title.</summary>
    public required string TitleText { get; init; }

    /// <summary>The page draws itself anew where scripts do not run.</summary>
    public bool IsLive { get; init; }

    /// <summary>Makes browsers fetch style and script anew after an update of the plugin.</summary>
    public string Build { get; } = typeof(PayLayoutModel).Module.ModuleVersionId.ToString("N")[..8];
}

/// <summary>
/// The answer to an address that does not exist, is no longer valid, or belongs to somebody else.
/// </summary>
public record NotFoundModel : PayLayoutModel
{
    /// <summary>The address is one of a pay page; otherwise one of an order.</summary>
    public required bool IsPayPage { get; init; }
}

/// <summary>
/// The store's own pay page of one attempt. It holds nothing about a person; what concerns the order is there for its owner only.
/// </summary>
public record PayPageModel : PayLayoutModel
{
    public required PayPageState State { get; init; }

    public required string Token { get; init; }

    /// <summary>Where to pay; null when nothing is to be paid any more, or only on the provider's page.</summary>
    public PayInstructions? Instructions { get; init; }

    /// <summary>The provider's own page while it can be paid there; null when there is none.</summary>
    public string? ProviderUrl { get; init; }

    public required string GatewayName { get; init; }

    /// <summary>When the quote, or the time to pay, ends, UTC; null when it does not.</summary>
    public DateTime? EndsOnUtc { get; init; }

    /// <summary>The same as people read it without a script, in UTC; in marks that keep it in one piece in text from right to left.</summary>
    public string EndTime => EndsOnUtc?.ToString("'\u2066'yyyy-MM-dd HH:mm 'UTC\u2069'", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The same for the script: ISO 8601.</summary>
    public string EndIso => EndsOnUtc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Time until then.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Time from the beginning until then.</summary>
    public TimeSpan? Whole { get; init; }

    /// <summary>Null for everybody but the order's owner.</summary>
    public PayOwnerModel? Owner { get; init; }

    public PaymentSummary Payment => State.Payment;

    /// <summary>Key of the sentence below the title.</summary>
    public string StateText => Payment.State != PaymentState.AwaitingPayment ? Payment.StateText
        : Instructions is not null ? "Plugins.Payments.CryptoGateways.Pay.SendExactly"
        : "Plugins.Payments.CryptoGateways.Pay.PayAtProvider";

    /// <summary>Key of what is said of a provider that cannot be asked; null when it can.</summary>
    public string? ProviderText => ProviderTextOf(Payment);

    public static string? ProviderTextOf(PaymentSummary payment) => payment.Provider switch
    {
        ProviderAvailability.Silent => "Plugins.Payments.CryptoGateways.Pay.Provider.Silent",
        ProviderAvailability.CannotBeAsked => "Plugins.Payments.CryptoGateways.Pay.Provider.CannotBeAsked",
        _ => null
    };

    /// <summary>Key of what is said about the end of the time to pay, with that time; null when there is none.</summary>
    public string? EndText => EndsOnUtc is null ? null
        : Payment is { QuoteExpiresOnUtc: not null, IsQuoteOver: false } ? "Plugins.Payments.CryptoGateways.Pay.QuoteUntil"
        : "Plugins.Payments.CryptoGateways.Pay.PayUntil";

    /// <summary>A new attempt can ask for what is still due.</summary>
    private bool CanPayBalance => Payment.Balance == BalancePaymentMethod.NewPayment && Owner is not { Choice: null, Others.Shown.Count: 0 };

    /// <summary>Key of what to do about the rest; null unless something is still due.</summary>
    public string? BalanceText => Payment.Balance is not { } balance ? null
        : balance == BalancePaymentMethod.NewPayment && !CanPayBalance ? "Plugins.Payments.CryptoGateways.Pay.Balance.ByStore"
        : $"{BalanceTexts}{balance}";

    private const string BalanceTexts = "Plugins.Payments.CryptoGateways.Pay.Balance.";

    /// <summary>The owner can start again; a guest is told how the owner can.</summary>
    public bool CanStartAgain => Payment.Balance is null ? Payment.CanStartAnother : CanPayBalance;

    /// <summary>Nothing here helps on: the store does.</summary>
    public bool NeedsStore => Payment.NeedsPerson || Payment.OwesSurplus || Payment.Balance == BalancePaymentMethod.NewPayment && !CanPayBalance
        || Payment is { State: PaymentState.Expired, IsWatched: false };

    /// <summary>Key of the first button's text where the owner starts again.</summary>
    public string StartText => Payment.State switch
    {
        PaymentState.Underpaid => "Plugins.Payments.CryptoGateways.Pay.PayBalance",
        PaymentState.Expired or PaymentState.QuoteExpired => "Plugins.Payments.CryptoGateways.Pay.NewQuote",
        _ => "Plugins.Payments.CryptoGateways.Pay.TryAgain"
    };

    /// <summary>The mark beside the title: wait, good, warn or bad.</summary>
    public string Mark => Payment.State switch
    {
        PaymentState.AwaitingPayment or PaymentState.Seen or PaymentState.Confirming => "wait",
        PaymentState.Paid or PaymentState.Overpaid or PaymentState.OrderPaid or PaymentState.Authorized => "good",
        PaymentState.Failed or PaymentState.Canceled or PaymentState.OrderCancelled or PaymentState.ProviderFailed => "bad",
        _ => "warn"
    };

    /// <summary>Minutes and seconds, or with the hours in front: 14:05, 1:14:05.</summary>
    public string LeftText => Left is { } left ? left.ToString(left.TotalHours < 1 ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture) : string.Empty;
}

/// <summary>
/// What a wallet has to be told.
/// </summary>
/// <param name="Address">Where to.</param>
/// <param name="Amount">How much: the bare number, with a point.</param>
/// <param name="Symbol">The letters that shoppers know the coin by.</param>
/// <param name="CoinName">The name that shoppers know.</param>
/// <param name="Network">The network to send on.</param>
/// <param name="Icon">Where the coin's picture lies, from the store's root; null for none.</param>
/// <param name="Wallet">The texts of the QR code and of the link that opens a wallet.</param>
public sealed record PayInstructions(string Address, string Amount, string Symbol, string CoinName, string Network, string? Icon, WalletUri Wallet)
{
    /// <param name="label">What a screen reader says instead.</param>
    public IHtmlContent QrCodeWith(string label) => QrCode.Svg(Wallet.QrText, label);

    /// <summary>Memo or destination tag without which the money is lost; null when there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>
/// What only the order's owner sees.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="OrderNumber">The number that the shopper knows it by.</param>
/// <param name="Total">What it costs, in the shopper's currency and language.</param>
public sealed record PayOwnerModel(int OrderId, string OrderNumber, string Total)
{
    /// <summary>Coin and gateway of this attempt, as a form sends them; null when they are not offered for a new one.</summary>
    public string? Choice { get; init; }

    /// <summary>The other ways to pay what the order owes; none where nothing can be started.</summary>
    public PaymentOptionListModel Others { get; init; } = PaymentOptionListModel.None;

    /// <summary>After how many minutes another payment can be started; null when it can be now.</summary>
    public int? MinutesToWait { get; init; }
}
