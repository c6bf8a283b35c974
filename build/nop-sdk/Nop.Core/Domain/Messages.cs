using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Messages;

public class AdditionalTokensAddedEvent
{
    public IList<string> AdditionalTokens { get; } = new List<string>();

    public IEnumerable<string> TokenGroups { get; set; }

    public virtual void AddTokens(params string[] additionalTokens)
    {
        foreach (var token in additionalTokens)
            AdditionalTokens.Add(token);
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

public static class MessageTemplateSystemNames
{
    public const string ORDER_PAID_CUSTOMER_NOTIFICATION = "OrderPaid.CustomerNotification";
}

public class MessageTemplate : BaseEntity, ILocalizedEntity
{
    public string Name { get; set; }

    public string Subject { get; set; }

    public string Body { get; set; }

    public bool IsActive { get; set; }

    public int EmailAccountId { get; set; }
}
