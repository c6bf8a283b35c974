using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Checks;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility;

/// <summary>The packed plugin's dll against the platform's public API.</summary>
public class PluginCompatibilityTests
{
    private static readonly BuiltAssembly Plugin = BuiltAssembly.Read(Paths.PluginDll);

    [Test]
    public void Every_type_and_member_named_exists_in_nopCommerce() =>
        Assert.That(NamedApi.Faults(Plugin, Manifest.Platform), Is.Empty);

    [Test]
    public void Every_referenced_assembly_is_there_and_not_newer() =>
        Assert.That(ReferencedAssemblies.Faults(Plugin, Manifest.Platform), Is.Empty);

    [Test]
    public void Every_interface_is_implemented_whole() =>
        Assert.That(WholeInterfaces.Faults(Plugin, Manifest.Platform), Is.Empty);

    [Test]
    public void Every_type_fits_its_base_classes() =>
        Assert.That(Inheritance.Faults(Plugin, Manifest.Platform), Is.Empty);

    [Test]
    public void The_reader_sees_the_plugin()
    {
        Assert.That(Plugin.NamedTypes.Where(type => type.Assembly == "Nop.Services"), Is.Not.Empty);
        Assert.That(Plugin.NamedMembers.Where(member => member.Parent.Assembly == "Nop.Core"), Is.Not.Empty);
        Assert.That(Plugin.Types.SelectMany(item => item.Type.Interfaces), Has.Member("Nop.Services.Payments.IPaymentMethod"));
    }
}
