using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using CryptoGateways.Tests.ApiCompatibility.Api;

namespace CryptoGateways.Tests.ApiCompatibility.Metadata;

/// <summary>Reads members out of metadata in the manifest's notation.</summary>
internal static class MemberSignatures
{
    /// <summary>A reference tells neither access nor slot, only whether the member is static.</summary>
    public static ApiMember OfReference(MetadataReader reader, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
            return new("", "", name, 0, null, member.DecodeFieldSignature(SignatureNames.Instance, null).Text);

        var signature = member.DecodeMethodSignature(SignatureNames.Instance, null);
        return OfMethod("", signature.Header.IsInstance ? "" : "static", name, signature);
    }

    public static ApiMember OfDefinition(MetadataReader reader, MethodDefinitionHandle handle)
    {
        var method = reader.GetMethodDefinition(handle);
        return OfMethod(
            Access(method.Attributes), Slot(method.Attributes), reader.GetString(method.Name),
            method.DecodeSignature(SignatureNames.Instance, null)) with
        { Defaults = Defaults(reader, method) };
    }

    public static ApiMember OfDefinition(MetadataReader reader, FieldDefinitionHandle handle)
    {
        var field = reader.GetFieldDefinition(handle);
        return new(
            Access((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask)),
            field.Attributes.HasFlag(FieldAttributes.Static) ? "static" : "",
            reader.GetString(field.Name), 0, null, field.DecodeSignature(SignatureNames.Instance, null).Text,
            field.GetDefaultValue() is { IsNil: false } constant ? Value(reader, constant) : null);
    }

    private static ApiMember OfMethod(string access, string slot, string name, MethodSignature<TypeName> signature) =>
        new(access, slot, name, signature.GenericParameterCount,
            string.Join(';', signature.ParameterTypes.Select(type => type.Text)), signature.ReturnType.Text);

    private static string Defaults(MetadataReader reader, MethodDefinition method) => string.Join(';',
        from handle in method.GetParameters()
        let parameter = reader.GetParameter(handle)
        let value = parameter.GetDefaultValue()
        where !value.IsNil
        select $"{parameter.SequenceNumber}={Value(reader, value)}");

    private static string Access(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public => "public",
        MethodAttributes.Family or MethodAttributes.FamORAssem => "protected",
        _ => "private",
    };

    private static string Slot(MethodAttributes attributes) =>
        attributes.HasFlag(MethodAttributes.Static) ? "static"
        : attributes.HasFlag(MethodAttributes.Abstract) ? "abstract"
        : attributes.HasFlag(MethodAttributes.Final) ? "final"
        : !attributes.HasFlag(MethodAttributes.Virtual) ? ""
        : attributes.HasFlag(MethodAttributes.NewSlot) ? "virtual" : "override";

    private static string Value(MetadataReader reader, ConstantHandle handle)
    {
        var constant = reader.GetConstant(handle);
        var value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("|", @"\u007c", StringComparison.Ordinal);
    }
}
