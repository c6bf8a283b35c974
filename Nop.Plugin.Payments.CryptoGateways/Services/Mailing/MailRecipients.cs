using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// To whom, and in which language, mails about an order go: as the platform's own do.
/// </summary>
public class MailRecipients(IAddressService addressService, ILanguageService languageService)
{
    /// <summary>Null when the order has no e-mail address.</summary>
    public async Task<MailRecipient?> OfAsync(Order order)
    {
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        if (string.IsNullOrWhiteSpace(address?.Email))
            return null;

        var language = await languageService.GetLanguageByIdAsync(order.CustomerLanguageId) is { Published: true } chosen ? chosen
            : (await languageService.GetAllLanguagesAsync(storeId: order.StoreId)).FirstOrDefault() ?? (await languageService.GetAllLanguagesAsync())[0];
        return new MailRecipient(address.Email, $"{address.FirstName} {address.LastName}".Trim(), language.Id, language.LanguageCulture);
    }
}

/// <param name="Email">The billing address's.</param>
/// <param name="Name">The billing address's.</param>
/// <param name="LanguageId">The language of the order, or the store's first one when that is no longer published.</param>
/// <param name="Culture">For instance de-DE: numbers are written as there.</param>
public sealed record MailRecipient(string Email, string Name, int LanguageId, string Culture);
