using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// A mail of the plugin. The platform keeps it as a message template, which the owner edits and switches on and off.
/// </summary>
/// <param name="Template">Name of the message template; never rename one.</param>
/// <param name="Text">Its first subject and body are the texts Plugins.Payments.CryptoGateways.Mail.{this}.Subject and .Body.</param>
public sealed record Notification(string Template, string Text)
{
    /// <summary>To the owner: something needs a person.</summary>
    public static readonly Notification Attention = new("CryptoGateways.PaymentNeedsAttention", "Attention");

    /// <summary>To the owner: a provider fails, or its webhooks are refused.</summary>
    public static readonly Notification Gateway = new("CryptoGateways.GatewayNeedsAttention", "Gateway");

    /// <summary>To the shopper: the payment arrived and the order is paid.</summary>
    public static readonly Notification Paid = new("CryptoGateways.Paid.CustomerNotification", "Paid");

    /// <summary>To the shopper: the order is paid, and more arrived than it owed.</summary>
    public static readonly Notification Overpaid = new("CryptoGateways.Overpaid.CustomerNotification", "Overpaid");

    /// <summary>To the shopper: less arrived than was asked for, and the rest can be paid.</summary>
    public static readonly Notification Underpaid = new("CryptoGateways.Underpaid.CustomerNotification", "Underpaid");

    /// <summary>To the shopper: nothing arrived in time, and the order can still be paid.</summary>
    public static readonly Notification Expired = new("CryptoGateways.Expired.CustomerNotification", "Expired");

    /// <summary>Every mail; each is installed switched on.</summary>
    public static readonly IReadOnlyList<Notification> All = [Attention, Gateway, Paid, Overpaid, Underpaid, Expired];

    public string SubjectText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Subject";

    public string BodyText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Body";
}

/// <summary>
/// The one way in which the plugin's mails become message templates of the platform, get their translations and go again.
/// </summary>
public class NotificationTemplates(IMessageTemplateService templates, ILocalizedEntityService translations, IRepository<LocalizedProperty> translationRows,
    EmailAccountSettings emailAccountSettings)
{
    /// <summary>Adds a mail's template; false when there is one already.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="language">Whose texts they are: those of the store's first language, for a store with a single language never reads translations.</param>
    /// <param name="texts">The language's texts.</param>
    public async Task<bool> AddAsync(Notification mail, Language language, IReadOnlyDictionary<string, string> texts)
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
    public async Task TranslateAsync(Notification mail, Language language, IReadOnlyDictionary<string, string> texts)
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
        foreach (var mail in Notification.All)
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
