using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The one way in which the plugin's mails become message templates of the platform, get their translations and go again.
/// </summary>
public class MailTemplates(IMessageTemplateService templates, ILocalizedEntityService translations, IRepository<LocalizedProperty> translationRows,
    EmailAccountSettings emailAccountSettings)
{
    /// <summary>Adds a mail's template; false when there is one already.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="language">Whose texts they are: those of the store's first language, for a store with a single language never reads translations.</param>
    /// <param name="texts">The language's texts.</param>
    public async Task<bool> AddAsync(Mail mail, Language language, IReadOnlyDictionary<string, string> texts)
    {
        if ((await templates.GetMessageTemplatesByNameAsync(mail.Template)).Count > 0)
            return false;

        await templates.InsertMessageTemplateAsync(new MessageTemplate
        {
            Name = mail.Template,
            Subject = texts[mail.SubjectText],
            Body = BodyIn(language, texts[mail.BodyText]),
            IsActive = true,
            EmailAccountId = emailAccountSettings.DefaultEmailAccountId
        });
        return true;
    }

    /// <summary>Gives a mail's template its subject and body in another language.</summary>
    public async Task TranslateAsync(Mail mail, Language language, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var template in await templates.GetMessageTemplatesByNameAsync(mail.Template))
        {
            await translations.SaveLocalizedValueAsync(template, row => row.Subject, texts[mail.SubjectText], language.Id);
            await translations.SaveLocalizedValueAsync(template, row => row.Body, BodyIn(language, texts[mail.BodyText]), language.Id);
        }
    }

    /// <summary>Takes all templates away; the platform leaves translations behind, so that they go first.</summary>
    public async Task RemoveAllAsync()
    {
        foreach (var mail in Mail.All)
        {
            foreach (var template in await templates.GetMessageTemplatesByNameAsync(mail.Template))
            {
                foreach (var row in await translationRows.GetAllAsync(query => query.Where(row => row.LocaleKeyGroup == nameof(MessageTemplate) && row.EntityId == template.Id)))
                    await translationRows.DeleteAsync(row);
                await templates.DeleteMessageTemplateAsync(template);
            }
        }
    }

    /// <summary>Programs that show mails do not know the language's direction.</summary>
    private static string BodyIn(Language language, string text) => language.Rtl ? $"<div dir=\"rtl\">{text}</div>" : text;
}
