using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Copies the provider's data, apart from the status, into an attempt. All texts were sanitized by <see cref="ExternalText"/>.
/// </summary>
public static class ProviderFacts
{
    /// <summary>
    /// Smaller changes of the expiry are ignored: the provider's clock skew is known to the minute, see <see cref="GatewayResponse.ClockAheadBy"/>.
    /// </summary>
    private static readonly TimeSpan _clockError = TimeSpan.FromMinutes(2);

    public static void Apply(CryptoPayment payment, CreatedPayment created)
    {
        if (created.ExternalId is { } id)
            payment.ExternalId = id;
        payment.ProviderStatus = created.ProviderStatus;
        payment.ExpiresOnUtc = created.ExpiresOnUtc;
        payment.ConfirmationsNeeded = created.ConfirmationsNeeded;
        ApplyPage(payment, created.CheckoutUrl, created.PayTo);
    }

    /// <param name="payment">The attempt.</param>
    /// <param name="provider">The provider's response, fetched with the store's own key and consistent with the quote.</param>
    public static void Apply(CryptoPayment payment, ProviderPayment provider)
    {
        payment.ProviderStatus = provider.StatusText;
        payment.ProviderAnswer = provider.Answer;
        // A known id stays: another one is a contradiction at this check and every later one.
        if (payment.KnownExternalId is null && provider.ExternalId is { } id && provider.Reference == payment.Reference)
            payment.ExternalId = id;
        if (!((provider.ExpiresOnUtc - payment.ExpiresOnUtc)?.Duration() < _clockError))
            payment.ExpiresOnUtc = provider.ExpiresOnUtc ?? payment.ExpiresOnUtc;
        payment.ConfirmationsSeen = provider.ConfirmationsSeen ?? payment.ConfirmationsSeen;
        payment.ConfirmationsNeeded = provider.ConfirmationsNeeded ?? payment.ConfirmationsNeeded;
        if (ExternalText.JoinLines(provider.TransactionIds, TextLengths.TransactionIds) is { Length: > 0 } transactions)
            payment.TransactionIds = transactions;
        if (provider.Received is { } received && (received.Amount > 0 || payment.ReceivedAmount is not null)
            && string.Equals(received.Currency, provider.Expected?.Currency ?? payment.PayCurrency, StringComparison.OrdinalIgnoreCase))
            ApplyReceivedAmount(payment, received.Amount, provider.Expected);
        else if (payment.ReceivedAmount is null && provider.Expected is { } expected)
            (payment.ExpectedAmount, payment.ReceivedCurrency) = (expected.Amount, expected.Currency);
        payment.RefundedAmount = provider.Refunded?.Amount ?? payment.RefundedAmount;
        payment.IsReserved = provider.Status == ProviderStatus.Authorized;
        if (provider.Net is { } net)
            ApplyNetAmount(payment, net);
    }

    /// <summary>Sets the amount received together with its unit.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="amount">The amount received, in the unit of <paramref name="expected"/>.</param>
    /// <param name="expected">The total that the provider expects; null when it counts in the unit of the quote.</param>
    public static void ApplyReceivedAmount(CryptoPayment payment, decimal amount, Money? expected) =>
        (payment.ReceivedAmount, payment.ExpectedAmount, payment.ReceivedCurrency) = (amount, expected?.Amount, expected?.Currency);

    /// <summary>Sets the page of a payment whose create response was lost, unless the provider's address is invalid.</summary>
    public static void ApplyPage(CryptoPayment payment, ProviderPayment provider)
    {
        if (provider.AddressFault is { } fault)
            payment.FailureReason = $"{GatewayFault.BadAddress}: answered with {fault}";
        if (!payment.IsOnHold)
            ApplyPage(payment, provider.CheckoutUrl, provider.PayTo);
    }

    private static void ApplyPage(CryptoPayment payment, Uri? page, PayTo? payTo)
    {
        payment.CheckoutUrl = page?.AbsoluteUri;
        payment.Address = payTo?.Address;
        payment.AddressTag = payTo?.Tag;
        payment.DueAmount = payTo?.Due.Amount;
    }

    public static void ApplyNetAmount(CryptoPayment payment, Money net)
    {
        payment.NetAmount = net.Amount;
        payment.NetCurrency = net.Currency;
    }
}
