using System.Diagnostics;
using System.Reflection;
using CryptoGateways.Tests.ApiCompatibility.Metadata;
using CryptoGateways.Tests.ApiCompatibility.Samples;

namespace CryptoGateways.Tests.ApiCompatibility.Packaging;

/// <summary>
/// The embedded QRCoder works whatever other version a store's plugins bring, and leaves theirs alone. The other one is
/// a small dll with the name, key and version of the one that a bundled plugin of nopCommerce 4.90 ships.
/// </summary>
public class QrCoderBesideAnotherTests
{
    private const string Ours = "1.8.1.0 in QRCoder of Payments.CryptoGateways";
    private const string Theirs = "1.4.3.0 in Default";

    private string _folder = "";

    [OneTimeSetUp]
    public void Make_another_plugin_with_its_own_QRCoder()
    {
        _folder = Directory.CreateTempSubdirectory("qrcoder-").FullName;
        var qrCoder = Sample.Compile(
            "QRCoder", "1.4.3.0", "namespace QRCoder; public class QRCodeGenerator { public string Version => \"1.4.3\"; }", publicKey: EmbeddedKey());
        File.WriteAllBytes(Path.Combine(_folder, "QRCoder.dll"), qrCoder);
        File.WriteAllBytes(Path.Combine(_folder, "Other.dll"), Sample.Compile(
            "Other", "1.0.0.0", "public static class Other { public static string Use() => new QRCoder.QRCodeGenerator().Version; }", [qrCoder]));
    }

    [OneTimeTearDown]
    public void Remove_the_other_plugin() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Scanning_the_plugins_types_loads_no_QRCoder() =>
        Assert.That(Run(), Has.Member("types: True").And.Member("scanned: "));

    [Test]
    public void Alone_the_plugin_draws_with_the_embedded_version()
    {
        var output = Run();
        Assert.That(output, Has.Member($"drawn: {Ours}"));
        AssertDrawnTwice(output);
    }

    [TestCase(QrCoderHost.Before)]
    [TestCase(QrCoderHost.After)]
    public void Beside_another_version_both_work(string order)
    {
        var output = Run(order, _folder);
        Assert.That(output, Has.Member("other: 1.4.3"));
        Assert.That(output, Has.Member($"drawn: {Theirs}, {Ours}"));
        AssertDrawnTwice(output);
    }

    private static void AssertDrawnTwice(string[] output)
    {
        Assert.That(output, Has.One.StartsWith("svg: <svg "));
        Assert.That(output, Has.One.StartsWith("svg again: <svg "));
    }

    private static byte[] EmbeddedKey()
    {
        using var resource = Assembly.LoadFile(Paths.PluginDll).GetManifestResourceStream("QRCoder.dll")!;
        using var dll = new MemoryStream();
        resource.CopyTo(dll);
        return new BuiltAssembly(dll.ToArray()).Name.GetPublicKey()!;
    }

    private static string[] Run(params string[] arguments)
    {
        var host = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(QrCoderHost).Assembly.Location, Paths.PluginDll },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            host.ArgumentList.Add(argument);

        using var process = Process.Start(host)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output.Split(Environment.NewLine);
    }
}
