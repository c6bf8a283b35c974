namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// One way to pay, as it is shown.
/// </summary>
/// <param name="Choice">Value of the form field.</param>
/// <param name="CoinCode">Code of the coin; null for what is not one coin.</param>
/// <param name="CoinName">Name of the coin.</param>
/// <param name="GatewayName">Name of the provider.</param>
/// <param name="Amount">What will be asked for, with the coin's code or the store's currency.</param>
/// <param name="IsSelected">Chosen unless the shopper chooses another.</param>
public sealed record OfferModel(string Choice, string? CoinCode, string CoinName, string GatewayName, string Amount, bool IsSelected)
{
    /// <summary>The store's fee for this way, as the shopper is shown prices; null when there is none.</summary>
    public string? Fee { get; init; }

    /// <summary>Name of the coin's picture.</summary>
    public required string Icon { get; init; }

    /// <summary>Where the picture lies, from the store's root.</summary>
    public string IconUrl => $"~/Plugins/{CryptoGatewaysDefaults.SystemName}/Content/coins/{Icon}.svg";
}
