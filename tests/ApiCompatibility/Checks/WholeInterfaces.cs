using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>Each type that claims one of the platform's interfaces implements every member that the platform's version of it has.</summary>
public static class WholeInterfaces
{
    public static IEnumerable<string> Faults(BuiltAssembly built, Manifest manifest)
    {
        var world = manifest.World.With(built.Types.Select(item => item.Type));
        return
            from item in built.Types
            where !item.Type.IsInterface
            from claimed in world.AllInterfaces(item.Type.Name)
            let declaration = manifest.World.Find(claimed)
            where declaration is not null
            from fault in Faults(world, item.Type, claimed, declaration)
            select fault;
    }

    private static IEnumerable<string> Faults(ApiWorld world, ApiType type, string claimed, ApiType declaration)
    {
        if (!declaration.IsInterface)
            yield return $"{type} implements {claimed}, which is no interface";

        foreach (var member in declaration.Members.Where(member => member.IsAbstract))
        {
            if (!world.Chain(type.Name).Any(link => Implements(link.Type, link.Arguments, claimed, member)))
                yield return $"{type} does not implement {claimed}: {member}";
        }
    }

    private static bool Implements(ApiType type, IReadOnlyList<string> arguments, string claimed, ApiMember member)
    {
        var wanted = member.With(TypeText.Arguments(claimed)).Signature;
        return type.Members.Any(own => own is { Access: "public", IsVirtual: true } && own.With(arguments).Signature == wanted)
            || type.ExplicitImplementations.Any(item =>
                ApiMember.Substitute(item.DeclaringType, arguments) == claimed && item.Declaration.Signature == member.Signature);
    }
}
