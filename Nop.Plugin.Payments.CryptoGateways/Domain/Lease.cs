using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// The right to act on a resource, held by one worker of one node until it is released or expires.
/// </summary>
public class Lease : BaseEntity
{
    /// <summary>Unique name of what is held, for instance "order-17".</summary>
    public string Resource { get; set; } = string.Empty;

    /// <summary>Random; tells the holder's own row from its successor's.</summary>
    public string Owner { get; set; } = string.Empty;

    public DateTime ExpiresOnUtc { get; set; }
}
