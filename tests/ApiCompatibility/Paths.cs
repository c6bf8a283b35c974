using System.Reflection;

namespace CryptoGateways.Tests.ApiCompatibility;

/// <summary>Where the build left what is tested.</summary>
internal static class Paths
{
    public static string Repository => Metadata(nameof(Repository) + "Root");

    /// <summary>The folder of a real nopCommerce that the plugin was compiled against; empty for the stand-in.</summary>
    public static string NopCommerceBin => Metadata(nameof(NopCommerceBin));

    public static string PluginFolder => Path.Combine(Repository, "artifacts", "Payments.CryptoGateways");

    public static string PluginZip => PluginFolder + ".zip";

    public static string PluginDll => Path.Combine(PluginFolder, "Nop.Plugin.Payments.CryptoGateways.dll");

    public static string StandInDll(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");

    private static string Metadata(string key) => typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value ?? "";
}
