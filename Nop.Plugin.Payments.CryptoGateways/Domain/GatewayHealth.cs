using Nop.Core;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// The health of a gateway, for its page in the configuration: one row per gateway, shared by all nodes. All times
/// are UTC and may be five minutes old, because not every webhook causes a write.
/// </summary>
public class GatewayHealth : BaseEntity
{
    /// <summary>Unique: the gateway's system name.</summary>
    public string Gateway { get; set; } = string.Empty;

    /// <summary>When the last webhook of the provider was accepted.</summary>
    public DateTime? LastAcceptedOnUtc { get; set; }

    /// <summary>When the last webhook was rejected.</summary>
    public DateTime? LastRefusedOnUtc { get; set; }

    /// <summary>The reason of that rejection, as stored form of <see cref="RejectionReason"/>.</summary>
    public int? RefusalReasonId { get; set; }

    /// <summary>Webhooks rejected since the last accepted one.</summary>
    public int RefusedCount { get; set; }

    /// <summary>When calls to the provider began to fail; null while they succeed.</summary>
    public DateTime? FailingSinceUtc { get; set; }

    /// <summary>The error code, as stored form of <see cref="Gateways.GatewayFault"/>.</summary>
    public int? FaultId { get; set; }
}
