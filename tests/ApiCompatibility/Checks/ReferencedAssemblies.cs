using System.Reflection;
using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Metadata;
using Microsoft.AspNetCore.Http;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>
/// A reference binds in a store when the store has the assembly under the same name and key, in the same version or a newer one.
/// </summary>
public static class ReferencedAssemblies
{
    /// <summary>Public key token of FluentMigrator's assemblies.</summary>
    public const string FluentMigratorKey = "aacfc7de5acabf05";

    private static readonly Version PlatformFramework = new(9, 0, 0, 0);

    /// <summary>What nopCommerce 4.90 has beside its own assemblies and a plugin may use: assembly version and public key token.</summary>
    private static readonly Dictionary<string, (Version Version, string Key)> Shipped = new()
    {
        ["AutoMapper"] = (new(14, 0, 0, 0), "be96cd2c38ef1005"),
        ["FluentValidation"] = (new(11, 0, 0, 0), "7de548da2fbae0f0"),
        ["Microsoft.Extensions.Http.Polly"] = (new(5, 0, 1, 0), "adb9793829ddae60"),
        ["Newtonsoft.Json"] = (new(13, 0, 0, 0), "30ad4fe6b2a6aeed"),
        ["Polly"] = (new(7, 0, 0, 0), "c8a3ffc3f8f825cc"),
        ["System.Linq.Async"] = (new(6, 0, 0, 0), "94bc3704cddfc263"),
    };

    /// <summary>Carried inside the plugin's dll.</summary>
    private const string Embedded = "QRCoder";

    private static readonly string[] FrameworkFolders =
        [Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(HttpContext).Assembly.Location)!];

    public static IEnumerable<string> Faults(BuiltAssembly built, Manifest manifest)
    {
        foreach (var reference in built.References.Where(reference => reference.Name != Embedded))
        {
            var name = reference.Name!;
            if (manifest.Assemblies.TryGetValue(name, out var own))
                foreach (var fault in Compare(reference, own, name.StartsWith("FluentMigrator", StringComparison.Ordinal) ? FluentMigratorKey : ""))
                    yield return fault;
            else if (Shipped.TryGetValue(name, out var shipped))
                foreach (var fault in Compare(reference, shipped.Version, shipped.Key))
                    yield return fault;
            else if (!FrameworkFolders.Any(folder => File.Exists(Path.Combine(folder, $"{name}.dll"))))
                yield return $"{name} is not there in nopCommerce";
            else if (reference.Version > PlatformFramework)
                yield return $"{name} {reference.Version} is newer than .NET 9";
        }
    }

    private static IEnumerable<string> Compare(AssemblyName reference, Version there, string key)
    {
        if (reference.Version > there)
            yield return $"{reference.Name} {reference.Version} is newer than nopCommerce's {there}";
        if (Key(reference) != key)
            yield return $"{reference.Name} has the public key token '{Key(reference)}', not '{key}'";
    }

    internal static string Key(AssemblyName name) => Convert.ToHexStringLower(name.GetPublicKeyToken() ?? []);
}
