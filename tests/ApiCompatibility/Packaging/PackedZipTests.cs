using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Packaging;

/// <summary>The zip has the form that "Upload plugin" takes.</summary>
public class PackedZipTests
{
    private const string Root = "Payments.CryptoGateways/";
    private const string Dll = "Nop.Plugin.Payments.CryptoGateways.dll";

    private static string Source => Path.Combine(Paths.Repository, "Nop.Plugin.Payments.CryptoGateways");

    [Test]
    public void It_has_one_root_folder_with_the_system_name() =>
        Assert.That(Entries(), Is.Not.Empty.And.All.StartsWith(Root));

    [Test]
    public void It_has_one_dll_and_no_symbols_or_papers_of_the_build()
    {
        var extensions = Entries().Select(Path.GetExtension).ToHashSet();
        Assert.That(Entries().Where(name => name.EndsWith(".dll", StringComparison.Ordinal)), Is.EqualTo([Root + Dll]));
        Assert.That(extensions, Is.SubsetOf(Shipped));
        Assert.That(Entries(), Has.None.EndsWith(".deps.json"));
    }

    [Test]
    public void It_has_the_licence_of_the_QRCoder_in_the_dll()
    {
        using var zip = ZipFile.OpenRead(Paths.PluginZip);
        using var licence = new StreamReader(zip.GetEntry(Root + "QRCoder.LICENSE.txt")!.Open());
        Assert.That(licence.ReadToEnd(), Does.Contain("Raffael Herrmann").And.Contain("MIT"));
    }

    [TestCase("Views")]
    [TestCase("Localization")]
    [TestCase("Content")]
    public void It_has_every_file_of(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Source, folder), "*", SearchOption.AllDirectories)
            .Select(file => Root + Path.GetRelativePath(Source, file).Replace('\\', '/'));
        Assert.That(
            Entries().Where(name => name.StartsWith($"{Root}{folder}/", StringComparison.Ordinal)),
            Is.Not.Empty.And.EquivalentTo(files));
    }

    [Test]
    public void Its_description_names_the_dll_and_nopCommerce_4_90()
    {
        using var zip = ZipFile.OpenRead(Paths.PluginZip);
        var plugin = JsonDocument.Parse(zip.GetEntry(Root + "plugin.json")!.Open()).RootElement;
        var version = BuiltAssembly.Read(Paths.PluginDll).Name.Version!;

        Assert.That(plugin.GetProperty("SystemName").GetString(), Is.EqualTo("Payments.CryptoGateways"));
        Assert.That(plugin.GetProperty("FileName").GetString(), Is.EqualTo(Dll));
        Assert.That(plugin.GetProperty("Group").GetString(), Is.EqualTo("Payment methods"));
        Assert.That(plugin.GetProperty("SupportedVersions").EnumerateArray().Select(item => item.GetString()), Has.Member("4.90"));
        Assert.That(Version.Parse(plugin.GetProperty("Version").GetString()!), Is.EqualTo(new Version(version.Major, version.Minor, version.Build)));
    }

    [Test]
    public void It_tells_nothing_of_the_machine_that_packed_it()
    {
        using var zip = ZipFile.OpenRead(Paths.PluginZip);
        Assert.That(zip.Entries.Select(entry => entry.LastWriteTime.DateTime), Is.All.EqualTo(new DateTime(1980, 1, 1)));
        Assert.That(File.ReadAllText(Paths.PluginDll, System.Text.Encoding.Latin1), Does.Not.Contain(Paths.Repository));
    }

    /// <summary>The same sources in another folder, without the traces of earlier builds.</summary>
    [Test]
    public void It_is_packed_byte_for_byte_the_same_from_another_clone()
    {
        var clone = Directory.CreateTempSubdirectory("clone-").FullName;
        try
        {
            foreach (var file in Sources())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(clone, file))!);
                File.Copy(Path.Combine(Paths.Repository, file), Path.Combine(clone, file));
            }

            Pack(clone);
            Assert.That(
                File.ReadAllBytes(Path.Combine(clone, "artifacts", Path.GetFileName(Paths.PluginZip))),
                Is.EqualTo(File.ReadAllBytes(Paths.PluginZip)));
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    private static readonly string[] Shipped =
        [".dll", ".cshtml", ".json", ".png", ".svg", ".css", ".js", ".txt"];

    private static List<string> Entries()
    {
        using var zip = ZipFile.OpenRead(Paths.PluginZip);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    private static IEnumerable<string> Sources() =>
        new[] { "Nop.Plugin.Payments.CryptoGateways", "build/nop-sdk" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Paths.Repository, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Paths.Repository, "build"), "pack.*"))
            .Concat(Directory.GetFiles(Paths.Repository, "Directory.*"))
            .Concat(new[] { ".editorconfig", "global.json", "plugin.json" }.Select(file => Path.Combine(Paths.Repository, file)))
            .Select(file => Path.GetRelativePath(Paths.Repository, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static void Pack(string clone)
    {
        var pack = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        pack.ArgumentList.Add(Path.Combine(clone, "build", "pack.sh"));
        if (Paths.NopCommerceBin.Length > 0)
            pack.ArgumentList.Add($"-p:NopCommerceBin={Paths.NopCommerceBin}");
        using var process = Process.Start(pack)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output + errors.Result);
    }
}
