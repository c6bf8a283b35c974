using System.Reflection;
using System.Reflection.Metadata;
using CryptoGateways.Tests.ApiCompatibility.Api;

namespace CryptoGateways.Tests.ApiCompatibility.Metadata;

/// <summary>Reads the types that an assembly defines.</summary>
internal sealed class TypeDefinitions(MetadataReader reader, string assembly)
{
    public IReadOnlyList<BuiltType> Read() => [.. reader.TypeDefinitions.Select(handle => new BuiltType(Read(handle), IsVisible(handle)))];

    private ApiType Read(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var baseType = type.BaseType.IsNil ? "" : SignatureNames.Instance.GetType(reader, type.BaseType).Text;
        var interfaces = type.GetInterfaceImplementations()
            .Select(item => SignatureNames.Instance.GetType(reader, reader.GetInterfaceImplementation(item).Interface).Text);
        return new(
            assembly, SignatureNames.Instance.GetTypeFromDefinition(reader, handle).Text, Kind(type.Attributes, baseType), baseType,
            [.. interfaces],
            [
                .. type.GetMethods().Select(method => MemberSignatures.OfDefinition(reader, method)),
                .. type.GetFields().Select(field => MemberSignatures.OfDefinition(reader, field)),
            ])
        {
            ExplicitImplementations = [.. type.GetMethodImplementations().Select(ReadImplementation)],
        };
    }

    private (string DeclaringType, ApiMember Declaration) ReadImplementation(MethodImplementationHandle handle)
    {
        var declaration = reader.GetMethodImplementation(handle).MethodDeclaration;
        if (declaration.Kind == HandleKind.MemberReference)
        {
            var member = reader.GetMemberReference((MemberReferenceHandle)declaration);
            return (SignatureNames.Instance.GetType(reader, member.Parent).Text, MemberSignatures.OfReference(reader, member));
        }

        var method = (MethodDefinitionHandle)declaration;
        var declaringType = reader.GetMethodDefinition(method).GetDeclaringType();
        return (SignatureNames.Instance.GetTypeFromDefinition(reader, declaringType).Text, MemberSignatures.OfDefinition(reader, method));
    }

    private static string Kind(TypeAttributes attributes, string baseType) => (baseType, attributes) switch
    {
        (_, var flags) when flags.HasFlag(TypeAttributes.Interface) => "interface",
        ("System.Enum", _) => "enum",
        ("System.ValueType", _) => "struct",
        ("System.MulticastDelegate", _) => "delegate",
        (_, var flags) when flags.HasFlag(TypeAttributes.Abstract | TypeAttributes.Sealed) => "class,static",
        (_, var flags) when flags.HasFlag(TypeAttributes.Abstract) => "class,abstract",
        (_, var flags) when flags.HasFlag(TypeAttributes.Sealed) => "class,sealed",
        _ => "class",
    };

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(type.GetDeclaringType()),
            _ => false,
        };
    }
}
