using System.Net;
using CryptoGateways.Sandbox.Data;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Message templates, and mails that are queued and never sent.</summary>
public sealed class MessageServices(IRepository<MessageTemplate> templates, IRepository<QueuedEmail> emails, ILocalizationService texts, IEventPublisher events)
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
        tokens.Add(new Token("Store.URL", store.Url, true));
        return Task.CompletedTask;
    }

    public async Task AddOrderTokensAsync(IList<Token> tokens, Order order, int languageId, int vendorId = 0)
    {
        tokens.Add(new Token("Order.OrderNumber", order.CustomOrderNumber));
        await events.PublishAsync(new EntityTokensAddedEvent<Order>(order, tokens));
    }

    public async Task<IEnumerable<string>> GetListOfAllowedTokensAsync(IList<string>? tokenGroups = null)
    {
        var additional = new AdditionalTokensAddedEvent { TokenGroups = tokenGroups ?? [] };
        await events.PublishAsync(additional);
        return additional.AdditionalTokens;
    }

    public async Task<int> SendNotificationAsync(MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens,
        string toEmailAddress, string toName, string? attachmentFilePath = null, string? attachmentFileName = null,
        string? replyToEmailAddress = null, string? replyToName = null, string? fromEmail = null, string? fromName = null,
        string? subject = null, bool ignoreDelayBeforeSend = false)
    {
        var email = new QueuedEmail
        {
            To = toEmailAddress,
            Subject = Fill(await texts.GetLocalizedAsync(messageTemplate, row => row.Subject, languageId), encode: false),
            Body = Fill(await texts.GetLocalizedAsync(messageTemplate, row => row.Body, languageId), encode: true),
            CreatedOnUtc = DateTime.UtcNow
        };
        await emails.InsertAsync(email);
        return email.Id;

        string Fill(string text, bool encode) => tokens.Aggregate(text, (filled, token) => filled.Replace($"%{token.Key}%",
            encode && !token.NeverHtmlEncoded ? WebUtility.HtmlEncode($"{token.Value}") : $"{token.Value}", StringComparison.Ordinal));
    }
}
