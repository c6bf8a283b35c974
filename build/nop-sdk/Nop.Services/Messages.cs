using Nop.Core;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;

namespace Nop.Services.Messages;

public interface IEmailAccountService
{
    Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId);
}

public interface IMessageTemplateService
{
    Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null);

    Task InsertMessageTemplateAsync(MessageTemplate messageTemplate);

    Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate);
}

public interface IMessageTokenProvider
{
    Task AddStoreTokensAsync(IList<Token> tokens, Store store, EmailAccount emailAccount, int languageId);

    Task AddOrderTokensAsync(IList<Token> tokens, Order order, int languageId, int vendorId = 0);

    Task<IEnumerable<string>> GetListOfAllowedTokensAsync(IList<string> tokenGroups = null);
}

public class EntityTokensAddedEvent<T> where T : BaseEntity
{
    public EntityTokensAddedEvent(T entity, IList<Token> tokens) => (Entity, Tokens) = (entity, tokens);

    public T Entity { get; }

    public IList<Token> Tokens { get; }
}

public class MessageTokensAddedEvent
{
    public MessageTokensAddedEvent(MessageTemplate message, IList<Token> tokens) => (Message, Tokens) = (message, tokens);

    public MessageTemplate Message { get; }

    public IList<Token> Tokens { get; }
}

public static class TokenGroupNames
{
    public static string StoreTokens => "Store tokens";

    public static string OrderTokens => "Order tokens";
}

public interface IWorkflowMessageService
{
    Task<int> SendNotificationAsync(MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens,
        string toEmailAddress, string toName, string attachmentFilePath = null, string attachmentFileName = null,
        string replyToEmailAddress = null, string replyToName = null, string fromEmail = null, string fromName = null,
        string subject = null, bool ignoreDelayBeforeSend = false);
}

public sealed class Token
{
    public Token(string key, object value) => (Key, Value) = (key, value);

    public Token(string key, object value, bool neverHtmlEncoded) : this(key, value) => NeverHtmlEncoded = neverHtmlEncoded;

    public string Key { get; }

    public object Value { get; }

    public bool NeverHtmlEncoded { get; }
}
