using System.Text.RegularExpressions;
using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The languages that the plugin declares, and that their files are whole: nothing of them is English.
/// </summary>
public sealed partial class TranslationTests
{
    /// <summary>Texts that may be the same as in English: names, and words that languages share.</summary>
    private static readonly string[] _shared =
    [
        "JSON", "continue_url, cancel_url, callback_url, auto_capture", "continueurl, cancelurl, callbackurl, autocapture",
        "Status", "General", "Transactions", "Confirmations", "Provider", "Webhook", "Total"
    ];

    /// <summary>Letters of the languages that are not written in Latin ones.</summary>
    private static readonly Dictionary<string, string> _scripts = new()
    {
        ["uk"] = @"\p{IsCyrillic}", ["ar"] = @"\p{IsArabic}", ["fa"] = @"\p{IsArabic}", ["he"] = @"\p{IsHebrew}", ["hi"] = @"\p{IsDevanagari}",
        ["ja"] = @"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]", ["zh"] = @"\p{IsCJKUnifiedIdeographs}"
    };

    private static readonly IReadOnlyDictionary<string, string> _english = Sources.TextsOf(LocaleResourceFiles.English);

    private static IEnumerable<string> Translated => LocaleResourceFiles.Languages.Where(language => language != LocaleResourceFiles.English);

    [Test]
    public void Every_declared_language_has_its_file_and_every_file_is_declared()
    {
        Assert.That(Sources.Texts.Keys, Is.EquivalentTo(LocaleResourceFiles.Languages.Select(language => $"resources.{language}.json")));
        Assert.That(LocaleResourceFiles.Languages, Is.EquivalentTo(new[] { "en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "uk", "ar", "he", "fa", "ja", "zh", "hi" }));
    }

    /// <summary>JSON takes the last of two equal keys; a merge of two branches easily keeps both.</summary>
    [TestCaseSource(typeof(LocaleResourceFiles), nameof(LocaleResourceFiles.Languages))]
    public void No_key_is_written_twice(string language) =>
        Assert.That(Key().Matches(Sources.Texts[$"resources.{language}.json"]).Select(match => match.Value), Is.Unique);

    [TestCaseSource(nameof(Translated))]
    public void A_translated_mail_has_the_tokens_and_the_markup_of_the_English_one(string language) =>
        AssertNone(language, (text, english) => !Parts(text).SequenceEqual(Parts(english)));

    [TestCaseSource(nameof(Translated))]
    public void No_text_is_left_in_English(string language) =>
        AssertNone(language, (text, english) => HasWords(text) && (text == english || EnglishWord().IsMatch(Plain(text))
            || _scripts.ContainsKey(language) && LatinSentence().IsMatch(Plain(text))));

    [TestCaseSource(nameof(_scripts))]
    public void Every_text_is_written_in_the_language_s_letters(KeyValuePair<string, string> script) =>
        AssertNone(script.Key, (text, _) => HasWords(text) && !Regex.IsMatch(Plain(text), script.Value));

    /// <summary>Languages have up to six forms; a text that needs one for its number is worded in another way.</summary>
    [TestCaseSource(typeof(LocaleResourceFiles), nameof(LocaleResourceFiles.Languages))]
    public void No_text_has_a_form_for_one_and_a_form_for_many(string language) => AssertNone(language, (text, _) => Plural().IsMatch(text));

    /// <summary>What a text opens it closes, else it would turn around the page after it.</summary>
    [TestCaseSource(typeof(LocaleResourceFiles), nameof(LocaleResourceFiles.Languages))]
    public void No_text_changes_the_direction_of_what_follows_it(string language) =>
        AssertNone(language, (text, _) => Override().IsMatch(text) || text.Count(sign => sign is '\u2066' or '\u2067' or '\u2068') != text.Count(sign => sign == '\u2069'));

    [TestCase("de-AT", "de")]
    [TestCase("de-CH", "de")]
    [TestCase("pt-BR", "pt", Description = "one Portuguese for both sides of the ocean")]
    [TestCase("pt-PT", "pt")]
    [TestCase("zh-CN", "zh")]
    [TestCase("zh-Hans", "zh")]
    [TestCase("zh-SG", "zh")]
    [TestCase("zh-TW", "en", Description = "traditional characters: another writing, of which there is no file")]
    [TestCase("zh-HK", "en")]
    [TestCase("zh-Hant-TW", "en")]
    [TestCase("ar-SA", "ar")]
    [TestCase("fa-IR", "fa")]
    [TestCase("he-IL", "he")]
    [TestCase("nb-NO", "en")]
    [TestCase("no", "en")]
    [TestCase("sv-SE", "en")]
    [TestCase("", "en")]
    [TestCase(null, "en")]
    public void A_language_reads_the_file_of_its_tongue_and_writing_or_English(string? culture, string file) =>
        Assert.That(LocaleResourceFiles.FileOf(new Language { LanguageCulture = culture }), Is.EqualTo(file));

    private static void AssertNone(string language, Func<string, string, bool> isWrong) =>
        Assert.That(Sources.TextsOf(language).Where(text => _english.TryGetValue(text.Key, out var english) && isWrong(text.Value, english)).Select(text => $"{text.Key}: {text.Value}"), Is.Empty);

    /// <summary>A mail may be all tokens and markup.</summary>
    private static bool HasWords(string text) => !_shared.Contains(text) && Plain(text).Any(char.IsLetter);

    private static IEnumerable<string> Parts(string text) => Part().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static string Plain(string text) => Part().Replace(text, " ");

    [GeneratedRegex(@"^\s*""[^""]+""", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"%[\w.()]+%|<[^>]*>|\{\d\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(the|and|you|your|with|which|please|this|that)\b", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishWord();

    [GeneratedRegex("[A-Za-z']+(?: [A-Za-z']+){3,}")]
    private static partial Regex LatinSentence();

    [GeneratedRegex(@"\w\(\p{Ll}{1,3}\)|\{\d:")]
    private static partial Regex Plural();

    [GeneratedRegex(@"[\u202A-\u202E\u200B\uFEFF]")]
    private static partial Regex Override();
}
