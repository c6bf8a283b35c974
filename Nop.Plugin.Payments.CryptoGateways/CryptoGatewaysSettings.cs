using Nop.Core.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways;

/// <summary>
/// Settings that apply to all gateways. Each can be overridden per store unless stated otherwise.
/// </summary>
public class CryptoGatewaysSettings : ISettings
{
    /// <summary>Days during which an unpaid attempt is checked for late payments.</summary>
    public int WatchDays { get; set; } = 14;

    /// <summary>Underpayment tolerance, as a percentage of the requested amount.</summary>
    public decimal UnderpaidPercent { get; set; }

    /// <summary>Underpayment tolerance, in the primary store currency.</summary>
    public decimal UnderpaidAmount { get; set; }

    /// <summary>A payment that arrives after its attempt expired marks a pending order as paid; otherwise an administrator decides.</summary>
    public bool AcceptLate { get; set; } = true;

    /// <summary>
    /// Minutes for which a quote in a coin with a floating price is valid. Funds that arrive later count at their price on arrival.
    /// </summary>
    public int QuoteMinutes { get; set; } = 20;

    /// <summary>Hours after which an unpaid order is cancelled and its stock released; 0 for never.</summary>
    public int CancelUnpaidAfterHours { get; set; }

    /// <summary>A full payment for a cancelled order reopens it and reserves its stock, if that is possible; otherwise an administrator decides.</summary>
    public bool ReopenCancelled { get; set; }

    /// <summary>Hours after which a coin price entered by the owner is too old to quote from.</summary>
    public int MaximumPriceAgeHours { get; set; } = 24;

    /// <summary>Values a pegged coin at one unit of its currency; otherwise by its stored coin price.</summary>
    public bool TakePeggedCoinsAtPeg { get; set; } = true;

    /// <summary>Color of buttons and links on the plugin's own pages, as "#rrggbb"; empty for the default.</summary>
    public string AccentColor { get; set; } = string.Empty;

    /// <summary>Days after which webhooks and events of finished payments are deleted. Applies to all stores.</summary>
    public int InboxRetentionDays { get; set; } = 90;

    /// <summary>Lets the plugin be uninstalled, deleting its data, while payments are still open. Applies to all stores.</summary>
    public bool RemoveDataOnUninstall { get; set; }
}
