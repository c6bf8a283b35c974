namespace CryptoGateways.Tests.ApiCompatibility.Views;

/// <summary>An element of a view with the names of its attributes.</summary>
public sealed record ViewElement(string Name, IReadOnlyList<string> Attributes)
{
    public override string ToString() => $"<{Name}>";
}
