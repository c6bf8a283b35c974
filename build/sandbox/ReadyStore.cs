using System.Net;
using System.Text.RegularExpressions;
using CryptoGateways.Sandbox.Data;

namespace CryptoGateways.Sandbox;

/// <summary>Installs, activates and configures the plugin through the pages of the admin area, as a person does.</summary>
public static partial class ReadyStore
{
    private const string Plugin = "Payments.CryptoGateways";

    public static async Task PrepareAsync(SandboxStore store, SandboxOptions options)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = store.Address };
        await SubmitAsync(browser, "login", new() { ["email"] = Seed.Admin, ["password"] = "admin" });

        var list = await browser.GetStringAsync("Admin/Plugin/List");
        if (list.Contains("Installed, active", StringComparison.Ordinal))
            return;
        if (list.Contains("Not installed", StringComparison.Ordinal))
        {
            var restarted = store.RestartedAsync();
            await SubmitAsync(browser, "Admin/Plugin/List", new() { ["systemName"] = Plugin }, to: "Admin/Plugin/Install");
            await restarted;
        }

        await SubmitAsync(browser, "Admin/Plugin/List", new() { ["systemName"] = Plugin, ["active"] = "True" }, to: "Admin/Payment/MethodUpdate");
        foreach (var settings in options.SetUp.Split(';', StringSplitOptions.RemoveEmptyEntries).GroupBy(setting => setting.Split('.')[0]))
            await SubmitAsync(browser, $"Admin/CryptoSettings/Gateway/{settings.Key}", new(), settings);
    }

    /// <summary>Posts a page's fields with some changed.</summary>
    /// <param name="browser">Where the cookies are.</param>
    /// <param name="page">The page that holds the form.</param>
    /// <param name="values">Fields by their name.</param>
    /// <param name="settings">Settings of the page's gateway, as in <see cref="SandboxOptions.SetUp"/>.</param>
    /// <param name="to">Where the form goes, if not to its page.</param>
    private static async Task SubmitAsync(HttpClient browser, string page, Dictionary<string, string> values,
        IEnumerable<string>? settings = null, string? to = null)
    {
        var html = await browser.GetStringAsync(page);
        var fields = Fields(html);
        foreach (var setting in settings ?? [])
            Enter(setting, html, fields);

        using var form = new FormUrlEncodedContent(fields.Where(field => !values.ContainsKey(field.Name)).DistinctBy(field => (field.Name, field.Value))
            .Select(field => KeyValuePair.Create(field.Name, field.Value)).Concat(values));
        using var answer = (await browser.PostAsync(to ?? page, form)).EnsureSuccessStatusCode();
        if ((await answer.Content.ReadAsStringAsync()).Contains("class=\"bar error\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"{to ?? page} was refused.");
    }

    /// <summary>Puts a setting beside the hidden field that names it, Fields[i].Name.</summary>
    private static void Enter(string setting, string html, List<(string Name, string Value)> fields)
    {
        var (key, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var prefix = fields.Single(field => field.Value == key.Split('.')[1] && field.Name.StartsWith("Fields[", StringComparison.Ordinal) && field.Name.EndsWith("].Name", StringComparison.Ordinal)).Name[..^".Name".Length];
        var hasChoices = html.Contains($"name=\"{prefix}.Values\"", StringComparison.Ordinal);
        fields.RemoveAll(field => field.Name == prefix + ".Value" || field.Name == prefix + ".Values");
        fields.AddRange(hasChoices ? value.Split(',').Select(choice => (prefix + ".Values", choice)) : [(prefix + ".Value", value)]);
    }

    private static List<(string Name, string Value)> Fields(string html)
    {
        var fields = new List<(string, string)>();
        string? select = null;
        foreach (Match tag in Tag().Matches(html))
        {
            var attributes = Attribute().Matches(tag.Value).DistinctBy(match => match.Groups[1].Value)
                .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
            var value = attributes.GetValueOrDefault("value", "");
            if (tag.Value.StartsWith("<select", StringComparison.Ordinal))
                select = attributes.GetValueOrDefault("name");
            else if (tag.Value.StartsWith("<option", StringComparison.Ordinal))
            {
                if (attributes.ContainsKey("selected") && select is not null)
                    fields.Add((select, value));
            }
            else if (attributes.TryGetValue("name", out var name)
                && (attributes.GetValueOrDefault("type") is not ("checkbox" or "radio") || attributes.ContainsKey("checked")))
                fields.Add((name, value));
        }

        return fields;
    }

    [GeneratedRegex("<(?:input|select|option)\\b[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("([\\w-]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}
