using Nop.Core.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// Settings of the payment method that no gateway has of its own; each may differ by store unless it says otherwise.
/// </summary>
public class CryptoGatewaysSettings : ISettings
{
    /// <summary>Days during which an unpaid attempt is watched for money that comes late.</summary>
    public int WatchDays { get; set; } = 14;

    /// <summary>Per cent of a quoted amount that may be missing for the order to be paid all the same.</summary>
    public decimal UnderpaidPercent { get; set; }

    /// <summary>What may be missing for the order to be paid all the same, in the primary store currency.</summary>
    public decimal UnderpaidAmount { get; set; }

    /// <summary>Money that arrives after an attempt expired pays the order if it is still open; otherwise a person decides.</summary>
    public bool AcceptLate { get; set; } = true;

    /// <summary>
    /// Minutes for which a quote in a coin whose price floats is honoured. Coins that arrive later count with their price on arrival.
    /// </summary>
    public int QuoteMinutes { get; set; } = 20;

    /// <summary>Hours after which an order that nobody paid is cancelled, so that its stock returns; 0 for never.</summary>
    public int CancelUnpaidAfterHours { get; set; }

    /// <summary>Money that arrives in full for a cancelled order opens it again and takes its stock, where that is possible; otherwise a person decides.</summary>
    public bool ReopenCancelled { get; set; }

    /// <summary>Hours after which a coin's price from the price table is too old to be quoted from.</summary>
    public int MaximumPriceAgeHours { get; set; } = 24;

    /// <summary>A coin that is pegged to a currency is worth one unit of it; otherwise its price comes from the price table.</summary>
    public bool TakePeggedCoinsAtPeg { get; set; } = true;

    /// <summary>Days after which webhooks and the timeline of payments that are over are removed; for all stores together.</summary>
    public int InboxRetentionDays { get; set; } = 90;

    /// <summary>Uninstalling removes payments that are still open too; without it the plugin refuses; for all stores together.</summary>
    public bool RemoveDataOnUninstall { get; set; }
}
