using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// What the plugin's own pages show of the store.
/// </summary>
/// <param name="StoreName">The store's name.</param>
/// <param name="Language">The visitor's language, for instance en-US.</param>
/// <param name="IsRightToLeft">True when that language is written from right to left.</param>
public sealed record StoreLook(string StoreName, string Language, bool IsRightToLeft)
{
    /// <summary>URL of the logo in the store's settings; null when there is none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>The owner's color for buttons and links; null for the default.</summary>
    public AccentColor? Accent { get; init; }
}
