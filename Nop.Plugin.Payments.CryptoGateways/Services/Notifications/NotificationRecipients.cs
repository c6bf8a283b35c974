using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

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
