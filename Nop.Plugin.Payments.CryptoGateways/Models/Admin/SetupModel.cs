using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The first set-up as a short path: choose a provider, paste its keys, try them, copy the webhook address, switch on.
/// </summary>
public record SetupModel : BaseNopModel
{
    /// <summary>The providers, as system name and name.</summary>
    public IList<(string SystemName, string Name)> Providers { get; set; } = [];

    /// <summary>The chosen provider, with the fields that it cannot do without.</summary>
    public GatewayCardModel Setup { get; set; } = new();

    /// <summary>A provider is ready and the payment method is active: a test order is what is left.</summary>
    public bool IsDone { get; set; }

    /// <summary>Where a test order is placed.</summary>
    public string StoreUrl { get; set; } = string.Empty;
}
