using CryptoGateways.Tests.ApiCompatibility.Api;
using CryptoGateways.Tests.ApiCompatibility.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Checks;

/// <summary>
/// Types fit the platform's base classes: what is abstract there is implemented, what is overridden can be, with the
/// same access, and no sealed class is derived from.
/// </summary>
public static class Inheritance
{
    private static readonly string[] ObjectMethods =
        ["System.String ToString()", "System.Boolean Equals(System.Object)", "System.Int32 GetHashCode()", "System.Void Finalize()"];

    public static IEnumerable<string> Faults(BuiltAssembly built, Manifest manifest)
    {
        var world = manifest.World.With(built.Types.Select(item => item.Type));
        foreach (var type in built.Types.Select(item => item.Type).Where(type => !type.IsInterface))
        {
            var bases = world.Chain(type.Name).Skip(1).ToList();
            foreach (var fault in bases.Take(1).Where(link => link.Type.IsSealed || link.Type.IsInterface))
                yield return $"{type} derives from {fault.Type}, which is {fault.Type.Kind}";
            foreach (var open in type.IsAbstract ? [] : Open(world, type))
                yield return $"{type} does not implement the abstract {open}";
            foreach (var own in type.Members.Where(member => member.Slot == "override"))
            {
                if (OverrideFault(world, type, own, bases) is { } fault)
                    yield return fault;
            }
        }
    }

    /// <summary>Abstract methods that no nearer class fills.</summary>
    private static List<string> Open(ApiWorld world, ApiType type)
    {
        var filled = new HashSet<string>();
        var open = new List<string>();
        foreach (var (link, arguments) in world.Chain(type.Name))
        {
            foreach (var (declaringType, declaration) in link.ExplicitImplementations)
                filled.Add(declaration.With(TypeText.Arguments(declaringType)).Signature);
            foreach (var member in link.Members.Where(member => member.IsVirtual))
            {
                var seen = member.With(arguments).Signature;
                if (filled.Add(seen) && member.IsAbstract)
                    open.Add($"{link}.{seen}");
            }
        }

        return open;
    }

    private static string? OverrideFault(
        ApiWorld world, ApiType type, ApiMember own, IReadOnlyList<(ApiType Type, IReadOnlyList<string> Arguments)> bases)
    {
        var (baseType, overridden) = bases
            .SelectMany(link => link.Type.Members.Select(member => (link.Type, Member: member.With(link.Arguments))))
            .FirstOrDefault(there => there.Member.Signature == own.Signature);
        if (overridden is null)
            return ObjectMethods.Contains(own.Signature) || world.OutermostBase(type.Name) != "System.Object"
                ? null
                : $"{type} overrides {own}, which no base has";
        if (overridden.Slot is not ("abstract" or "virtual" or "override"))
            return $"{type} overrides {baseType}.{own}, which is not virtual";
        return overridden.Access == own.Access ? null : $"{type} overrides {baseType}.{own} as {own.Access}, there it is {overridden.Access}";
    }
}
