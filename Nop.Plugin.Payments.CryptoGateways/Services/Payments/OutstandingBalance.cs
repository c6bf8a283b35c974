using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What an order still owes after attempts that brought a part of it: the next attempt asks for the rest only, and pays the order
/// together with them. Pure.
/// </summary>
public static class OutstandingBalance
{
    /// <summary>The attempt is over and brought less than was asked for; it no longer stands in the way of another.</summary>
    public static bool IsPartialPayment(CryptoPayment attempt) =>
        attempt is { Status: CryptoPaymentStatus.Underpaid, ReceivedAmount: > 0 } && ValueOf(attempt) is { } worth && worth < attempt.PriceAmount;

    /// <summary>What arrived is worth, in the currency of the price; null when coins came late and no price of that moment is known.</summary>
    /// <param name="price">What was asked for, in the currency of the price.</param>
    /// <param name="expected">The same in the unit of the receipts.</param>
    /// <param name="received">What arrived, in the unit of the receipts.</param>
    /// <param name="funds">What of it came after the quote had expired.</param>
    public static Fraction? ValueOf(decimal price, decimal expected, decimal received, FundsRecord funds) => funds switch
    {
        { LateAmount: null } => (Fraction)price * received / expected,
        { LateAmount: { } late, LateValue: { } value } => (Fraction)price * (received - late) / expected + value,
        _ => null
    };

    /// <summary>The same of an attempt; null also while nothing arrived.</summary>
    public static Fraction? ValueOf(CryptoPayment attempt) =>
        attempt.ReceivedAmount is { } received ? ValueOf(attempt.PriceAmount, attempt.Expected.Amount, received, FundsRecord.Of(attempt)) : null;

    /// <summary>What such attempts are worth in the currency of the order's total. A part of a price is rounded down.</summary>
    /// <param name="attempts">Attempts of one order.</param>
    /// <param name="currency">ISO 4217 code of the order's total; attempts that were priced in another are worth nothing here.</param>
    public static decimal TotalValueOf(IEnumerable<CryptoPayment> attempts, string currency) => attempts
        .Where(attempt => IsPartialPayment(attempt) && attempt.PriceCurrency == currency)
        .Sum(attempt => ValueOf(attempt)?.RoundDown(CurrencyDecimals.Of(currency)) ?? 0m);
}
