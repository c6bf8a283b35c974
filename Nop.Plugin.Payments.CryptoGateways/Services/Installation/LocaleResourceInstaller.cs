using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// Adds the plugin's texts and e-mails in each language of the store. Existing texts are never changed, because the owner may have edited
/// them. A text whose meaning changes therefore gets a new key.
/// </summary>
public class LocaleResourceInstaller(ILanguageService languageService, ILocalizationService localizationService, LocaleResourceFiles files, NotificationTemplates mails)
{
    /// <summary>Adds missing texts and e-mails when the plugin is installed or upgraded. Safe to repeat.</summary>
    public async Task InstallAsync()
    {
        var first = await FirstLanguageAsync();
        foreach (var language in (await languageService.GetAllLanguagesAsync(showHidden: true)).OrderBy(language => language.Id == first.Id ? 0 : 1).ToList())
            await AddAsync(language);
    }

    /// <summary>
    /// Adds the missing texts and e-mails of one language. If the language already has an e-mail's text, the e-mail was added before and is
    /// left as it is, even if the owner edited or deleted it.
    /// </summary>
    public async Task AddAsync(Language language)
    {
        var texts = await files.ReadAsync(language);
        var present = await localizationService.GetAllResourceValuesAsync(language.Id, null);
        var missing = texts.Where(text => !present.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary();
        var first = await FirstLanguageAsync();
        foreach (var mail in Notification.All.Where(mail => missing.ContainsKey(mail.SubjectText)))
        {
            if (language.Id == first.Id ? !await mails.AddAsync(mail, language, texts) : LocaleResourceFiles.FileOf(language) != LocaleResourceFiles.FileOf(first))
                await mails.TranslateAsync(mail, language, texts);
        }
        // Last, so that an interrupted installation starts again.
        await localizationService.AddOrUpdateLocaleResourceAsync(missing, language.Id);
    }

    public async Task UninstallAsync()
    {
        await mails.RemoveAllAsync();
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.TextPrefix);
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.FriendlyNameText);
    }

    /// <summary>The language in which shoppers see the store unless they choose another.</summary>
    private async Task<Language> FirstLanguageAsync() =>
        (await languageService.GetAllLanguagesAsync()).FirstOrDefault() ?? (await languageService.GetAllLanguagesAsync(showHidden: true))[0];
}
