using Moq;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Texts and mails in a store's languages: at install, at an upgrade, and when a language is added; the owner's wording stays.
/// </summary>
public sealed class LocaleResourceInstallerTests
{
    private const string Copied = CryptoGatewaysDefaults.TextPrefix + "Pay.Copied";

    private readonly Dictionary<(int Language, string Key), string> _texts = [];
    private readonly List<Language> _languages = [];
    private Rows<MessageTemplate> _templates = null!;
    private Rows<LocalizedProperty> _translations = null!;
    private LocaleResourceInstaller _installer = null!;

    [SetUp]
    public void OpenStore()
    {
        _texts.Clear();
        _languages.Clear();
        (_templates, _translations) = (new(), new());
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetAllLanguagesAsync(It.IsAny<bool>(), It.IsAny<int>()))
            .ReturnsAsync((bool hidden, int _) => [.. _languages.Where(language => hidden || language.Published)]);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetAllResourceValuesAsync(It.IsAny<int>(), null)).ReturnsAsync((int language, bool? _) =>
            _texts.Where(text => text.Key.Language == language).ToDictionary(text => text.Key.Key, text => KeyValuePair.Create(0, text.Value)));
        texts.Setup(service => service.AddOrUpdateLocaleResourceAsync(It.IsAny<IDictionary<string, string>>(), It.IsAny<int?>())).Returns((IDictionary<string, string> added, int? language) =>
            Task.Run(() => added.ToList().ForEach(text => _texts[(language!.Value, text.Key.ToLowerInvariant())] = text.Value)));
        var templates = new Mock<IMessageTemplateService>();
        templates.Setup(service => service.GetMessageTemplatesByNameAsync(It.IsAny<string>(), It.IsAny<int?>())).ReturnsAsync((string name, int? _) => [.. _templates.All.Where(row => row.Name == name)]);
        templates.Setup(service => service.InsertMessageTemplateAsync(It.IsAny<MessageTemplate>())).Returns((MessageTemplate row) => Task.Run(() => _templates.Insert(row)));
        templates.Setup(service => service.DeleteMessageTemplateAsync(It.IsAny<MessageTemplate>())).Returns((MessageTemplate row) => _templates.Repository.DeleteAsync(row));
        var translations = new Mock<ILocalizedEntityService>();
        translations.Setup(service => service.SaveLocalizedValueAsync(It.IsAny<MessageTemplate>(), It.IsAny<System.Linq.Expressions.Expression<Func<MessageTemplate, string>>>(), It.IsAny<string>(), It.IsAny<int>()))
            .Returns((MessageTemplate row, System.Linq.Expressions.Expression<Func<MessageTemplate, string>> of, string value, int language) => Task.Run(() => _translations.Insert(new LocalizedProperty
            {
                EntityId = row.Id, LanguageId = language, LocaleKeyGroup = nameof(MessageTemplate), LocaleKey = ((System.Linq.Expressions.MemberExpression)of.Body).Member.Name, LocaleValue = value
            })));
        var files = new Mock<INopFileProvider>();
        files.Setup(provider => provider.MapPath(It.IsAny<string>())).Returns("");
        files.Setup(provider => provider.Combine(It.IsAny<string[]>())).Returns((string[] parts) => parts[^1]);
        files.Setup(provider => provider.ReadAllTextAsync(It.IsAny<string>(), It.IsAny<System.Text.Encoding>())).ReturnsAsync((string file, System.Text.Encoding _) => Sources.Texts[file]);
        _installer = new LocaleResourceInstaller(languages.Object, texts.Object, new LocaleResourceFiles(files.Object),
            new NotificationTemplates(templates.Object, translations.Object, _translations.Repository, new EmailAccountSettings { DefaultEmailAccountId = 7 }));
    }

    [Test]
    public async Task Every_language_of_the_store_gets_its_own_texts_hidden_ones_too_and_one_without_a_file_gets_English()
    {
        Add("en-US");
        Add("de-AT", published: false);
        Add("sv-SE");
        await _installer.InstallAsync();

        Assert.That(new[] { 1, 2, 3 }.Select(TextOf), Is.EqualTo(new[] { Of("en"), Of("de"), Of("en") }));
        Assert.That(_texts, Has.Count.EqualTo(3 * Sources.TextsOf("en").Count));
    }

    [Test]
    public async Task Every_mail_becomes_a_template_that_is_on_with_a_translation_for_each_language_that_differs()
    {
        Add("en-US");
        Add("ar-SA", rtl: true);
        Add("sv-SE");
        await _installer.InstallAsync();

        Assert.That(_templates.All.Select(row => (row.Name, row.IsActive, row.EmailAccountId)), Is.EqualTo(Notification.All.Select(mail => (mail.Template, true, 7))));
        Assert.That(_templates.All.Select(row => row.Subject), Is.EqualTo(Notification.All.Select(mail => Of("en", mail.SubjectText))));
        Assert.That(_translations.All.Select(row => row.LanguageId).Distinct(), Is.EqualTo(new[] { 2 }));
        Assert.That(BodyOf(Notification.Paid, 2), Is.EqualTo($"<div dir=\"rtl\">{Of("ar", Notification.Paid.BodyText)}</div>"));
    }

    /// <summary>The platform reads no translations where one language is published.</summary>
    [Test]
    public async Task A_store_in_one_language_gets_its_mails_in_that_language()
    {
        Add("de-DE");
        await _installer.InstallAsync();
        Assert.That((_templates.All[0].Subject, _translations.All.Count), Is.EqualTo((Of("de", Notification.Attention.SubjectText), 0)));

        await _installer.AddAsync(Add("en-GB"));
        Assert.That(BodyOf(Notification.Expired, 2), Is.EqualTo(Of("en", Notification.Expired.BodyText)));
    }

    [Test]
    public async Task A_language_that_becomes_the_first_gets_its_mails_as_translations()
    {
        Add("en-US");
        await _installer.InstallAsync();
        var french = Add("fr-FR");
        _languages.Reverse();
        await _installer.AddAsync(french);

        Assert.That((_templates.All.Count, BodyOf(Notification.Paid, 2)), Is.EqualTo((Notification.All.Count, Of("fr", Notification.Paid.BodyText))));
    }

    [Test]
    public async Task An_upgrade_adds_what_is_missing_and_leaves_what_the_owner_worded_emptied_or_deleted()
    {
        Add("en-US");
        Add("de-DE");
        await _installer.InstallAsync();
        _texts[(1, Copied.ToLowerInvariant())] = "Got it";
        _texts.Remove((2, Copied.ToLowerInvariant()));
        _templates.Change(row => row.Subject = "Ours");
        await _templates.Repository.DeleteAsync(_templates.All[0]);
        await _translations.Repository.DeleteAsync(_translations.All[^1]);
        var before = (_templates.All.Count, _translations.All.Count);

        await _installer.InstallAsync();

        Assert.That((TextOf(1), TextOf(2)), Is.EqualTo(("Got it", Of("de"))));
        Assert.That((_templates.All.Count, _translations.All.Count), Is.EqualTo(before));
        Assert.That(_templates.All.Select(row => row.Subject), Is.All.EqualTo("Ours"));
    }

    [Test]
    public async Task Uninstalling_takes_templates_and_all_their_translations_and_those_of_nobody_else()
    {
        Add("en-US");
        Add("de-DE");
        await _installer.InstallAsync();
        var other = new MessageTemplate { Name = "OrderPlaced.CustomerNotification" };
        _templates.Insert(other);
        _translations.Insert(new LocalizedProperty { EntityId = other.Id, LanguageId = 2, LocaleKeyGroup = nameof(MessageTemplate), LocaleKey = "Subject", LocaleValue = "Bestellung" });
        _translations.Insert(new LocalizedProperty { EntityId = 1, LanguageId = 2, LocaleKeyGroup = nameof(MessageTemplate), LocaleKey = "EmailAccountId", LocaleValue = "0" });
        _translations.Insert(new LocalizedProperty { EntityId = 1, LanguageId = 2, LocaleKeyGroup = "Product", LocaleKey = "Name", LocaleValue = "Becher" });

        await _installer.UninstallAsync();

        Assert.That(_templates.Single.Name, Is.EqualTo(other.Name));
        Assert.That(_translations.All.Select(row => row.LocaleValue), Is.EqualTo(new[] { "Bestellung", "Becher" }));
    }

    private Language Add(string culture, bool published = true, bool rtl = false)
    {
        var language = new Language { Id = _languages.Count + 1, LanguageCulture = culture, Published = published, Rtl = rtl };
        _languages.Add(language);
        return language;
    }

    private string TextOf(int language) => _texts[(language, Copied.ToLowerInvariant())];

    private static string Of(string file, string key = Copied) => Sources.TextsOf(file)[key];

    private string BodyOf(Notification mail, int language)
    {
        var template = _templates.All.Single(row => row.Name == mail.Template);
        return _translations.All.Single(row => row.EntityId == template.Id && row.LanguageId == language && row.LocaleKey == nameof(MessageTemplate.Body)).LocaleValue;
    }
}
