using Nop.Core;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Reads which cards an administrator has collapsed. The platform's script stores that as attributes of the administrator.
/// </summary>
public class CollapsedCards(IGenericAttributeService attributes, IWorkContext workContext)
{
    /// <summary>Prefix of the attribute names.</summary>
    public const string Prefix = "CryptoGateways.Hide.";

    /// <summary>Name of a card's attribute.</summary>
    public static string AttributeOf(string card) => Prefix + card;

    /// <param name="card">Name of the card.</param>
    /// <param name="defaultValue">For an administrator who never opened or closed the card.</param>
    public async Task<bool> IsCollapsedAsync(string card, bool defaultValue) =>
        await attributes.GetAttributeAsync(await workContext.GetCurrentCustomerAsync(), AttributeOf(card), 0, defaultValue);
}
