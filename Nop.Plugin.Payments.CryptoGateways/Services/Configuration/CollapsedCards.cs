namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Names of the attributes in which the platform's script stores which cards an administrator has collapsed.
/// </summary>
public static class CollapsedCards
{
    /// <summary>Prefix of the attribute names.</summary>
    public const string Prefix = "CryptoGateways.Hide.";

    /// <summary>Name of a card's attribute.</summary>
    public static string AttributeOf(string card) => Prefix + card;
}
