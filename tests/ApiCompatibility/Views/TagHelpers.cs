using System.Reflection;
using System.Text.RegularExpressions;
using CryptoGateways.Tests.ApiCompatibility.Api;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CryptoGateways.Tests.ApiCompatibility.Views;

/// <summary>One element that a tag helper works on.</summary>
/// <param name="Tag">The element's name, or * for any.</param>
/// <param name="Required">Attributes without which the helper leaves the element alone.</param>
/// <param name="Attributes">Names that the helper takes; one that ends with a dash is a prefix.</param>
public sealed record TagHelper(string Tag, IReadOnlyList<string> Required, IReadOnlySet<string> Attributes)
{
    public bool WorksOn(ViewElement element) =>
        (Tag == "*" || Tag == element.Name) && Required.All(required => element.Attributes.Contains(required));

    public bool Takes(string attribute) => Attributes.Any(name =>
        name == attribute || (name.EndsWith('-') && attribute.StartsWith(name, StringComparison.Ordinal)));
}

/// <summary>The tag helpers of nopCommerce, out of the manifest, and those of ASP.NET Core, out of the framework.</summary>
public static partial class TagHelpers
{
    public static IReadOnlyList<TagHelper> OfNopCommerce(Manifest manifest) =>
    [
        .. from lines in manifest.TagHelperLines.GroupBy(line => line[1])
           let attributes = Attributes(lines.Key, manifest)
           from line in lines
           where line[3] == nameof(HtmlTargetElementAttribute)
           let parts = line[4].Split(';')
           let required = parts.FirstOrDefault(part => part.StartsWith("Attributes=", StringComparison.Ordinal))?["Attributes=".Length..]
           select new TagHelper(parts[0], Required(required), attributes),
    ];

    public static IReadOnlyList<TagHelper> OfAspNetCore { get; } =
    [
        .. from type in typeof(AnchorTagHelper).Assembly.GetExportedTypes()
           where type.IsSubclassOf(typeof(Microsoft.AspNetCore.Razor.TagHelpers.TagHelper)) && !type.IsAbstract
           from target in type.GetCustomAttributes<HtmlTargetElementAttribute>()
           select new TagHelper(target.Tag, Required(target.Attributes), Attributes(type)),
    ];

    /// <summary>Attributes named on properties, those that follow from a property's name, and those of a base of ASP.NET Core.</summary>
    private static HashSet<string> Attributes(string type, Manifest manifest)
    {
        var chain = manifest.World.Chain(type).Select(link => link.Type).ToList();
        var named = manifest.TagHelperLines
            .Where(line => line[2].Length > 0 && chain.Any(link => link.Name == line[1]))
            .ToDictionary(line => line[2], line => line[4]);
        var properties = chain.SelectMany(link => link.Members)
            .Where(member => member.Access == "public" && member.Name.StartsWith("set_", StringComparison.Ordinal))
            .Select(member => member.Name["set_".Length..]);
        var framework = typeof(AnchorTagHelper).Assembly.GetType(manifest.World.OutermostBase(type));
        return [.. named.Values, .. properties.Where(name => !named.ContainsKey(name)).Select(ByConvention), .. framework is null ? [] : Attributes(framework)];
    }

    private static HashSet<string> Attributes(Type type) =>
    [
        .. from property in type.GetProperties()
           where property.GetCustomAttribute<HtmlAttributeNotBoundAttribute>() is null
           let named = property.GetCustomAttribute<HtmlAttributeNameAttribute>()
           from name in new[] { named?.Name ?? ByConvention(property.Name), named?.DictionaryAttributePrefix }
           where name is not null
           select name,
    ];

    /// <summary>Names in a list such as asp-for,[rel=stylesheet].</summary>
    private static IReadOnlyList<string> Required(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Trim('[', ']', ' ').Split('=', '^', '$')[0])];

    private static string ByConvention(string property) => Hump().Replace(property, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Hump();
}
