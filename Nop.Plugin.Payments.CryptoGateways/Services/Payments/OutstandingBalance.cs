using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The outstanding balance of an order after partial payments: the next attempt requests only the balance and pays the order
/// together with them. Pure functions.
/// </summary>
public static class OutstandingBalance
{
    /// <summary>True when the attempt ended with less than its price and does not block another attempt.</summary>
    public static bool IsPartialPayment(CryptoPayment attempt) =>
        attempt is { Status: CryptoPaymentStatus.Underpaid, ReceivedAmount: > 0 } && ValueOf(attempt) is { } worth && worth < attempt.PriceAmount;

    /// <summary>The value received, in the currency of the price; null when funds arrived late and no price of that moment is known.</summary>
    /// <param name="price">The price of the attempt.</param>
    /// <param name="expected">The price in the unit of the receipts.</param>
    /// <param name="received">The amount received, in the unit of the receipts.</param>
    /// <param name="funds">The part that arrived after the quote expired.</param>
    public static Fraction? ValueOf(decimal price, decimal expected, decimal received, FundsRecord funds) => funds switch
    {
        { LateAmount: null } => (Fraction)price * received / expected,
        { LateAmount: { } late, LateValue: { } value } => (Fraction)price * (received - late) / expected + value,
        _ => null
    };

    /// <summary>The value that an attempt received; null also while nothing was received.</summary>
    public static Fraction? ValueOf(CryptoPayment attempt) =>
        attempt.ReceivedAmount is { } received ? ValueOf(attempt.PriceAmount, attempt.Expected.Amount, received, FundsRecord.Of(attempt)) : null;

    /// <summary>The value of all partial payments, in the currency of the order's total. Each is rounded down.</summary>
    /// <param name="attempts">Attempts of one order.</param>
    /// <param name="currency">ISO 4217 code of the order's total; attempts priced in another currency do not count.</param>
    public static decimal TotalValueOf(IEnumerable<CryptoPayment> attempts, string currency) => attempts
        .Where(attempt => IsPartialPayment(attempt) && attempt.PriceCurrency == currency)
        .Sum(attempt => ValueOf(attempt)?.RoundDown(CurrencyDecimals.Of(currency)) ?? 0m);
}
