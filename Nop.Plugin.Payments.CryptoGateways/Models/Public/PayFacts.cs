namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// What a shopper can look up about a payment once it was detected.
/// </summary>
public sealed record PayFacts
{
    public required string GatewayName { get; init; }

    /// <summary>True for a payment without real value.</summary>
    public bool IsTest { get; init; }

    /// <summary>Name of the coin, with its network.</summary>
    public required string CoinName { get; init; }

    /// <summary>The amount requested, in the page's culture; null where the page shows it elsewhere.</summary>
    public string? Amount { get; init; }

    /// <summary>The amount received, in the page's culture; null when it is the amount requested or unknown.</summary>
    public string? Received { get; init; }

    /// <summary>Price and rate; null when the order no longer exists.</summary>
    public PayPrice? Price { get; init; }

    /// <summary>Transactions on the blockchain.</summary>
    public IReadOnlyList<PayTransaction> Transactions { get; init; } = [];

    /// <summary>Confirmations seen; null when the provider does not count them.</summary>
    public int? Confirmations { get; init; }

    /// <summary>Minutes that payments in this coin usually take to be confirmed; null when that is unknown or over.</summary>
    public int? UsualMinutes { get; init; }
}

/// <summary>
/// A transaction on the blockchain.
/// </summary>
/// <param name="Id">Transaction ID as the provider states it.</param>
/// <param name="Url">Its page in a block explorer; null when the chain is unknown.</param>
public sealed record PayTransaction(string Id, string? Url);

/// <summary>
/// The receipt of a paid payment.
/// </summary>
public record ReceiptModel : PayLayoutModel
{
    public required string Token { get; init; }

    public required string OrderNumber { get; init; }

    public required PayFacts Facts { get; init; }

    /// <summary>When the payment was complete, in the reader's time zone.</summary>
    public required string PaidOn { get; init; }
}

/// <summary>
/// A coin amount in the order's currency, formatted as the store formats prices.
/// </summary>
/// <param name="Fiat">What the coin amount is worth at the quoted rate.</param>
/// <param name="Rate">The quoted rate, such as "1 BTC = $65,000.00"; null when the payment is not quoted in coins.</param>
public sealed record PayPrice(string Fiat, string? Rate);
