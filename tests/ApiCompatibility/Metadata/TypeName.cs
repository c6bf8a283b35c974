using CryptoGateways.Tests.ApiCompatibility.Api;

namespace CryptoGateways.Tests.ApiCompatibility.Metadata;

/// <summary>A type as metadata names it: its text in the manifest's notation, and the assembly that its definition is looked for in.</summary>
/// <param name="Assembly">Empty for the assembly read, and for type parameters and primitive types.</param>
public readonly record struct TypeName(string Text, string Assembly = "")
{
    public string Definition => TypeText.Definition(Text);

    public TypeName Append(string suffix) => this with { Text = Text + suffix };
}
