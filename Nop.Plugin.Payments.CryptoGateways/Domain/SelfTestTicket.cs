using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// An event that the store has sent to its own public address and waits for; it is removed when it arrives.
/// </summary>
public class SelfTestTicket : BaseEntity
{
    /// <summary>Unique and random.</summary>
    public string Number { get; set; } = string.Empty;

    /// <summary>Random: what the event and the answer to it are signed with.</summary>
    public string Secret { get; set; } = string.Empty;

    public DateTime ExpiresOnUtc { get; set; }
}
