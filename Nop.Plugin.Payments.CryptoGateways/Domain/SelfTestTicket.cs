using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// A webhook that the store has sent to its own public address. The row is deleted on arrival.
/// </summary>
public class SelfTestTicket : BaseEntity
{
    /// <summary>Unique and random.</summary>
    public string Number { get; set; } = string.Empty;

    /// <summary>Random: the key that signs the webhook and the response.</summary>
    public string Secret { get; set; } = string.Empty;

    public DateTime ExpiresOnUtc { get; set; }
}
