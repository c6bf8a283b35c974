using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Nop.Plugin.Payments.CryptoGateways.Infrastructure;

/// <summary>
/// Gives the plugin the QRCoder it was built with from a resource of its own dll. The platform refuses a plugin whose
/// QRCoder.dll differs in version from another plugin's, so none lies in the folder; and the embedded one is loaded
/// into a context of its own, so that any other version can be loaded beside it, before or after.
/// </summary>
internal static class EmbeddedQrCoder
{
    private static readonly AssemblyName Wanted =
        typeof(EmbeddedQrCoder).Assembly.GetReferencedAssemblies().Single(reference => reference.Name == "QRCoder");

    private static readonly Lazy<Assembly> Loaded = new(Load);

    /// <summary>Runs before any other code of the plugin.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The dll is a plugin: nothing else of it is sure to run before a QR code is drawn.")]
    internal static void Register() =>
        AssemblyLoadContext.GetLoadContext(typeof(EmbeddedQrCoder).Assembly)!.Resolving += Resolve;

    /// <summary>
    /// Raised when the plugin's context has no fitting assembly; a lower version that is loaded there does not fit.
    /// Any other version is somebody else's to find.
    /// </summary>
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Wanted.Name && name.Version == Wanted.Version ? Loaded.Value : null;

    private static Assembly Load()
    {
        using var resource = typeof(EmbeddedQrCoder).Assembly.GetManifestResourceStream("QRCoder.dll")!;
        return new AssemblyLoadContext("QRCoder of Payments.CryptoGateways").LoadFromStream(resource);
    }
}
