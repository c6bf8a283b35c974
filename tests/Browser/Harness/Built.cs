using System.Reflection;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Where the build left what the tests start.</summary>
internal static class Built
{
    public static string Sandbox => Dll("sandbox", "CryptoGateways.Sandbox");

    public static string Simulators => Dll("simulators", "CryptoGateways.Simulators");

    /// <summary>The folder that holds the packed plugin's folder.</summary>
    public static string Plugins => Path.Combine(Metadata("RepositoryRoot"), "artifacts");

    /// <summary>The checker of accessibility, which build/test.sh fetches.</summary>
    public static string Axe => Path.Combine(Metadata("RepositoryRoot"), "artifacts", "axe-core-4.11.0", "axe.min.js");

    public static string Screenshots => Path.Combine(Metadata("RepositoryRoot"), "tests", "Browser", "screenshots");

    private static string Dll(string folder, string name) =>
        Path.Combine(Metadata("RepositoryRoot"), "build", folder, "bin", Metadata("Configuration"), "net9.0", $"{name}.dll");

    private static string Metadata(string key) => typeof(Built).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
