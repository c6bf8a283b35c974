using System.Globalization;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.ApiCompatibility.Api;

/// <summary>A method, constructor, accessor or field, with types as texts in the manifest's notation.</summary>
/// <param name="Access">public, protected, or private for all that another assembly cannot see.</param>
/// <param name="Slot">Empty, or one of static, abstract, virtual, override, final.</param>
/// <param name="Arity">How many type parameters of its own the method has.</param>
/// <param name="Parameters">Types of the parameters, separated by semicolons; null for a field.</param>
/// <param name="Result">The return type, or the field's type.</param>
/// <param name="Constant">The value of a constant or enum member, which compilers copy into the caller.</param>
public sealed partial record ApiMember(
    string Access, string Slot, string Name, int Arity, string? Parameters, string Result, string? Constant = null)
{
    /// <summary>Values of optional parameters, which compilers copy into the caller too: 1=null;3=True, counted from 1.</summary>
    public string Defaults { get; init; } = "";

    public bool IsStatic => Slot == "static";

    public bool IsAbstract => Slot == "abstract";

    /// <summary>Whether it has a slot that an implementation or an override can fill.</summary>
    public bool IsVirtual => Slot is "abstract" or "virtual" or "override" or "final";

    public bool IsConstructor => Name is ".ctor" or ".cctor";

    /// <summary>What the runtime matches a reference, an override or an implementation by.</summary>
    public string Signature => Parameters is null
        ? $"{Result} {Name}"
        : $"{Result} {Name}{(Arity > 0 ? $"`{Arity}" : "")}({Parameters})";

    public ApiMember With(IReadOnlyList<string> typeArguments) => this with
    {
        Parameters = Parameters is null ? null : Substitute(Parameters, typeArguments),
        Result = Substitute(Result, typeArguments),
    };

    /// <summary>Puts arguments in the place of a type's own parameters; without arguments they stay, as a method's own (!!0) do.</summary>
    public static string Substitute(string type, IReadOnlyList<string> typeArguments) => typeArguments.Count == 0
        ? type
        : TypeParameter().Replace(type, match => typeArguments[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);

    [GeneratedRegex(@"(?<!!)!(\d+)")]
    private static partial Regex TypeParameter();

    public override string ToString() => Signature;
}
