using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Expresses coin amounts of a payment in the order's currency, at the quoted rate.
/// </summary>
public class PayPriceFactory(DisplayedTotals totals)
{
    /// <summary>The price of a whole payment; null without an order.</summary>
    public async Task<PayPrice?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order) =>
        order is null ? null : new PayPrice(await totals.OfOrderAsync(order, payment.PriceAmount), await RateAsync(payment, summary, order));

    /// <summary>The price of a part of it; null without an order, or when the payment is not quoted in coins.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="order">Its order.</param>
    /// <param name="part">An amount in units of the coin.</param>
    public async Task<PayPrice?> OfAsync(CryptoPayment payment, PaymentSummary summary, Order? order, Money part) =>
        order is null || CoinsOf(payment, summary) is not { Amount: > 0 } whole ? null
        : new PayPrice(await totals.OfOrderAsync(order, payment.PriceAmount * (part.Amount / whole.Amount)), await RateAsync(payment, summary, order));

    /// <summary>The quoted amount in units of the coin; null when the quote is a fiat amount.</summary>
    private static Money? CoinsOf(CryptoPayment payment, PaymentSummary summary) =>
        payment.AmountToSend ?? (summary.IsCoin(payment.Expected) ? payment.Expected : null);

    private async Task<string?> RateAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        if (CoinsOf(payment, summary) is not { Amount: > 0 } coins)
            return null;

        var units = UnitsOf(payment.PriceAmount * order.CurrencyRate / coins.Amount);
        var price = await totals.OfOrderAsync(order, payment.PriceAmount * units / coins.Amount);
        return $"{units.ToString("N0", CultureInfo.CurrentCulture)} {summary.Symbol} = {price}";
    }

    /// <summary>The units of the coin to price: 1, or 10, 100 and so on for a coin that is worth less than one unit of the currency.</summary>
    private static int UnitsOf(decimal price)
    {
        var units = 1;
        while (decimal.Round(price * units, 2) < 1m && units < 1_000_000)
            units *= 10;
        return units;
    }
}
