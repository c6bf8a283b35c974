using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// An e-mail of the plugin, stored as a message template that the owner can edit and switch off.
/// </summary>
/// <param name="Template">Name of the message template; never change it.</param>
/// <param name="Text">Its first subject and body are the texts Plugins.Payments.CryptoGateways.Mail.{this}.Subject and .Body.</param>
public sealed record Notification(string Template, string Text)
{
    /// <summary>To the store owner: an order needs attention.</summary>
    public static readonly Notification Attention = new("CryptoGateways.PaymentNeedsAttention", "Attention");

    /// <summary>To the store owner: a provider fails, or its webhooks are rejected.</summary>
    public static readonly Notification Gateway = new("CryptoGateways.GatewayNeedsAttention", "Gateway");

    /// <summary>To the shopper: the payment arrived and the order is paid.</summary>
    public static readonly Notification Paid = new("CryptoGateways.Paid.CustomerNotification", "Paid");

    /// <summary>To the shopper: the order is paid, and more than the amount due was received.</summary>
    public static readonly Notification Overpaid = new("CryptoGateways.Overpaid.CustomerNotification", "Overpaid");

    /// <summary>To the shopper: the payment is partial, and the outstanding balance can be paid.</summary>
    public static readonly Notification Underpaid = new("CryptoGateways.Underpaid.CustomerNotification", "Underpaid");

    /// <summary>To the shopper: the payment expired, and the order can still be paid.</summary>
    public static readonly Notification Expired = new("CryptoGateways.Expired.CustomerNotification", "Expired");

    /// <summary>Every e-mail; each is installed active.</summary>
    public static readonly IReadOnlyList<Notification> All = [Attention, Gateway, Paid, Overpaid, Underpaid, Expired];

    public string SubjectText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Subject";

    public string BodyText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Body";
}

/// <summary>
/// Installs, translates and removes the plugin's message templates.
/// </summary>
public class NotificationTemplates(IMessageTemplateService templates, ILocalizedEntityService translations, IRepository<LocalizedProperty> translationRows,
    EmailAccountSettings emailAccountSettings)
{
    /// <summary>Adds the message template of an e-mail; false when it exists.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="language">The store's first language: a store with a single language never reads translations.</param>
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

    /// <summary>Adds a translation of an e-mail's subject and body.</summary>
    public async Task TranslateAsync(Notification mail, Language language, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var template in await templates.GetMessageTemplatesByNameAsync(mail.Template))
        {
            await translations.SaveLocalizedValueAsync(template, row => row.Subject, texts[mail.SubjectText], language.Id);
            await translations.SaveLocalizedValueAsync(template, row => row.Body, BodyIn(language, texts[mail.BodyText]), language.Id);
        }
    }

    /// <summary>Removes all templates. Their translations go first, because the platform would leave them behind.</summary>
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

    /// <summary>E-mail clients do not know the text direction of the language.</summary>
    private static string BodyIn(Language language, string text) => language.Rtl ? $"<div dir=\"rtl\">{text}</div>" : text;
}

/// <summary>
/// Formats texts that owners can edit. A stray brace must not stop a payment, an e-mail or a page, so no method throws:
/// in an invalid format string, {0}, {1} and so on are replaced literally.
/// </summary>
public static partial class EditableText
{
    /// <summary>For pages: numbers and dates in the reader's culture.</summary>
    public static string Format(string? text, params object?[] values) => Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>For notes and logs, in the invariant culture.</summary>
    public static string FormatInvariant(string? text, params object?[] values) => Format(CultureInfo.InvariantCulture, text, values);

    private static string Format(CultureInfo culture, string? text, object?[] values)
    {
        try
        {
            return string.Format(culture, text ?? string.Empty, values);
        }
        catch (FormatException)
        {
            return Placeholder().Replace(text!, found =>
                int.TryParse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var index) && index < values.Length ? Convert.ToString(values[index], culture) ?? string.Empty : found.Value);
        }
    }

    [GeneratedRegex(@"\{([0-9]+)[^{}]*\}")]
    private static partial Regex Placeholder();
}
