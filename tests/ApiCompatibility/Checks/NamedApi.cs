using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>Whatever a dll names in the platform's assemblies is there, in that assembly and with that signature.</summary>
public static class NamedApi
{
    public static IEnumerable<string> Faults(BuiltAssembly built, Manifest manifest) =>
        TypeFaults(built, manifest).Concat(MemberFaults(built, manifest));

    private static IEnumerable<string> TypeFaults(BuiltAssembly built, Manifest manifest) =>
        from named in built.NamedTypes
        where manifest.Assemblies.ContainsKey(named.Assembly) && manifest.World.Find(named.Text)?.Assembly != named.Assembly
        select $"{named.Assembly} has no type {named.Text}";

    private static IEnumerable<string> MemberFaults(BuiltAssembly built, Manifest manifest)
    {
        var derivedFrom = Ancestors(built, manifest);
        foreach (var (parent, member) in built.NamedMembers.Where(named => manifest.Assemblies.ContainsKey(named.Parent.Assembly ?? "")))
        {
            var found = Declarations(manifest.World, parent.Definition, member.IsConstructor)
                .FirstOrDefault(there => there.Member.Signature == member.Signature);
            if (found.Member is null || (member.Parameters is not null && found.Member.IsStatic != member.IsStatic))
                yield return $"{parent.Definition} has no {(member.IsStatic ? "static " : "")}member {member}";
            else if (found.Member.Access == "protected" && !derivedFrom.Contains(found.Type.Name))
                yield return $"{found.Type.Name}.{member} is protected and no type here derives from it";
        }
    }

    /// <summary>The members that a name can mean: the type's own and its bases' (but not their constructors), seen from the type.</summary>
    private static IEnumerable<(ApiType Type, ApiMember Member)> Declarations(ApiWorld world, string definition, bool ownOnly) =>
        world.Chain(definition)
            .Take(ownOnly ? 1 : int.MaxValue)
            .SelectMany(link => link.Type.Members.Select(member => (link.Type, member.With(link.Arguments))));

    private static HashSet<string> Ancestors(BuiltAssembly built, Manifest manifest)
    {
        var world = manifest.World.With(built.Types.Select(item => item.Type));
        return [.. built.Types.SelectMany(item => world.Chain(item.Type.Name)).Select(link => link.Type.Name)];
    }
}
