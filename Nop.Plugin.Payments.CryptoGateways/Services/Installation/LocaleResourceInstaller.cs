using System.Globalization;
using Newtonsoft.Json;
using Nop.Core.Domain.Localization;
using Nop.Core.Infrastructure;
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

/// <summary>
/// The plugin's texts, one file per language: Localization/resources.{two letters}.json.
/// </summary>
public class LocaleResourceFiles(INopFileProvider fileProvider)
{
    public const string English = "en";

    /// <summary>The languages that have a file.</summary>
    public static readonly IReadOnlyList<string> Languages =
        [English, "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "uk", "ar", "he", "fa", "ja", "zh", "hi"];

    /// <summary>
    /// The file of a language. Regions share a file (pt-BR and pt-PT, de-AT). Languages without a file get English, and so does Chinese in
    /// traditional characters: locale data never fall back from traditional to simplified.
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
