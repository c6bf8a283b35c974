using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// Something that needs a person, shown to administrators until one dismisses it or it is over. All times are UTC.
/// </summary>
public class AdminAlert : BaseEntity
{
    /// <summary>Unique name of what happened, so that nobody is told the same twice, for instance "refused-{gateway}".</summary>
    public string AlertKey { get; set; } = string.Empty;

    /// <summary>The order that it is about; null when it is about a gateway.</summary>
    public int? OrderId { get; set; }

    /// <summary>The sentence for people, in the language of the administration; plain text.</summary>
    public string Message { get; set; } = string.Empty;

    /// <summary>When it was told last.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When it was dismissed or was over; null while it is open.</summary>
    public DateTime? ResolvedOnUtc { get; set; }

    /// <summary>An administrator has dismissed it.</summary>
    public bool IsDismissed { get; set; }
}
