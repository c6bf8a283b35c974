using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Puts a mail into the platform's queue, as its message template says, from the store of the order that it is about.
/// </summary>
public class MailSender(IMessageTemplateService templates, MailAccounts accounts, IMessageTokenProvider tokenProvider, IWorkflowMessageService messages,
    IStoreService stores, IEventPublisher eventPublisher)
{
    /// <summary>Queues a mail; false when the owner switched it off or there is no account to send it from.</summary>
    /// <param name="mail">Which mail.</param>
    /// <param name="order">The order that it is about; null for one that is about no order: it comes from the first store.</param>
    /// <param name="languageId">In which language.</param>
    /// <param name="own">What the plugin tells, beside the platform's tokens of store and order.</param>
    /// <param name="to">Address and name; null for the owner.</param>
    public async Task<bool> SendAsync(Mail mail, Order? order, int languageId, IReadOnlyCollection<Token> own, (string Email, string Name)? to)
    {
        if ((order is null ? (await stores.GetAllStoresAsync()).FirstOrDefault() : await stores.GetStoreByIdAsync(order.StoreId)) is not { } store)
            return false;

        var sent = false;
        foreach (var template in await ActiveAsync(mail.Template, store.Id))
        {
            if (await accounts.OfAsync(template, languageId) is not { } account)
                continue;

            var tokens = new List<Token>(own);
            await tokenProvider.AddStoreTokensAsync(tokens, store, account, languageId);
            if (order is not null)
                await tokenProvider.AddOrderTokensAsync(tokens, order, languageId);
            await eventPublisher.PublishAsync(new MessageTokensAddedEvent(template, tokens));
            var (email, name) = to ?? (account.Email, account.DisplayName);
            await messages.SendNotificationAsync(template, account, languageId, tokens, email, name);
            sent = true;
        }
        return sent;
    }

    /// <summary>True when the store sends a mail of this template, ours or the platform's.</summary>
    public async Task<bool> IsActiveAsync(string template, int storeId) => (await ActiveAsync(template, storeId)).Count > 0;

    private async Task<IReadOnlyList<MessageTemplate>> ActiveAsync(string template, int storeId) =>
        [.. (await templates.GetMessageTemplatesByNameAsync(template, storeId)).Where(row => row.IsActive)];
}
