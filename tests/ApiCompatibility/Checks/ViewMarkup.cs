using System.Text.RegularExpressions;
using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Views;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>
/// Tag helper elements and attributes of a view exist. Razor says nothing of one that does not: it reaches the browser as it stands.
/// </summary>
public static partial class ViewMarkup
{
    /// <param name="view">The text of the view.</param>
    /// <param name="imports">The text of the _ViewImports files above it.</param>
    public static IEnumerable<string> Faults(string view, string imports, Manifest manifest)
    {
        var ours = TagHelpers.OfNopCommerce(manifest);
        var elements = ViewScanner.Elements(view);
        foreach (var element in elements)
        {
            foreach (var fault in ElementFaults(element, ours))
                yield return fault;
        }

        if (elements.Any(element => Ours(element)) && !AddsTagHelpers().IsMatch(imports + view))
            yield return "nop- elements without @addTagHelper *, Nop.Web.Framework";
    }

    private static bool Ours(ViewElement element) => element.Name.StartsWith("nop-", StringComparison.Ordinal);

    private static IEnumerable<string> ElementFaults(ViewElement element, IReadOnlyList<TagHelper> ours)
    {
        var named = ours.Where(helper => helper.Tag == element.Name).ToList();
        if (Ours(element) && named.Count == 0)
            return [$"no tag helper for {element}"];
        if (Ours(element) && !named.Any(helper => helper.WorksOn(element)))
            return [$"{element} lacks {string.Join(", ", named[0].Required)}"];

        var helpers = ours.Concat(TagHelpers.OfAspNetCore).Where(helper => helper.WorksOn(element)).ToList();
        return element.Attributes
            .Where(attribute => IsForTagHelpers(element, attribute) && !helpers.Any(helper => helper.Takes(attribute)))
            .Select(attribute => $"no tag helper takes {attribute} of {element}");
    }

    private static bool IsForTagHelpers(ViewElement element, string attribute) =>
        attribute.StartsWith("asp-", StringComparison.Ordinal)
        || (Ours(element) && attribute.Contains('-')
            && !attribute.StartsWith("data-", StringComparison.Ordinal) && !attribute.StartsWith("aria-", StringComparison.Ordinal));

    [GeneratedRegex(@"@addTagHelper\s+\*,\s*Nop\.Web\.Framework")]
    private static partial Regex AddsTagHelpers();
}
