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

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.UnderpaidPercent")]
    public decimal UnderpaidPercent { get; set; }

    public bool UnderpaidPercent_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.UnderpaidAmount")]
    public decimal UnderpaidAmount { get; set; }

    public bool UnderpaidAmount_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.AcceptLate")]
    public bool AcceptLate { get; set; }

    public bool AcceptLate_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.ReviveCancelled")]
    public bool ReviveCancelled { get; set; }

    public bool ReviveCancelled_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.CancelUnpaidAfterHours")]
    public int CancelUnpaidAfterHours { get; set; }

    public bool CancelUnpaidAfterHours_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.TakePeggedCoinsAtPeg")]
    public bool TakePeggedCoinsAtPeg { get; set; }

    public bool TakePeggedCoinsAtPeg_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.MaximumPriceAgeHours")]
    public int MaximumPriceAgeHours { get; set; }

    public bool MaximumPriceAgeHours_OverrideForStore { get; set; }

    /// <summary>The coins that are offered only with a price.</summary>
    public IList<CoinPriceModel> Prices { get; set; } = [];

    /// <summary>Shown and saved for all stores only.</summary>
    [NopResourceDisplayName("Plugins.Payments.CryptoGateways.Settings.InboxRetentionDays")]
    public int InboxRetentionDays { get; set; }

    public IList<GatewayCardModel> Gateways { get; set; } = [];
}
