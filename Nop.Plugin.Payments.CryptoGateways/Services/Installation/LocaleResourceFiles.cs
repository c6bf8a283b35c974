using System.Globalization;
using Newtonsoft.Json;
using Nop.Core.Domain.Localization;
using Nop.Core.Infrastructure;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Installation;

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
