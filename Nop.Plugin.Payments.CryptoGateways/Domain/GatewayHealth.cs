using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// What the store last saw of a gateway, for its card on the configuration page: one row a gateway, shared by all nodes. All times
/// are UTC; they may be half a minute old, since not every webhook is worth a write.
/// </summary>
public class GatewayHealth : BaseEntity
{
    /// <summary>Unique: the gateway's system name.</summary>
    public string Gateway { get; set; } = string.Empty;

    /// <summary>When the last webhook of the provider was accepted.</summary>
    public DateTime? LastAcceptedOnUtc { get; set; }

    /// <summary>When the last webhook was refused.</summary>
    public DateTime? LastRefusedOnUtc { get; set; }

    /// <summary>Why, as stored form of <see cref="RejectionReason"/>.</summary>
    public int? RefusalReasonId { get; set; }

    /// <summary>Webhooks that were refused since the last one that was accepted.</summary>
    public int RefusedCount { get; set; }

    /// <summary>Since when calls to the provider fail; null while they do not.</summary>
    public DateTime? FailingSinceUtc { get; set; }

    /// <summary>How they fail, as stored form of <see cref="Gateways.GatewayFault"/>.</summary>
    public int? FaultId { get; set; }
}
