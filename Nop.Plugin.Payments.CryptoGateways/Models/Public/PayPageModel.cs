using Microsoft.AspNetCore.Html;
using Nop.Plugin.Payments.CryptoGateways.Services;
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
/// The store's own pay page of one attempt. It holds nothing about a person; what concerns the order is there for its owner only.
/// </summary>
public record PayPageModel : PayLayoutModel
{
    /// <summary>Start of the state's text keys.</summary>
    public const string StateTexts = "Plugins.Payments.CryptoGateways.Pay.State.";

    public required PayPageState State { get; init; }

    public required string Token { get; init; }

    /// <summary>Where to pay; null when nothing is to be paid any more, or only on the provider's page.</summary>
    public PayInstructions? Instructions { get; init; }

    /// <summary>The provider's own page while it can be paid there; null when there is none.</summary>
    public string? ProviderUrl { get; init; }

    public required string GatewayName { get; init; }

    /// <summary>Time until the quote ends; null when it does not.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Null for everybody but the order's owner.</summary>
    public PayOwnerModel? Owner { get; init; }

    /// <summary>The shopper can start again.</summary>
    public bool CanStartAgain => State.State is PayState.Expired or PayState.Failed or PayState.Canceled or PayState.ProviderFailed or PayState.Outdated;

    public string StateText => StateTexts + State.State;

    /// <summary>Minutes and seconds, or with the hours in front: 14:05, 1:14:05.</summary>
    public string LeftText => Left is { } left ? left.ToString(left.TotalHours < 1 ? @"mm\:ss" : @"h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture) : string.Empty;
}

/// <summary>
/// What a wallet has to be told.
/// </summary>
/// <param name="Address">Where to.</param>
/// <param name="Amount">How much: the bare number, with a point.</param>
/// <param name="Coin">The provider's code of the coin.</param>
/// <param name="CoinName">The name that shoppers know.</param>
/// <param name="Network">The network to send on.</param>
/// <param name="Icon">Where the coin's picture lies, from the store's root; null for none.</param>
/// <param name="Wallet">What the QR code says.</param>
public sealed record PayInstructions(string Address, string Amount, string Coin, string CoinName, string Network, string? Icon, WalletUri Wallet)
{
    /// <param name="label">What a screen reader says instead.</param>
    public IHtmlContent QrCodeWith(string label) => QrCode.Svg(Wallet.Text, label);

    /// <summary>Memo or destination tag without which the money is lost; null when there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>
/// What only the order's owner sees.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="OrderNumber">The number that the shopper knows it by.</param>
/// <param name="Total">What it costs, in the shopper's currency and language.</param>
/// <param name="Choice">Coin and gateway of this attempt, as a form sends it.</param>
public sealed record PayOwnerModel(int OrderId, string OrderNumber, string Total, string Choice);
