using CryptoGateways.Tests.ApiCompatibility.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CryptoGateways.Tests.ApiCompatibility.Samples;

/// <summary>Compiles small dlls for tests: platforms that are not like the real one, and plugins that believe in them.</summary>
internal static class Sample
{
    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <param name="publicKey">Gives the dll the identity of a signed one, without the private key.</param>
    public static byte[] Compile(
        string assembly, string version, string source, IEnumerable<byte[]>? references = null, byte[]? publicKey = null)
    {
        var compilation = CSharpCompilation.Create(
            assembly,
            [
                CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]"),
                CSharpSyntaxTree.ParseText(source),
            ],
            [.. Framework, .. (references ?? []).Select(dll => MetadataReference.CreateFromImage(dll))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true)
                .WithCryptoPublicKey([.. publicKey ?? []]).WithPublicSign(publicKey is not null));
        using var dll = new MemoryStream();
        var result = compilation.Emit(dll);
        Assert.That(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return dll.ToArray();
    }

    /// <summary>A plugin built against one platform assembly as <paramref name="platform"/> invents it.</summary>
    public static BuiltAssembly Plugin(string assembly, string platform, string plugin, string version = "4.90.0.0") =>
        new(Compile("Wrong", "1.0.0.0", plugin, [Compile(assembly, version, platform)]));
}
