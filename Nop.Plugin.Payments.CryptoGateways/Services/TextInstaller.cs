using System.Globalization;
using Newtonsoft.Json;
using Nop.Core.Infrastructure;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Installs the plugin's texts, one file a language, and the mail to the owner. A language of the store without a file gets English.
/// </summary>
public class TextInstaller(ILanguageService languageService, ILocalizationService localizationService, INopFileProvider fileProvider,
    AdminNotifier notifier)
{
    private const string English = "en";

    /// <summary>Start of the keys of the mail's texts; the owner edits the installed mail, not these.</summary>
    private const string MailText = CryptoGatewaysDefaults.TextPrefix + "Mail.Attention.";

    /// <summary>Adds the texts that a language lacks; the owner's own wordings stay.</summary>
    public async Task InstallAsync()
    {
        var english = (await ReadAsync(English))!;
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
        {
            var texts = await ReadAsync(CultureInfo.GetCultureInfo(language.LanguageCulture).TwoLetterISOLanguageName) ?? english;
            var present = await localizationService.GetAllResourceValuesAsync(language.Id, null);
            await localizationService.AddOrUpdateLocaleResourceAsync(
                texts.Where(text => !present.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary(), language.Id);
        }
        await notifier.InstallAsync(english[MailText + "Subject"], english[MailText + "Body"]);
    }

    public async Task UninstallAsync()
    {
        await notifier.UninstallAsync();
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.TextPrefix);
        await localizationService.DeleteLocaleResourcesAsync(CryptoGatewaysDefaults.FriendlyNameText);
    }

    /// <summary>The texts by full key; null when there is no file for the language.</summary>
    private async Task<Dictionary<string, string>?> ReadAsync(string language)
    {
        var path = fileProvider.Combine(fileProvider.MapPath(CryptoGatewaysDefaults.Folder), "Localization", $"resources.{language}.json");
        return fileProvider.FileExists(path)
            ? JsonConvert.DeserializeObject<Dictionary<string, string>>(await fileProvider.ReadAllTextAsync(path, System.Text.Encoding.UTF8))
            : null;
    }
}
