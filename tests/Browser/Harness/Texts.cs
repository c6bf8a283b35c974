using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>The plugin's texts as they were packed.</summary>
internal static class Texts
{
    public const string Prefix = "Plugins.Payments.CryptoGateways.";

    public static IReadOnlyDictionary<string, string> Of(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(Built.Plugins, "Payments.CryptoGateways", "Localization", $"resources.{language}.json")))!;

    /// <summary>What an element shows in English although the language has another text for it.</summary>
    public static async Task<IReadOnlyList<string>> EnglishInAsync(ILocator element, string language)
    {
        var translated = Of(language);
        var english = Of("en").Where(text => translated.ContainsKey(text.Key) && !translated.Values.Contains(text.Value))
            .Select(text => new Regex($"^{Regex.Replace(Regex.Escape(text.Value), @"\\\{[0-9]}", ".+")}$")).ToList();
        var shown = await element.EvaluateAsync<string[]>("""
            root => {
              const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
              const texts = [];
              while (walker.nextNode())
                texts.push(walker.currentNode.textContent.trim());
              return texts.concat([...root.querySelectorAll('[aria-label]')].map(one => one.getAttribute('aria-label'))).filter(text => text.length > 1);
            }
            """);
        Assert.That(shown, Is.Not.Empty);
        return [.. shown.Where(text => english.Exists(pattern => pattern.IsMatch(text)))];
    }

    /// <summary>Amounts and addresses that a browser may translate, selects in parts, or writes from right to left.</summary>
    public static async Task<IReadOnlyList<string>> NotKeptWholeAsync(ILocator values)
    {
        Assert.That(await values.CountAsync(), Is.Positive);
        return await values.EvaluateAllAsync<string[]>("""
            values => values
              .filter(value => !value.closest('[translate=no]') || getComputedStyle(value).userSelect !== 'all' || getComputedStyle(value).direction !== 'ltr')
              .map(value => value.textContent)
            """);
    }
}
