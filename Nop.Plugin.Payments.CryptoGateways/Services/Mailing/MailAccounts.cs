using Nop.Core.Domain.Messages;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// From which account a mail is sent.
/// </summary>
public class MailAccounts(IEmailAccountService emailAccounts, ILocalizationService localizationService, EmailAccountSettings settings)
{
    /// <summary>The template's account in that language, else its own, else the store's first choice; null when there is none.</summary>
    public async Task<EmailAccount?> OfAsync(MessageTemplate template, int languageId)
    {
        // The template's editor writes 0 for a language that has no account of its own.
        var id = await localizationService.GetLocalizedAsync(template, row => row.EmailAccountId, languageId) is > 0 and var chosen ? chosen : template.EmailAccountId;
        return await emailAccounts.GetEmailAccountByIdAsync(id) ?? await emailAccounts.GetEmailAccountByIdAsync(settings.DefaultEmailAccountId);
    }
}
