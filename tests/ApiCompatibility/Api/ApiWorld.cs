namespace CryptoGateways.Tests.ApiCompatibility.Api;

/// <summary>Types that know each other by name: the platform's, and those of assemblies built against it.</summary>
public sealed class ApiWorld(IEnumerable<ApiType> types)
{
    private readonly Dictionary<string, ApiType> _types = types.ToDictionary(type => type.Name);

    public ApiType? Find(string type) => _types.GetValueOrDefault(TypeText.Definition(type));

    public ApiWorld With(IEnumerable<ApiType> more) => new(_types.Values.Concat(more));

    /// <summary>
    /// The type and its bases, nearest first, each with the arguments that it has there, as far as they are known here:
    /// a base of .NET or of a package ends the chain.
    /// </summary>
    public IEnumerable<(ApiType Type, IReadOnlyList<string> Arguments)> Chain(string type)
    {
        var arguments = TypeText.Arguments(type);
        for (var current = Find(type); current is not null; current = Find(type))
        {
            yield return (current, arguments);
            type = ApiMember.Substitute(current.Base, arguments);
            arguments = TypeText.Arguments(type);
        }
    }

    /// <summary>The name of the first base that is not known here, System.Object for most.</summary>
    public string OutermostBase(string type)
    {
        var last = Chain(type).Last().Type;
        return TypeText.Definition(last.Base);
    }

    /// <summary>All interfaces of a type with their arguments, through its bases and through other interfaces.</summary>
    public IReadOnlySet<string> AllInterfaces(string type)
    {
        var found = new HashSet<string>();
        foreach (var (link, arguments) in Chain(type))
        {
            foreach (var declared in link.Interfaces)
                Add(ApiMember.Substitute(declared, arguments));
        }

        return found;

        void Add(string item)
        {
            if (!found.Add(item) || Find(item) is not { } known)
                return;
            foreach (var inherited in known.Interfaces)
                Add(ApiMember.Substitute(inherited, TypeText.Arguments(item)));
        }
    }
}
