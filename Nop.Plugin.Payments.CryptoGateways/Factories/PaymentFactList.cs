using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// What is known about a payment, in the order in which the administrator reads it. Nothing of it is about a person.
/// </summary>
public static class PaymentFactList
{
    /// <summary>All of it; what is not known is left out.</summary>
    public static IList<PaymentDetailModel> Of(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin) =>
        [.. All(payment, summary, order, coin).Where(fact => fact.Value is { Length: > 0 }).Select(fact => Model(fact.Name, fact.Value!, coin?.BlockExplorer))];

    /// <summary>The few that the order's own page shows.</summary>
    public static IList<PaymentDetailModel> Essentials(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin) =>
        [.. Of(payment, summary, order, coin).Where(fact => fact.Name is "Reference" or "Price" or "Quoted" or "Received" or "Missing" or "Surplus" or "Transactions" or "ProviderStatus" or "Failure" or "Created" or "Paid")];

    private static IEnumerable<(string Name, string? Value)> All(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin) =>
    [
        ("Reference", payment.Reference),
        ("ExternalId", payment.KnownExternalId),
        ("Price", $"{new Money(payment.PriceAmount, payment.PriceCurrency)}"),
        ("ShopperFee", order.PaymentMethodAdditionalFeeInclTax > 0 ? $"{new Money(order.PaymentMethodAdditionalFeeInclTax, payment.PriceCurrency)}" : null),
        ("Quoted", $"{payment.Asked}"),
        ("Rate", Rate(payment)),
        ("Coin", payment.Coin),
        ("Due", payment.Due?.ToString()),
        ("Expected", summary.Expected == payment.Asked ? null : $"{summary.Expected}"),
        ("Received", summary.Received?.ToString()),
        ("Missing", summary.Remaining?.ToString()),
        ("Surplus", summary.Surplus?.ToString()),
        ("SurplusReturned", Utc(payment.SurplusReturnedOnUtc)),
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
        ("Created", Utc(payment.CreatedOnUtc)),
        ("QuoteExpires", Utc(payment.QuoteExpiresOnUtc)),
        ("Expires", Utc(payment.ExpiresOnUtc)),
        ("Paid", Utc(summary.PaidOnUtc)),
        ("TimeToPaid", payment.SecondsToPaid is { } seconds ? AdminText.Duration(TimeSpan.FromSeconds(seconds)) : null),
        ("NextCheck", Utc(payment.NextCheckOnUtc))
    ];

    /// <summary>Addresses and transactions are links where the chain is known.</summary>
    private static PaymentDetailModel Model(string name, string value, BlockExplorer? explorer) => new(name,
        [.. value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new FactLine(line, name switch
        {
            "Address" => explorer?.ToAddress(line),
            "Transactions" => explorer?.ToTransaction(line),
            _ => null
        }))]);

    /// <summary>What one unit of the quote cost in the store's currency; nothing where both are counted in the same.</summary>
    private static string? Rate(CryptoPayment payment) => payment.PayAmount > 0 && payment.Asked.Currency != payment.PriceCurrency
        ? $"1 {payment.Asked.Currency} = {new Money(decimal.Round(payment.PriceAmount / payment.PayAmount, 8), payment.PriceCurrency)}"
        : null;

    /// <summary>What the provider kept of what arrived. When the quote is credited whole, the shopper paid it on top.</summary>
    private static string? Fee(CryptoPayment payment, PaymentSummary summary) => summary.Received is { } received && payment.Net is { } net && net.Currency == received.Currency
        ? $"{received with { Amount = received.Amount - net.Amount }}"
        : null;

    private static string? Utc(DateTime? time) => time is null ? null : $"{AdminText.Time(time)} UTC";
}
