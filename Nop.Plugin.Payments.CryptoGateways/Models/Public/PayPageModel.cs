using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// Model of the pay page's own layout, which replaces the theme's.
/// </summary>
public record PayLayoutModel : BaseNopModel
{
    public required StoreLook Look { get; init; }

    /// <summary>Key of the page's title.</summary>
    public required string TitleText { get; init; }

    /// <summary>Reload the page periodically when scripts are disabled.</summary>
    public bool IsLive { get; init; }

    /// <summary>Load the script that talks to wallets in the browser.</summary>
    public virtual bool HasBrowserWallet => false;

    /// <summary>Cache buster for style and script after an update of the plugin.</summary>
    public string Build { get; } = typeof(PayLayoutModel).Module.ModuleVersionId.ToString("N")[..8];
}

/// <summary>
/// The page for an address that is unknown, no longer valid, or belongs to somebody else.
/// </summary>
public record NotFoundModel : PayLayoutModel
{
    /// <summary>True for a pay page's address, false for an order's.</summary>
    public required bool IsPayPage { get; init; }
}

/// <summary>
/// The store's pay page of one attempt. It holds no personal data; what concerns the order is shown to its customer only.
/// </summary>
public record PayPageModel : PayLayoutModel
{
    public required PayPageState State { get; init; }

    public required string Token { get; init; }

    /// <summary>How to pay on this page; null when nothing is due, or only the provider's page can be used.</summary>
    public PayInstructions? Instructions { get; init; }

    /// <summary>The provider's page while the payment can be made there; otherwise null.</summary>
    public string? ProviderUrl { get; init; }

    public override bool HasBrowserWallet => Instructions?.Transaction is not null;

    public required PayFacts Facts { get; init; }

    /// <summary>True once funds were detected: the page keeps showing what was paid.</summary>
    public bool ShowsFacts => Payment.HasReceipt || Payment.State is PaymentState.Detected or PaymentState.Confirming or PaymentState.Authorized;

    /// <summary>End of the quote, or of the time to pay (UTC); null without a deadline.</summary>
    public DateTime? EndsOnUtc { get; init; }

    /// <summary>The deadline for pages without scripts, in the reader's time zone.</summary>
    public string EndTime { get; init; } = string.Empty;

    /// <summary>The deadline for the script, in ISO 8601.</summary>
    public string EndIso => EndsOnUtc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Time until <see cref="EndsOnUtc"/>.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Time from the start of the attempt until <see cref="EndsOnUtc"/>.</summary>
    public TimeSpan? TimeAllowed { get; init; }

    /// <summary>Null unless the visitor is the order's customer.</summary>
    public PayOwnerModel? Owner { get; init; }

    public PaymentSummary Payment => State.Payment;

    /// <summary>Text key of the sentence below the title.</summary>
    public string StateText => Payment.State != PaymentState.AwaitingPayment ? Payment.StateText
        : Instructions is not null ? "Plugins.Payments.CryptoGateways.Pay.SendExactly"
        : "Plugins.Payments.CryptoGateways.Pay.PayAtProvider";

    /// <summary>Text key of the hint that the provider cannot be queried; null when it can.</summary>
    public string? ProviderText => ProviderTextOf(Payment);

    public static string? ProviderTextOf(PaymentSummary payment) => payment.Provider switch
    {
        ProviderAvailability.NotResponding => "Plugins.Payments.CryptoGateways.Pay.Provider.NotResponding",
        ProviderAvailability.NotQueryable => "Plugins.Payments.CryptoGateways.Pay.Provider.NotQueryable",
        _ => null
    };

    /// <summary>Text key of the deadline, with the time as its value; null without a deadline.</summary>
    public string? EndText => EndsOnUtc is null ? null
        : Payment is { QuoteExpiresOnUtc: not null, IsQuoteOver: false } ? "Plugins.Payments.CryptoGateways.Pay.QuoteUntil"
        : "Plugins.Payments.CryptoGateways.Pay.PayUntil";

    /// <summary>True when a new attempt can request the outstanding balance.</summary>
    private bool CanPayBalance => Payment.Balance == BalancePaymentMethod.NewPayment && Owner is not { Choice: null, Others.Shown.Count: 0 };

    /// <summary>Text key of how to pay the outstanding balance; null when nothing is due.</summary>
    public string? BalanceText => Payment.Balance is not { } balance ? null
        : balance == BalancePaymentMethod.NewPayment && !CanPayBalance ? "Plugins.Payments.CryptoGateways.Pay.Balance.ByStore"
        : $"{BalanceTexts}{balance}";

    private const string BalanceTexts = "Plugins.Payments.CryptoGateways.Pay.Balance.";

    /// <summary>True when a new payment can be started. Visitors who are not the customer read how the customer can.</summary>
    public bool CanStartAgain => Payment.Balance is null ? Payment.CanStartAnother : CanPayBalance;

    /// <summary>True when only the store can help.</summary>
    public bool NeedsStore => Payment.NeedsAttention || Payment.OwesSurplus || Payment.Balance == BalancePaymentMethod.NewPayment && !CanPayBalance
        || Payment is { State: PaymentState.Expired, IsWatched: false };

    /// <summary>True for a quiet link to the store: on every page of an unpaid payment without a prominent one.</summary>
    public bool ShowsSupport => !NeedsStore && !Payment.HasReceipt && Payment.State != PaymentState.OrderPaid;

    /// <summary>Text key of the button that starts a new payment.</summary>
    public string StartText => Payment.State switch
    {
        PaymentState.Underpaid => "Plugins.Payments.CryptoGateways.Pay.PayBalance",
        PaymentState.Expired or PaymentState.QuoteExpired => "Plugins.Payments.CryptoGateways.Pay.NewQuote",
        _ => "Plugins.Payments.CryptoGateways.Pay.TryAgain"
    };

    /// <summary>Icon beside the title: wait, good, warn or bad.</summary>
    public string Mark => Payment.State switch
    {
        PaymentState.AwaitingPayment or PaymentState.Detected or PaymentState.Confirming => "wait",
        PaymentState.Paid or PaymentState.Overpaid or PaymentState.OrderPaid or PaymentState.Authorized => "good",
        PaymentState.Failed or PaymentState.Canceled or PaymentState.OrderCancelled or PaymentState.ProviderFailed => "bad",
        _ => "warn"
    };

    /// <summary>Remaining time as 14:05 or 1:14:05.</summary>
    public string TimeLeftText => TimeLeft is { } left ? left.ToString(left.TotalHours < 1 ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture) : string.Empty;
}

/// <summary>
/// What a wallet needs to pay.
/// </summary>
/// <param name="Address">Recipient address.</param>
/// <param name="Amount">Amount to send, in units of the coin.</param>
/// <param name="Symbol">Symbol of the coin.</param>
/// <param name="CoinName">Name of the coin.</param>
/// <param name="Network">The network to send on.</param>
/// <param name="Icon">Path of the coin's icon, relative to the store's root; null for none.</param>
/// <param name="Wallet">Content of the QR code and of the wallet link.</param>
public sealed record PayInstructions(string Address, decimal Amount, string Symbol, string CoinName, string Network, string? Icon, WalletUri Wallet)
{
    /// <summary>The amount in the page's culture.</summary>
    public string AmountText => Money.LocalNumberOf(Amount, CultureInfo.CurrentCulture);

    /// <summary>The amount as wallets read it, for copying.</summary>
    public string AmountToCopy => Money.NumberOf(Amount);

    /// <summary>The amount in the order's currency; null when it is unknown.</summary>
    public PayPrice? Price { get; init; }

    /// <summary>For wallets in the browser; null when none can pay.</summary>
    public WalletTransaction? Transaction { get; init; }

    /// <summary><see cref="Transaction"/> as a wallet takes it.</summary>
    public string? TransactionJson => Transaction is null ? null : JsonSerializer.Serialize(Transaction, _json);

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="label">Accessible name.</param>
    public IHtmlContent QrCodeWith(string label) => QrCode.Svg(Wallet.QrText, label);

    /// <summary>Required memo or destination tag; null when there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>
/// The part of the pay page that only the order's customer sees.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="OrderNumber">The order's custom number.</param>
/// <param name="Total">The order's total, in its currency and language.</param>
public sealed record PayOwnerModel(int OrderId, string OrderNumber, string Total)
{
    /// <summary>The attempt's own option as a form value; null when it is not available for a new attempt.</summary>
    public string? Choice { get; init; }

    /// <summary>The other payment options; none when no payment can be started.</summary>
    public PaymentOptionListModel Others { get; init; } = PaymentOptionListModel.None;

    /// <summary>Minutes until another payment can be started; null when it can be started now.</summary>
    public int? MinutesToWait { get; init; }
}

/// <summary>
/// What the plugin's own pages show of the store.
/// </summary>
/// <param name="StoreName">The store's name.</param>
/// <param name="Language">The visitor's language, for instance en-US.</param>
/// <param name="IsRightToLeft">True when that language is written from right to left.</param>
public sealed record StoreLook(string StoreName, string Language, bool IsRightToLeft)
{
    /// <summary>URL of the logo in the store's settings; null when there is none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>The owner's color for buttons and links; null for the default.</summary>
    public AccentColor? Accent { get; init; }
}
