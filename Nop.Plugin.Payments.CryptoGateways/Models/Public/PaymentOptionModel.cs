using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// A payment option as displayed.
/// </summary>
/// <param name="Choice">Value of the form field.</param>
/// <param name="Symbol">Symbol of the coin; null for what is not a coin, such as cards.</param>
/// <param name="CoinName">Name of the coin.</param>
/// <param name="GatewayName">Name of the provider.</param>
/// <param name="IsSelected">Selected by default.</param>
public sealed record PaymentOptionModel(string Choice, string? Symbol, string CoinName, string GatewayName, bool IsSelected)
{
    /// <summary>The amount in the shopper's language: an estimate in coins, or a price that is converted later.</summary>
    public required string Amount { get; init; }

    /// <summary>The price in the shopper's currency as the store formats it; null when <see cref="Amount"/> is that price.</summary>
    public string? Price { get; init; }

    /// <summary>What is paid with which provider, as a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Network of the coin; null when the coin has only one, or for what is not a coin.</summary>
    public string? Network { get; init; }

    /// <summary>The store's fee for this option in the working currency; null when there is none.</summary>
    public string? Fee { get; init; }

    /// <summary>File name of the icon, without extension.</summary>
    public required string Icon { get; init; }

    /// <summary>Path of the icon, relative to the store's root.</summary>
    public string IconUrl => $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{Icon}.svg";
}

/// <summary>
/// The options of one coin, or a single option.
/// </summary>
public sealed record PaymentOptionGroupModel(IReadOnlyList<PaymentOptionModel> PaymentOptions)
{
    /// <summary>The selected option; otherwise the first.</summary>
    public PaymentOptionModel First => PaymentOptions.FirstOrDefault(option => option.IsSelected) ?? PaymentOptions[0];

    public bool HasSelected => PaymentOptions.Any(option => option.IsSelected);

    public bool HasSeveral => PaymentOptions.Count > 1;

    /// <summary>Value of the coin's radio button: the option, or the name of the list with the coin's options.</summary>
    public string Value => HasSeveral ? First.Symbol! : First.Choice;

    /// <summary>Text key of what the options differ in.</summary>
    public string ListText => PaymentOptions.All(option => option.Network is not null) ? "Plugins.Payments.CryptoGateways.Pay.Network"
        : PaymentOptions.All(option => option.Network is null) ? "Plugins.Payments.CryptoGateways.Checkout.Provider"
        : "Plugins.Payments.CryptoGateways.Checkout.NetworkOrProvider";

    /// <summary>What distinguishes an option within the coin: its network, and the provider or amount where other options share or change it.</summary>
    public string LabelOf(PaymentOptionModel option)
    {
        var needsProvider = option.Network is null || PaymentOptions.Count(other => other.Network == option.Network) > 1;
        var hasOtherAmounts = PaymentOptions.Any(other => other.Amount != option.Amount);
        string?[] parts = [option.Network, needsProvider ? option.GatewayName : null, hasOtherAmounts ? option.Amount : null];
        return string.Join(" · ", parts.Where(part => part is not null));
    }
}

/// <summary>
/// All payment options, grouped by coin. With many coins, the last ones are collapsed so that the list fits a phone's screen.
/// </summary>
public sealed record PaymentOptionListModel(IReadOnlyList<PaymentOptionGroupModel> Shown, IReadOnlyList<PaymentOptionGroupModel> More)
{
    /// <summary>Coins that are shown when some are collapsed.</summary>
    private const int Few = 6;

    /// <summary>Up to this number of coins, none is collapsed.</summary>
    private const int FewCoins = 9;

    public static readonly PaymentOptionListModel None = new([], []);

    public IEnumerable<PaymentOptionModel> All => Shown.Concat(More).SelectMany(group => group.PaymentOptions);

    /// <summary>The only option; null when there are several or none.</summary>
    public PaymentOptionModel? Single => All.Count() == 1 ? All.First() : null;

    /// <summary>Number of collapsed options.</summary>
    public int MoreCount => More.Sum(group => group.PaymentOptions.Count);

    /// <summary>True when the collapsed groups contain the selected option.</summary>
    public bool IsMoreOpen => More.Any(group => group.HasSelected);

    public static PaymentOptionListModel Of(IReadOnlyList<PaymentOptionModel> options)
    {
        var groups = options.GroupBy(option => option.Symbol ?? option.Choice).Select(group => new PaymentOptionGroupModel([.. group])).ToList();
        var shown = groups.Count <= FewCoins ? groups.Count : Few;
        return new PaymentOptionListModel(groups[..shown], groups[shown..]);
    }
}

/// <summary>
/// The payment step of the checkout.
/// </summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>The cart's total in the working currency; null without a payment option.</summary>
    public string? Total { get; init; }

    public PaymentOptionListModel PaymentOptions { get; init; } = PaymentOptionListModel.None;
}
