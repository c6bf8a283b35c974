using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The page of the general settings: those that apply to all gateways, and coin prices.
/// </summary>
public record ConfigurationModel : BaseNopModel
{
    /// <summary>0 for all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.WatchDays")]
    public int WatchDays { get; set; }

    public bool WatchDays_OverrideForStore { get; set; }

    /// <summary>Text, because the platform would bind a number by the user's culture.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.UnderpaidPercent")]
    public string? UnderpaidPercent { get; set; }

    public bool UnderpaidPercent_OverrideForStore { get; set; }

    /// <inheritdoc cref="UnderpaidPercent"/>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.UnderpaidAmount")]
    public string? UnderpaidAmount { get; set; }

    public bool UnderpaidAmount_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.AcceptLate")]
    public bool AcceptLate { get; set; }

    public bool AcceptLate_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.ReopenCancelled")]
    public bool ReopenCancelled { get; set; }

    public bool ReopenCancelled_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.CancelUnpaidAfterHours")]
    public int CancelUnpaidAfterHours { get; set; }

    public bool CancelUnpaidAfterHours_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.TakePeggedCoinsAtPeg")]
    public bool TakePeggedCoinsAtPeg { get; set; }

    public bool TakePeggedCoinsAtPeg_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.QuoteMinutes")]
    public int QuoteMinutes { get; set; }

    public bool QuoteMinutes_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.MaximumPriceAgeHours")]
    public int MaximumPriceAgeHours { get; set; }

    public bool MaximumPriceAgeHours_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.AccentColor")]
    public string? AccentColor { get; set; }

    public bool AccentColor_OverrideForStore { get; set; }

    /// <summary>Coins that are offered only with a price.</summary>
    public IList<CoinPriceModel> Prices { get; set; } = [];

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.InboxRetentionDays")]
    public int InboxRetentionDays { get; set; }

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Fields.RemoveDataOnUninstall")]
    public bool RemoveDataOnUninstall { get; set; }
}

/// <summary>
/// A coin's price. The form posts <see cref="Coin"/> and <see cref="NewPrice"/>.
/// </summary>
public record CoinPriceModel : BaseNopModel
{
    public string Coin { get; set; } = string.Empty;

    /// <summary>The coin's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The price of one coin with its currency; null when there is none.</summary>
    public string? Price { get; set; }

    /// <summary>When the price was entered, formatted in the user's time zone.</summary>
    public string? AsOf { get; set; }

    /// <summary>The price is too old for quotes.</summary>
    public bool IsStale { get; set; }

    /// <summary>
    /// The new price in US dollars as entered; empty keeps the current one. Text, because the platform would bind a decimal by the user's
    /// culture: "1.234" may mean a thousand there.
    /// </summary>
    public string? NewPrice { get; set; }
}
