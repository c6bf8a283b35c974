using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// The exclusive right of one worker to change a resource, until it is released or expires.
/// </summary>
public class Lease : BaseEntity
{
    /// <summary>Unique name of the resource, for example "order-17".</summary>
    public string Resource { get; set; } = string.Empty;

    /// <summary>Random; distinguishes the holder from its successor.</summary>
    public string Owner { get; set; } = string.Empty;

    public DateTime ExpiresOnUtc { get; set; }
}
