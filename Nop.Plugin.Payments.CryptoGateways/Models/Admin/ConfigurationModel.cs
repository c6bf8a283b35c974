using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The configuration page. The form posts the settings, the values of the fields and new prices; everything else is prepared again.
/// </summary>
public record ConfigurationModel : BaseNopModel
{
    /// <summary>0 for all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.WatchDays")]
    public int WatchDays { get; set; }

    public bool WatchDays_OverrideForStore { get; set; }

    /// <summary>Text, because the platform would bind a number by the user's culture.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.UnderpaidPercent")]
    public string? UnderpaidPercent { get; set; }

    public bool UnderpaidPercent_OverrideForStore { get; set; }

    /// <inheritdoc cref="UnderpaidPercent"/>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.UnderpaidAmount")]
    public string? UnderpaidAmount { get; set; }

    public bool UnderpaidAmount_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.AcceptLate")]
    public bool AcceptLate { get; set; }

    public bool AcceptLate_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.ReopenCancelled")]
    public bool ReopenCancelled { get; set; }

    public bool ReopenCancelled_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.CancelUnpaidAfterHours")]
    public int CancelUnpaidAfterHours { get; set; }

    public bool CancelUnpaidAfterHours_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.TakePeggedCoinsAtPeg")]
    public bool TakePeggedCoinsAtPeg { get; set; }

    public bool TakePeggedCoinsAtPeg_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.QuoteMinutes")]
    public int QuoteMinutes { get; set; }

    public bool QuoteMinutes_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.MaximumPriceAgeHours")]
    public int MaximumPriceAgeHours { get; set; }

    public bool MaximumPriceAgeHours_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.AccentColor")]
    public string? AccentColor { get; set; }

    public bool AccentColor_OverrideForStore { get; set; }

    /// <summary>Coins that are offered only with a price.</summary>
    public IList<CoinPriceModel> Prices { get; set; } = [];

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.InboxRetentionDays")]
    public int InboxRetentionDays { get; set; }

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.RemoveDataOnUninstall")]
    public bool RemoveDataOnUninstall { get; set; }

    public IList<GatewayCardModel> Gateways { get; set; } = [];

    /// <summary>The setup guide; null once a payment exists, or while a single store's settings are edited.</summary>
    public SetupModel? Guide { get; set; }

    public AlertsModel Alerts { get; set; } = new();

    /// <summary>Warnings about store URLs that are missing or differ from the current host.</summary>
    public IList<string> StoreUrlWarnings { get; set; } = [];

    /// <summary>State of the schedule task, as a sentence.</summary>
    public string Task { get; set; } = string.Empty;

    /// <summary>The schedule task is not running.</summary>
    public bool IsTaskLate { get; set; }
}

/// <summary>
/// The setup guide: choose a provider, paste its keys, test them, copy the webhook address, switch it on.
/// </summary>
public record SetupModel : BaseNopModel
{
    /// <summary>System names and names of the providers.</summary>
    public IList<(string SystemName, string Name)> Providers { get; set; } = [];

    /// <summary>The chosen provider with its required fields.</summary>
    public GatewayCardModel Setup { get; set; } = new();

    /// <summary>A provider is ready and the payment method is active: only a test order remains.</summary>
    public bool IsDone { get; set; }

    /// <summary>The storefront, for a test order.</summary>
    public string StoreUrl { get; set; } = string.Empty;
}

/// <summary>
/// A coin's price. The form posts <see cref="Coin"/> and <see cref="NewPrice"/>.
/// </summary>
public record CoinPriceModel : BaseNopModel
{
    public string Coin { get; set; } = string.Empty;

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

/// <summary>
/// Open alerts, newest first.
/// </summary>
public record AlertsModel : BaseNopModel
{
    public IList<AlertModel> Alerts { get; set; } = [];

    /// <summary>The page to return to after an alert was dismissed.</summary>
    public string ReturnUrl { get; set; } = string.Empty;
}

/// <summary>
/// An alert that needs attention.
/// </summary>
/// <param name="Id">The alert.</param>
/// <param name="OrderId">The affected order; null for an alert about a gateway.</param>
/// <param name="Message">Text of the alert.</param>
/// <param name="Since">When it was raised, formatted in the user's time zone.</param>
public sealed record AlertModel(int Id, int? OrderId, string Message, string Since);
