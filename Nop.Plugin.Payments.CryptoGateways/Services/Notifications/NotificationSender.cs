using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Services.Common;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Puts a mail into the platform's queue, as its message template says, from the store of the order that it is about.
/// </summary>
public class NotificationSender(IMessageTemplateService templates, NotificationAccounts accounts, IMessageTokenProvider tokenProvider, IWorkflowMessageService messages,
    IStoreService stores, IEventPublisher eventPublisher)
{
    /// <summary>Queues a mail; false when the owner switched it off or there is no account to send it from.</summary>
    /// <param name="mail">Which mail.</param>
    /// <param name="order">The order that it is about; null for one that is about no order: it comes from the first store.</param>
    /// <param name="languageId">In which language.</param>
    /// <param name="own">What the plugin tells, beside the platform's tokens of store and order.</param>
    /// <param name="to">Address and name; null for the owner.</param>
    public async Task<bool> SendAsync(Notification mail, Order? order, int languageId, IReadOnlyCollection<Token> own, (string Email, string Name)? to)
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

/// <summary>
/// From which account a mail is sent.
/// </summary>
public class NotificationAccounts(IEmailAccountService emailAccounts, ILocalizationService localizationService, EmailAccountSettings settings)
{
    /// <summary>The template's account in that language, else its own, else the store's first choice; null when there is none.</summary>
    public async Task<EmailAccount?> OfAsync(MessageTemplate template, int languageId)
    {
        // The template's editor writes 0 for a language that has no account of its own.
        var id = await localizationService.GetLocalizedAsync(template, row => row.EmailAccountId, languageId) is > 0 and var chosen ? chosen : template.EmailAccountId;
        return await emailAccounts.GetEmailAccountByIdAsync(id) ?? await emailAccounts.GetEmailAccountByIdAsync(settings.DefaultEmailAccountId);
    }
}

/// <summary>
/// To whom, and in which language, mails about an order go: as the platform's own do.
/// </summary>
public class NotificationRecipients(IAddressService addressService, ILanguageService languageService)
{
    /// <summary>Null when the order has no e-mail address.</summary>
    public async Task<NotificationRecipient?> OfAsync(Order order)
    {
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        if (string.IsNullOrWhiteSpace(address?.Email))
            return null;

        var language = await languageService.GetLanguageByIdAsync(order.CustomerLanguageId) is { Published: true } chosen ? chosen
            : (await languageService.GetAllLanguagesAsync(storeId: order.StoreId)).FirstOrDefault() ?? (await languageService.GetAllLanguagesAsync())[0];
        return new NotificationRecipient(address.Email, $"{address.FirstName} {address.LastName}".Trim(), language.Id, language.LanguageCulture);
    }
}

/// <param name="Email">The billing address's.</param>
/// <param name="Name">The billing address's.</param>
/// <param name="LanguageId">The language of the order, or the store's first one when that is no longer published.</param>
/// <param name="Culture">For instance de-DE: numbers are written as there.</param>
public sealed record NotificationRecipient(string Email, string Name, int LanguageId, string Culture);
