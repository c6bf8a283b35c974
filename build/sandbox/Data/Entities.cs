using Nop.Core;

namespace CryptoGateways.Sandbox.Data;

/// <summary>A text of one language.</summary>
public sealed class LocaleStringResource : BaseEntity
{
    public int LanguageId { get; set; }

    /// <summary>Lower case.</summary>
    public string ResourceName { get; set; } = "";

    public string ResourceValue { get; set; } = "";
}

/// <summary>That OrderPaidEvent was published, so that tests can count.</summary>
public sealed class PublishedEvent : BaseEntity
{
    public string Name { get; set; } = "";

    public int OrderId { get; set; }

    public string Node { get; set; } = "";

    public DateTime CreatedOnUtc { get; set; }
}

public sealed class Log : BaseEntity
{
    /// <summary>Warning or Error.</summary>
    public string Level { get; set; } = "";

    public string ShortMessage { get; set; } = "";

    public string FullMessage { get; set; } = "";

    public string? PageUrl { get; set; }

    public int? CustomerId { get; set; }

    public DateTime CreatedOnUtc { get; set; }
}

/// <summary>A mail that a real store would send.</summary>
public sealed class QueuedEmail : BaseEntity
{
    public string To { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Body { get; set; } = "";

    public DateTime CreatedOnUtc { get; set; }
}
