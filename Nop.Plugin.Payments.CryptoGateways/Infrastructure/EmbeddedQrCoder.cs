using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Loads QRCoder from an embedded resource into its own load context, so that it works beside any version that another plugin loads. It is
/// not deployed as a file, because the platform rejects plugins that ship different versions of one DLL.
/// </summary>
internal static class EmbeddedQrCoder
{
    private static readonly AssemblyName _reference =
        typeof(EmbeddedQrCoder).Assembly.GetReferencedAssemblies().Single(reference => reference.Name == "QRCoder");

    private static readonly Lazy<Assembly> _assembly = new(Load);

    /// <summary>Runs before any other code of the plugin's assembly.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "No other code of a plugin is certain to run before a QR code is drawn.")]
    internal static void Register() =>
        AssemblyLoadContext.GetLoadContext(typeof(EmbeddedQrCoder).Assembly)!.Resolving += Resolve;

    /// <summary>
    /// Called when the plugin's load context has no matching assembly. Requests for other versions are left to other handlers.
    /// </summary>
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == _reference.Name && name.Version == _reference.Version ? _assembly.Value : null;

    private static Assembly Load()
    {
        using var resource = typeof(EmbeddedQrCoder).Assembly.GetManifestResourceStream("QRCoder.dll")!;
        return new AssemblyLoadContext("QRCoder of Payments.CryptoGateways").LoadFromStream(resource);
    }
}
