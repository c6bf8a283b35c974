using System.Reflection;
using System.Text.Json;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The plugin's files as they stand in the repository.
/// </summary>
public static class Sources
{
    private static readonly string _root =
        typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string _plugin = Path.Combine(_root, "Nop.Plugin.Payments.CryptoGateways");

    public static string ThreatModel => File.ReadAllText(Path.Combine(_root, "docs", "threat-model.md"));

    /// <summary>Every file of the tests, by its path.</summary>
    public static IReadOnlyDictionary<string, string> Tests =>
        Directory.EnumerateFiles(Path.Combine(_root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(path => path, File.ReadAllText);

    public static string Readme => File.ReadAllText(Path.Combine(_root, "README.md"));

    /// <summary>Every .cs and .cshtml file, by its path from the plugin's folder with slashes.</summary>
    public static IReadOnlyDictionary<string, string> Code { get; } = Read("*.cs").Concat(Read("*.cshtml")).ToDictionary();

    /// <summary>Every language's file, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = Read("resources.*.json").ToDictionary(file => Path.GetFileName(file.Key), file => file.Value);

    /// <summary>A language's texts by key; a key that stands twice is an error.</summary>
    public static IReadOnlyDictionary<string, string> TextsOf(string language)
    {
        using var json = JsonDocument.Parse(Texts[$"resources.{language}.json"]);
        return json.RootElement.EnumerateObject().Select(text => KeyValuePair.Create(text.Name, text.Value.GetString()!)).ToDictionary();
    }

    /// <summary>The folders of the gateways.</summary>
    public static IEnumerable<string> GatewayFolders => Directory.GetDirectories(Path.Combine(_plugin, "Gateways")).Select(path => Path.GetFileName(path));

    private static IEnumerable<KeyValuePair<string, string>> Read(string pattern) =>
        from file in Directory.EnumerateFiles(_plugin, pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(_plugin, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        select KeyValuePair.Create(path, File.ReadAllText(file));
}
