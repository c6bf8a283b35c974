using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Common;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Queues e-mails with the platform, by their message template and from the store of the order.
/// </summary>
public class NotificationSender(IMessageTemplateService templates, NotificationAccounts accounts, IMessageTokenProvider tokenProvider, IWorkflowMessageService messages,
    IStoreService stores, IEventPublisher eventPublisher)
{
    /// <summary>Queues an e-mail; false when the owner switched it off or no e-mail account can send it.</summary>
    /// <param name="mail">The e-mail.</param>
    /// <param name="order">The order; null for an e-mail about no order, which comes from the first store.</param>
    /// <param name="languageId">The language.</param>
    /// <param name="own">The plugin's tokens, in addition to the platform's store and order tokens.</param>
    /// <param name="to">Address and name; null for the store owner.</param>
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

    /// <summary>True when the store sends e-mails of this template, the plugin's or the platform's.</summary>
    public async Task<bool> IsActiveAsync(string template, int storeId) => (await ActiveAsync(template, storeId)).Count > 0;

    private async Task<IReadOnlyList<MessageTemplate>> ActiveAsync(string template, int storeId) =>
        [.. (await templates.GetMessageTemplatesByNameAsync(template, storeId)).Where(row => row.IsActive)];
}

/// <summary>
/// Chooses the account that sends an e-mail.
/// </summary>
public class NotificationAccounts(IEmailAccountService emailAccounts, ILocalizationService localizationService, EmailAccountSettings settings)
{
    /// <summary>The template's account for the language, else its own, else the store's default; null when there is none.</summary>
    public async Task<EmailAccount?> OfAsync(MessageTemplate template, int languageId)
    {
        // The template editor stores 0 for a language without an account of its own.
        var id = await localizationService.GetLocalizedAsync(template, row => row.EmailAccountId, languageId) is > 0 and var chosen ? chosen : template.EmailAccountId;
        return await emailAccounts.GetEmailAccountByIdAsync(id) ?? await emailAccounts.GetEmailAccountByIdAsync(settings.DefaultEmailAccountId);
    }
}

/// <summary>
/// Sends e-mails that a crash or a failure left pending. The schedule task calls it.
/// </summary>
public class PendingNotifications(PaymentEventService events, ShopperNotifications notifications, OrderLock orderLock, AttemptStore attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await events.PaymentsWithPendingNotificationsAsync())
        {
            // The holder of the lease sends them, or the next run does.
            if (await attempts.FindAsync(paymentId) is not { } payment || await orderLock.AcquireAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await notifications.SendPendingAsync(payment, await attempts.SnapshotAsync(payment.OrderId), isLastTry: true);
            }
            finally
            {
                await orderLock.ReleaseAsync(lease);
            }
        }
    }
}

/// <summary>
/// The recipient and language of e-mails about an order, as the platform chooses them.
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

/// <param name="Email">Of the billing address.</param>
/// <param name="Name">Of the billing address.</param>
/// <param name="LanguageId">The language of the order, or the store's first one when that is no longer published.</param>
/// <param name="Culture">The culture of numbers, for example de-DE.</param>
public sealed record NotificationRecipient(string Email, string Name, int LanguageId, string Culture);
