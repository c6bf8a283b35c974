using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>A stand-in of a platform's assembly has its identity and shows nothing that the real one does not have.</summary>
public static class StandIn
{
    public static IEnumerable<string> Faults(BuiltAssembly built, Manifest manifest)
    {
        var name = built.Name.Name!;
        var key = name.StartsWith("FluentMigrator", StringComparison.Ordinal) ? ReferencedAssemblies.FluentMigratorKey : "";
        if (built.Name.Version != manifest.Assemblies[name])
            yield return $"{name} has version {built.Name.Version}, not {manifest.Assemblies[name]}";
        if (ReferencedAssemblies.Key(built.Name) != key)
            yield return $"{name} has the public key token '{ReferencedAssemblies.Key(built.Name)}', not '{key}'";

        foreach (var type in built.Types.Where(item => item.IsVisible).Select(item => item.Type))
        {
            var real = manifest.World.Find(type.Name);
            if (real?.Assembly != name)
                yield return $"{name} has no type {type}";
            else
                foreach (var fault in TypeFaults(type, real, manifest.World))
                    yield return fault;
        }
    }

    private static IEnumerable<string> TypeFaults(ApiType type, ApiType real, ApiWorld world)
    {
        if (type.Kind != real.Kind)
            yield return $"{type} is {type.Kind}, not {real.Kind}";
        if (type.Base != real.Base && world.Chain(type.Name).All(link => link.Type.Base != type.Base))
            yield return $"{type} derives from {type.Base}, not {real.Base}";
        foreach (var extra in type.Interfaces.Except(world.AllInterfaces(type.Name)).Where(item => world.Find(item) is not null))
            yield return $"{type} does not implement {extra}";
        foreach (var member in type.Members.Where(member => member.Access != "private" && member.Name is not (".cctor" or "value__")))
        {
            if (MemberFault(member, real) is { } fault)
                yield return $"{type}.{member}: {fault}";
        }
    }

    private static string? MemberFault(ApiMember member, ApiType real)
    {
        if (real.Members.FirstOrDefault(there => there.Signature == member.Signature) is not { } found)
            return "not there";
        if (found.Access != member.Access || Callable(found.Slot) != Callable(member.Slot))
            return $"is {found.Access} {found.Slot}, not {member.Access} {member.Slot}";
        if (found.Defaults != member.Defaults)
            return $"has the defaults {found.Defaults}, not {member.Defaults}";
        return found.Constant == member.Constant ? null : $"is {found.Constant}, not {member.Constant}";
    }

    /// <summary>A final method is one that an interface is implemented by: nobody can tell but the runtime.</summary>
    private static string Callable(string slot) => slot == "final" ? "" : slot;
}
