using Nop.Core.Domain.Localization;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Gives each language of the store its texts, and the plugin's mails in it. What is there is never changed: the owner may have
/// worded it. So a text whose meaning changes gets another key.
/// </summary>
public class TextInstaller(ILanguageService languageService, ILocalizationService localizationService, TextFiles files, MailTemplates mails)
{
    /// <summary>Adds what is missing, at install and at an upgrade; safe to repeat.</summary>
    public async Task InstallAsync()
    {
        var first = await FirstLanguageAsync();
        foreach (var language in (await languageService.GetAllLanguagesAsync(showHidden: true)).OrderBy(language => language.Id == first.Id ? 0 : 1).ToList())
            await AddAsync(language);
    }

    /// <summary>
    /// Adds what one language lacks. A mail's text that it has already tells that the mail was given to it before: what the owner
    /// made of it since, or that it was deleted, is left alone.
    /// </summary>
    public async Task AddAsync(Language language)
    {
        var texts = await files.ReadAsync(language);
        var present = await localizationService.GetAllResourceValuesAsync(language.Id, null);
        var missing = texts.Where(text => !present.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary();
        var first = await FirstLanguageAsync();
        foreach (var mail in Mail.All.Where(mail => missing.ContainsKey(mail.SubjectText)))
        {
            if (language.Id == first.Id ? !await mails.AddAsync(mail, language, texts) : TextFiles.FileOf(language) != TextFiles.FileOf(first))
                await mails.TranslateAsync(mail, language, texts);
        }
        // Last: until then the next try begins anew.
        await localizationService.AddOrUpdateLocaleResourceAsync(missing, language.Id);
    }

    public async Task UninstallAsync()
    {
        await mails.RemoveAllAsync();
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.TextPrefix);
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.FriendlyNameText);
    }

    /// <summary>The one in which shoppers see the store unless they choose another.</summary>
    private async Task<Language> FirstLanguageAsync() =>
        (await languageService.GetAllLanguagesAsync()).FirstOrDefault() ?? (await languageService.GetAllLanguagesAsync(showHidden: true))[0];
}
