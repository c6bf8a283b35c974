using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CryptoGateways.Tests.ApiCompatibility.Api;

namespace CryptoGateways.Tests.ApiCompatibility.Metadata;

/// <summary>What a dll says of itself, read from its metadata without loading it.</summary>
public sealed class BuiltAssembly
{
    private readonly MetadataReader _reader;

    public BuiltAssembly(byte[] dll)
    {
        _reader = new PEReader(ImmutableArray.Create(dll)).GetMetadataReader();
        Name = _reader.GetAssemblyDefinition().GetAssemblyName();
        References = [.. _reader.AssemblyReferences.Select(handle => _reader.GetAssemblyReference(handle).GetAssemblyName())];
        NamedTypes = [.. _reader.TypeReferences.Select(handle => SignatureNames.Instance.GetTypeFromReference(_reader, handle))];
        NamedMembers = [.. _reader.MemberReferences.Select(ReadReference)];
        Types = new TypeDefinitions(_reader, Name.Name!).Read();
    }

    public static BuiltAssembly Read(string path) => new(File.ReadAllBytes(path));

    public AssemblyName Name { get; }

    public IReadOnlyList<AssemblyName> References { get; }

    /// <summary>Every type of another assembly that the dll names anywhere.</summary>
    public IReadOnlyList<TypeName> NamedTypes { get; }

    /// <summary>Every member of another assembly's types (or of generic types' instances) that the dll names anywhere.</summary>
    public IReadOnlyList<NamedMember> NamedMembers { get; }

    public IReadOnlyList<BuiltType> Types { get; }

    private NamedMember ReadReference(MemberReferenceHandle handle)
    {
        var member = _reader.GetMemberReference(handle);
        var parent = member.Parent.Kind == HandleKind.MethodDefinition
            ? default
            : SignatureNames.Instance.GetType(_reader, member.Parent);
        return new(parent, MemberSignatures.OfReference(_reader, member));
    }

}

/// <summary>A member named by a dll, with its type.</summary>
public readonly record struct NamedMember(TypeName Parent, ApiMember Member);

/// <summary>A type of the dll itself, with what of it other assemblies can see.</summary>
public readonly record struct BuiltType(ApiType Type, bool IsVisible);
