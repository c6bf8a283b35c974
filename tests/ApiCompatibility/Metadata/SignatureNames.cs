using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace CryptoGateways.Tests.ApiCompatibility.Metadata;

/// <summary>Spells the types of signatures in the manifest's notation.</summary>
public sealed class SignatureNames : ISignatureTypeProvider<TypeName, object?>
{
    public static SignatureNames Instance { get; } = new();

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) => new($"System.{typeCode}");

    public TypeName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind = 0)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? GetTypeFromDefinition(reader, outer).Append($"+{name}")
            : new(Qualified(reader.GetString(type.Namespace), name));
    }

    public TypeName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind = 0)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope).Append($"+{name}"),
            HandleKind.AssemblyReference => new(
                Qualified(reader.GetString(type.Namespace), name),
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
            _ => new(Qualified(reader.GetString(type.Namespace), name)),
        };
    }

    public TypeName GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind = 0) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>Whatever a handle of a base type, an interface or a member's parent names.</summary>
    public TypeName GetType(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle),
        _ => throw new BadImageFormatException($"A {handle.Kind} is no type."),
    };

    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) =>
        genericType.Append($"<{string.Join(',', typeArguments.Select(argument => argument.Text))}>");

    public TypeName GetGenericTypeParameter(object? genericContext, int index) => new($"!{index}");

    public TypeName GetGenericMethodParameter(object? genericContext, int index) => new($"!!{index}");

    public TypeName GetSZArrayType(TypeName elementType) => new($"{elementType.Text}[]");

    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) => new($"{elementType.Text}[{new string(',', shape.Rank - 1)}]");

    public TypeName GetByReferenceType(TypeName elementType) => elementType.Append("&");

    public TypeName GetPointerType(TypeName elementType) => elementType.Append("*");

    public TypeName GetPinnedType(TypeName elementType) => elementType;

    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => new("function pointer");

    /// <summary>A required modifier (such as that of an init accessor) is part of what the runtime matches; the manifest's members have none.</summary>
    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) =>
        isRequired ? unmodifiedType.Append($" modreq {modifier.Text}") : unmodifiedType;

    private static string Qualified(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}.{name}";
}
