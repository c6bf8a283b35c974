using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The configuration page. What is posted back are the settings, the fields' values and new prices; the rest is drawn anew.
/// </summary>
public record ConfigurationModel : BaseNopModel
{
    /// <summary>0 for all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.WatchDays")]
    public int WatchDays { get; set; }

    public bool WatchDays_OverrideForStore { get; set; }

    /// <summary>As text: the platform would read a number by the culture of the page.</summary>
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

    /// <summary>The coins that are offered only with a price.</summary>
    public IList<CoinPriceModel> Prices { get; set; } = [];

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.InboxRetentionDays")]
    public int InboxRetentionDays { get; set; }

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.RemoveDataOnUninstall")]
    public bool RemoveDataOnUninstall { get; set; }

    public IList<GatewayCardModel> Gateways { get; set; } = [];

    /// <summary>The first set-up; null once a store takes payments, or while one store's settings are edited.</summary>
    public SetupModel? Guide { get; set; }

    public AlertsModel Alerts { get; set; } = new();

    /// <summary>Sentences about store URLs that are missing or differ from where the page was opened.</summary>
    public IList<string> StoreUrlWarnings { get; set; } = [];

    /// <summary>Sentence: when open payments were last settled.</summary>
    public string Task { get; set; } = string.Empty;

    /// <summary>The schedule task does not run.</summary>
    public bool IsTaskLate { get; set; }
}
