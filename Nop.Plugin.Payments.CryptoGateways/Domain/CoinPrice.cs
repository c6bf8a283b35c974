using Nop.Core;

namespace Nop.Plugin.Payments.CryptoGateways.Domain;

/// <summary>
/// The price of one coin in a currency. The pair is unique.
/// </summary>
public class CoinPrice : BaseEntity
{
    /// <summary>The <see cref="Source"/> of a price that was entered on the configuration page.</summary>
    public const string Owner = "owner";

    /// <summary>Code of the coin.</summary>
    public string Coin { get; set; } = string.Empty;

    /// <summary>ISO 4217 code of the currency of <see cref="Price"/>.</summary>
    public string Currency { get; set; } = string.Empty;

    /// <summary>The price of one coin.</summary>
    public decimal Price { get; set; }

    public DateTime AsOfUtc { get; set; }

    /// <summary>The source of the price: the store owner, or a gateway's system name.</summary>
    public string Source { get; set; } = string.Empty;
}
