using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// A coin's price on the configuration page. What is posted back are <see cref="Coin"/> and <see cref="NewPrice"/>.
/// </summary>
public record CoinPriceModel : BaseNopModel
{
    public string Coin { get; set; } = string.Empty;

    /// <summary>The price of one coin with its currency; null when there is none.</summary>
    public string? Price { get; set; }

    /// <summary>When the price was entered, in UTC.</summary>
    public string? AsOf { get; set; }

    /// <summary>The price is too old to be quoted from.</summary>
    public bool IsStale { get; set; }

    /// <summary>
    /// A price to take from now on, as entered; empty to keep the one that is there. It is text, and not a decimal, because the
    /// platform would read a decimal by the admin's culture: "1.234" may be a thousand there.
    /// </summary>
    public string? NewPrice { get; set; }
}
