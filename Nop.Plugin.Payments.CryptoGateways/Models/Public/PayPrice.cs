namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// A coin amount in the order's currency, formatted as the store formats prices.
/// </summary>
/// <param name="Fiat">What the coin amount is worth at the quoted rate.</param>
/// <param name="Rate">The quoted rate, such as "1 BTC = $65,000.00"; null when the payment is not quoted in coins.</param>
public sealed record PayPrice(string Fiat, string? Rate);
