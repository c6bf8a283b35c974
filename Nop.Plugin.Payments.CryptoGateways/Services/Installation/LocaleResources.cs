using System.Globalization;
using Newtonsoft.Json;
using Nop.Core.Domain.Localization;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

/// <summary>
/// The plugin's texts, one file a language: Localization/resources.{two letters}.json.
/// </summary>
public class LocaleResourceFiles(INopFileProvider fileProvider)
{
    public const string English = "en";

    /// <summary>The languages that have a file.</summary>
    public static readonly IReadOnlyList<string> Languages =
        [English, "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "uk", "ar", "he", "fa", "ja", "zh", "hi"];

    /// <summary>
    /// The file that a language reads. Regions share one (pt-BR and pt-PT, de-AT); a language without one gets English. So does
    /// Chinese in traditional characters: no locale data let it fall back to the simplified ones.
    /// </summary>
    public static string FileOf(Language language)
    {
        var culture = CultureInfo.GetCultureInfo(language.LanguageCulture ?? English);
        var code = culture.TwoLetterISOLanguageName;
        return Languages.Contains(code) && !IsTraditionalChinese(culture) ? code : English;
    }

    /// <summary>A language's texts by full key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(Language language)
    {
        var path = fileProvider.Combine(fileProvider.MapPath(CryptoGatewaysDefaults.Folder), "Localization", $"resources.{FileOf(language)}.json");
        return JsonConvert.DeserializeObject<Dictionary<string, string>>(await fileProvider.ReadAllTextAsync(path, System.Text.Encoding.UTF8))!;
    }

    private static bool IsTraditionalChinese(CultureInfo culture) =>
        culture.Name is "zh-TW" or "zh-HK" or "zh-MO" || culture.Name.StartsWith("zh-Hant", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Gives each language of the store its texts, and the plugin's mails in it. What is there is never changed: the owner may have
/// worded it. So a text whose meaning changes gets another key.
/// </summary>
public class LocaleResourceInstaller(ILanguageService languageService, ILocalizationService localizationService, LocaleResourceFiles files, NotificationTemplates mails)
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
        foreach (var mail in Notification.All.Where(mail => missing.ContainsKey(mail.SubjectText)))
        {
            if (language.Id == first.Id ? !await mails.AddAsync(mail, language, texts) : LocaleResourceFiles.FileOf(language) != LocaleResourceFiles.FileOf(first))
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
