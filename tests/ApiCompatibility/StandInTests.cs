using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Checks;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility;

/// <summary>build/nop-sdk invents nothing: what compiles against it compiles against nopCommerce.</summary>
public class StandInTests
{
    private static IEnumerable<string> Assemblies => Manifest.Platform.Assemblies.Keys;

    [TestCaseSource(nameof(Assemblies))]
    public void Stand_in_shows_only_what_nopCommerce_has(string assembly) =>
        Assert.That(StandIn.Faults(BuiltAssembly.Read(Paths.StandInDll(assembly)), Manifest.Platform), Is.Empty);
}
