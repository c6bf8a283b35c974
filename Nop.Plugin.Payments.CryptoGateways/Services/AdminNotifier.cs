using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Mails the store's owner what needs a person, by a message template that the owner can edit.
/// </summary>
public class AdminNotifier(IMessageTemplateService templates, IMessageTokenProvider tokenProvider, IWorkflowMessageService messages,
    IEmailAccountService emailAccounts, EmailAccountSettings emailAccountSettings, IStoreService stores)
{
    /// <summary>The token of what happened, beside the platform's tokens of store and order.</summary>
    private const string MessageToken = "CryptoPayment.Message";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{MessageToken}%"];

    /// <summary>Queues the mail; nothing when the owner switched the template off.</summary>
    public async Task NotifyAsync(Order order, string message, int languageId)
    {
        var store = await stores.GetStoreByIdAsync(order.StoreId);
        foreach (var template in (await templates.GetMessageTemplatesByNameAsync(CryptoGatewaysDefaults.AttentionTemplate, order.StoreId)).Where(template => template.IsActive))
        {
            var account = await emailAccounts.GetEmailAccountByIdAsync(template.EmailAccountId)
                ?? await emailAccounts.GetEmailAccountByIdAsync(emailAccountSettings.DefaultEmailAccountId);
            if (account is null || store is null)
                continue;

            var tokens = new List<Token> { new(MessageToken, message) };
            await tokenProvider.AddStoreTokensAsync(tokens, store, account, languageId);
            await tokenProvider.AddOrderTokensAsync(tokens, order, languageId);
            await messages.SendNotificationAsync(template, account, languageId, tokens, account.Email, account.DisplayName);
        }
    }

    /// <summary>Adds the template unless it is there.</summary>
    public async Task InstallAsync(string subject, string body)
    {
        if ((await templates.GetMessageTemplatesByNameAsync(CryptoGatewaysDefaults.AttentionTemplate)).Count > 0)
            return;

        await templates.InsertMessageTemplateAsync(new MessageTemplate
        {
            Name = CryptoGatewaysDefaults.AttentionTemplate,
            Subject = subject,
            Body = body,
            IsActive = true,
            EmailAccountId = emailAccountSettings.DefaultEmailAccountId
        });
    }

    public async Task UninstallAsync()
    {
        foreach (var template in await templates.GetMessageTemplatesByNameAsync(CryptoGatewaysDefaults.AttentionTemplate))
            await templates.DeleteMessageTemplateAsync(template);
    }
}
