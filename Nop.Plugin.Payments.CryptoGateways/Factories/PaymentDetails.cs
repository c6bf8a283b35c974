using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// The details of a payment in the order in which administrators read them. They contain no personal data.
/// </summary>
public static class PaymentDetails
{
    /// <summary>All details; unknown ones are left out.</summary>
    public static IList<PaymentDetailModel> Of(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
        [.. All(payment, summary, order, coin, zone).Where(fact => fact.Value is { Length: > 0 }).Select(fact => Model(fact.Name, fact.Value!, coin?.BlockExplorer))];

    /// <summary>The details shown on the order's own page.</summary>
    public static IList<PaymentDetailModel> Essentials(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
        [.. Of(payment, summary, order, coin, zone).Where(fact => fact.Name is "Reference" or "Price" or "Quoted" or "Received" or "Missing" or "Surplus" or "Transactions" or "ProviderStatus" or "Failure" or "Created" or "Paid")];

    private static IEnumerable<(string Name, string? Value)> All(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
    [
        ("Reference", payment.Reference),
        ("ExternalId", payment.KnownExternalId),
        ("Price", $"{new Money(payment.PriceAmount, payment.PriceCurrency)}"),
        ("ShopperFee", order.PaymentMethodAdditionalFeeInclTax > 0 ? $"{new Money(order.PaymentMethodAdditionalFeeInclTax, payment.PriceCurrency)}" : null),
        ("Quoted", $"{payment.QuotedForDisplay}"),
        ("Rate", Rate(payment)),
        ("Coin", payment.Coin),
        ("Due", payment.AmountToSend?.ToString()),
        ("Expected", summary.Expected == payment.QuotedForDisplay ? null : $"{summary.Expected}"),
        ("Received", summary.Received?.ToString()),
        ("Missing", summary.Remaining?.ToString()),
        ("Surplus", summary.Surplus?.ToString()),
        ("SurplusReturned", AdminText.Time(payment.SurplusReturnedOnUtc, zone)),
        ("Late", payment.LateAmount is { } late ? $"{summary.Expected with { Amount = late }}" : null),
        ("LateValue", payment.LateValue is { } value ? $"{new Money(decimal.Round(value, CurrencyDecimals.Of(payment.PriceCurrency), MidpointRounding.ToZero), payment.PriceCurrency)}" : null),
        ("Net", payment.Net?.ToString()),
        ("ProviderFee", Fee(payment, summary)),
        ("Address", payment.Address),
        ("AddressTag", payment.AddressTag),
        ("Network", payment.Network ?? coin?.Network),
        ("Transactions", payment.TransactionIds),
        ("Confirmations", payment.ConfirmationsSeen is { } seen ? string.Create(CultureInfo.InvariantCulture, $"{seen} / {payment.ConfirmationsNeeded}") : null),
        ("ProviderStatus", payment.ProviderStatus),
        ("Failure", payment.FailureReason),
        ("Created", AdminText.Time(payment.CreatedOnUtc, zone)),
        ("QuoteExpires", AdminText.Time(payment.QuoteExpiresOnUtc, zone)),
        ("Expires", AdminText.Time(payment.ExpiresOnUtc, zone)),
        ("Paid", AdminText.Time(summary.PaidOnUtc, zone)),
        ("TimeToPaid", payment.SecondsToPaid is { } seconds ? AdminText.Duration(TimeSpan.FromSeconds(seconds)) : null),
        ("NextCheck", AdminText.Time(payment.NextCheckOnUtc, zone))
    ];

    /// <summary>Addresses and transactions are links where the chain is known.</summary>
    private static PaymentDetailModel Model(string name, string value, BlockExplorer? explorer) => new(name,
        [.. value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new FactLine(line, name switch
        {
            "Address" => explorer?.ToAddress(line),
            "Transactions" => explorer?.ToTransaction(line),
            _ => null
        }))]);

    /// <summary>Price of one unit of the quote in the store's currency; null when both are the same currency.</summary>
    private static string? Rate(CryptoPayment payment) => payment.PayAmount > 0 && payment.QuotedForDisplay.Currency != payment.PriceCurrency
        ? $"1 {payment.QuotedForDisplay.Currency} = {new Money(decimal.Round(payment.PriceAmount / payment.PayAmount, 8), payment.PriceCurrency)}"
        : null;

    /// <summary>What the provider kept of the received amount. When the full quote is credited, the shopper paid the fee on top.</summary>
    private static string? Fee(CryptoPayment payment, PaymentSummary summary) => summary.Received is { } received && payment.Net is { } net && net.Currency == received.Currency
        ? $"{received with { Amount = received.Amount - net.Amount }}"
        : null;
}
