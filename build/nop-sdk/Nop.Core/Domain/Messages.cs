using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Messages;

public class AdditionalTokensAddedEvent
{
    public IEnumerable<string> TokenGroups { get; set; }

    public virtual void AddTokens(params string[] additionalTokens)
    {
    }
}

public class EmailAccount : BaseEntity
{
    public string Email { get; set; }

    public string DisplayName { get; set; }
}

public class EmailAccountSettings : ISettings
{
    public int DefaultEmailAccountId { get; set; }
}

public class MessageTemplate : BaseEntity, ILocalizedEntity
{
    public string Name { get; set; }

    public string Subject { get; set; }

    public string Body { get; set; }

    public bool IsActive { get; set; }

    public int EmailAccountId { get; set; }
}
