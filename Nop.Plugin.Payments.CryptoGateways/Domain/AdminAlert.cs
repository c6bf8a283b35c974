using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// A condition that needs attention, shown until an administrator dismisses it or it is resolved. All times are UTC.
/// </summary>
public class AdminAlert : BaseEntity
{
    /// <summary>Unique key of the condition, which prevents duplicate alerts, for example "Failing-{gateway}".</summary>
    public string AlertKey { get; set; } = string.Empty;

    /// <summary>The affected order; null for an alert about a gateway.</summary>
    public int? OrderId { get; set; }

    /// <summary>The message as plain text, in the default admin language.</summary>
    public string Message { get; set; } = string.Empty;

    /// <summary>When the alert was raised last.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When the alert was dismissed or resolved; null while it is open.</summary>
    public DateTime? ResolvedOnUtc { get; set; }

    /// <summary>True when an administrator dismissed the alert.</summary>
    public bool IsDismissed { get; set; }
}
