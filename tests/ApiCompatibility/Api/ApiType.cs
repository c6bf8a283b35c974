namespace CryptoGateways.Tests.ApiCompatibility.Api;

/// <summary>A type as the manifest or an assembly's metadata tells it.</summary>
/// <param name="Name">Namespace.Outer+Inner`arity, without type arguments.</param>
/// <param name="Kind">class, struct, interface, enum or delegate, with abstract, sealed or static after a comma.</param>
/// <param name="Base">The base type with its arguments; empty for interfaces.</param>
public sealed record ApiType(
    string Assembly, string Name, string Kind, string Base, IReadOnlyList<string> Interfaces, IReadOnlyList<ApiMember> Members)
{
    public bool IsInterface => Kind == "interface";

    public bool IsAbstract => Kind is "class,abstract" or "class,static" or "interface";

    public bool IsSealed => Kind is not ("class" or "class,abstract" or "interface");

    /// <summary>Methods whose implementation is named explicitly: the declaring type with its arguments, and the member as declared there.</summary>
    public IReadOnlyList<(string DeclaringType, ApiMember Declaration)> ExplicitImplementations { get; init; } = [];

    public override string ToString() => Name;
}
