using Nop.Core;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Which cards an administrator has closed: the platform's script keeps it as an attribute of the administrator.
/// </summary>
public class CollapsedCards(IGenericAttributeService attributes, IWorkContext workContext)
{
    /// <summary>How the names of the attributes begin.</summary>
    public const string Prefix = "CryptoGateways.Hide.";

    /// <summary>Name of the attribute.</summary>
    public static string AttributeOf(string card) => Prefix + card;

    /// <param name="card">Name of the card.</param>
    /// <param name="otherwise">What counts for an administrator who never touched it.</param>
    public async Task<bool> IsCollapsedAsync(string card, bool otherwise) =>
        await attributes.GetAttributeAsync(await workContext.GetCurrentCustomerAsync(), AttributeOf(card), 0, otherwise);
}
