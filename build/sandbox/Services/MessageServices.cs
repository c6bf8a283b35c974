using CryptoGateways.Sandbox.Data;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Services.Messages;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Message templates, and mails that are queued and never sent.</summary>
public sealed class MessageServices(IRepository<MessageTemplate> templates, IRepository<QueuedEmail> emails)
    : IEmailAccountService, IMessageTemplateService, IMessageTokenProvider, IWorkflowMessageService
{
    public Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId) =>
        Task.FromResult(new EmailAccount { Id = 1, Email = "owner@example.com", DisplayName = "Sandbox" });

    public Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null) =>
        templates.GetAllAsync(query => query.Where(template => template.Name == messageTemplateName));

    public Task InsertMessageTemplateAsync(MessageTemplate messageTemplate) => templates.InsertAsync(messageTemplate);

    public Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate) => templates.DeleteAsync(messageTemplate);

    public Task AddStoreTokensAsync(IList<Token> tokens, Store store, EmailAccount emailAccount, int languageId)
    {
        tokens.Add(new Token("Store.Name", store.Name));
        return Task.CompletedTask;
    }

    public Task AddOrderTokensAsync(IList<Token> tokens, Order order, int languageId, int vendorId = 0)
    {
        tokens.Add(new Token("Order.OrderNumber", order.CustomOrderNumber));
        return Task.CompletedTask;
    }

    public async Task<int> SendNotificationAsync(MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens,
        string toEmailAddress, string toName, string? attachmentFilePath = null, string? attachmentFileName = null,
        string? replyToEmailAddress = null, string? replyToName = null, string? fromEmail = null, string? fromName = null,
        string? subject = null, bool ignoreDelayBeforeSend = false)
    {
        var email = new QueuedEmail
        {
            To = toEmailAddress,
            Subject = tokens.Aggregate(messageTemplate.Subject, (text, token) => text.Replace($"%{token.Key}%", token.Value.ToString(), StringComparison.Ordinal)),
            CreatedOnUtc = DateTime.UtcNow
        };
        await emails.InsertAsync(email);
        return email.Id;
    }
}
