using System.Globalization;
using System.IO.Compression;

namespace CryptoGateways.Tests.ApiCompatibility.Api;

/// <summary>
/// The public API of nopCommerce 4.90.6 and of the FluentMigrator that it ships, one fact a line (data/*.gz). A line
/// starts with its kind: A assembly, T type, M method, F field, H tag helper, P values of a method's optional
/// parameters; its fields are split by a bar.
/// </summary>
public sealed class Manifest
{
    public static Manifest Platform { get; } = new(
        [
            .. ReadLines("nopcommerce-4.90.6.api.txt.gz"),
            .. ReadLines("fluentmigrator-7.1.api.txt.gz"),
            .. ReadLines("parameter-defaults.txt.gz"),
        ]);

    private Manifest(IReadOnlyList<string[]> lines)
    {
        var defaults = lines.Where(line => line[0] == "P").ToDictionary(line => (line[1], line[2]), line => line[3]);
        var members = lines.Where(line => line[0] is "M" or "F").ToLookup(line => line[1], ReadMember);
        Assemblies = lines.Where(line => line[0] == "A").ToDictionary(line => line[1], line => Version.Parse(line[2]));
        Types = [.. lines.Where(line => line[0] == "T").Select(line =>
            new ApiType(line[1], line[2], line[3], line[4], Split(line[5]), [.. members[line[2]].Select(member => WithDefaults(line[2], member))]))];
        TagHelperLines = [.. lines.Where(line => line[0] == "H")];
        World = new ApiWorld(Types);

        ApiMember WithDefaults(string type, ApiMember member) =>
            defaults.TryGetValue((type, member.Signature), out var values) ? member with { Defaults = values } : member;
    }

    public IReadOnlyDictionary<string, Version> Assemblies { get; }

    public IReadOnlyList<ApiType> Types { get; }

    public ApiWorld World { get; }

    /// <summary>Fields of the H lines: H, type, member or empty, attribute's name, its values.</summary>
    public IReadOnlyList<string[]> TagHelperLines { get; }

    private static ApiMember ReadMember(string[] line)
    {
        var modifiers = line[2].Split(',');
        var slot = modifiers.Length > 1 ? modifiers[1] : "";
        if (line[0] == "M")
            return new(modifiers[0], slot, line[3], int.Parse(line[4], CultureInfo.InvariantCulture), line[5], line[6]);

        var value = line[4].Split('=', 2);
        return new(modifiers[0], slot, line[3], 0, null, value[0], value.Length > 1 ? value[1] : null);
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string[]> ReadLines(string resource)
    {
        using var packed = typeof(Manifest).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line.Split('|');
    }
}
