using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Checks;

namespace CryptoGateways.Tests.ApiCompatibility;

/// <summary>The packed views against the platform's tag helpers.</summary>
public class ViewMarkupTests
{
    private static readonly string Root = Path.Combine(Paths.PluginFolder, "Views");

    private static IEnumerable<string> Views =>
        Directory.GetFiles(Root, "*.cshtml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file));

    [TestCaseSource(nameof(Views))]
    public void Tag_helpers_of_the_view_exist(string view) => Assert.That(
        ViewMarkup.Faults(File.ReadAllText(Path.Combine(Root, view)), Imports(view), Manifest.Platform), Is.Empty);

    private static string Imports(string view)
    {
        var text = "";
        for (var folder = Path.GetDirectoryName(Path.Combine(Root, view)); folder?.Length >= Root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "_ViewImports.cshtml") is var file && File.Exists(file))
                text += File.ReadAllText(file);
        }

        return text;
    }
}
