using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Takes over into an attempt what its provider tells, beside the status. All of it has gone through <see cref="ExternalText"/>.
/// </summary>
public static class ProviderFacts
{
    /// <summary>
    /// An expiry that moved by less did not move: the skew of the provider's clock is known to a minute, see <see cref="GatewayAnswer.ClockAheadBy"/>.
    /// </summary>
    private static readonly TimeSpan _clockError = TimeSpan.FromMinutes(2);

    public static void Take(CryptoPayment payment, CreatedPayment created)
    {
        if (created.ExternalId is { } id)
            payment.ExternalId = id;
        payment.ProviderStatus = created.ProviderStatus;
        payment.ExpiresOnUtc = created.ExpiresOnUtc;
        payment.ConfirmationsNeeded = created.ConfirmationsNeeded;
        TakePage(payment, created.CheckoutUrl, created.PayTo);
    }

    /// <param name="payment">The attempt.</param>
    /// <param name="provider">The provider's answer, fetched with the store's own key and not contradicting the quote.</param>
    public static void Take(CryptoPayment payment, ProviderPayment provider)
    {
        payment.ProviderStatus = provider.StatusText;
        payment.ProviderAnswer = provider.Answer;
        // An id that was learnt once stays: another one is a contradiction at this look and at each that follows.
        if (payment.KnownExternalId is null && provider.ExternalId is { } id && provider.Reference == payment.Reference)
            payment.ExternalId = id;
        if (!((provider.ExpiresOnUtc - payment.ExpiresOnUtc)?.Duration() < _clockError))
            payment.ExpiresOnUtc = provider.ExpiresOnUtc ?? payment.ExpiresOnUtc;
        payment.ConfirmationsSeen = provider.ConfirmationsSeen ?? payment.ConfirmationsSeen;
        payment.ConfirmationsNeeded = provider.ConfirmationsNeeded ?? payment.ConfirmationsNeeded;
        if (ExternalText.Lines(provider.TransactionIds, TextLengths.TransactionIds) is { Length: > 0 } transactions)
            payment.TransactionIds = transactions;
        if (provider.Received is { } received && (received.Amount > 0 || payment.ReceivedAmount is not null)
            && string.Equals(received.Currency, provider.Expected?.Currency ?? payment.PayCurrency, StringComparison.OrdinalIgnoreCase))
            TakeReceived(payment, received.Amount, provider.Expected);
        else if (payment.ReceivedAmount is null && provider.Expected is { } expected)
            (payment.ExpectedAmount, payment.ReceivedCurrency) = (expected.Amount, expected.Currency);
        payment.RefundedAmount = provider.Refunded?.Amount ?? payment.RefundedAmount;
        payment.IsReserved = provider.Status == ProviderStatus.Authorized;
        if (provider.Net is { } net)
            TakeNet(payment, net);
    }

    /// <summary>Stores what arrived, always together with the unit that it is counted in.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="amount">What arrived, in the unit of <paramref name="expected"/>.</param>
    /// <param name="expected">What the provider asks for in all; null when it counts in the unit of the quote.</param>
    public static void TakeReceived(CryptoPayment payment, decimal amount, Money? expected) =>
        (payment.ReceivedAmount, payment.ExpectedAmount, payment.ReceivedCurrency) = (amount, expected?.Amount, expected?.Currency);

    /// <summary>The page of a payment whose create answer was lost; none for one whose provider gives a bad address.</summary>
    public static void TakePage(CryptoPayment payment, ProviderPayment provider)
    {
        if (provider.AddressFault is { } fault)
            payment.FailureReason = $"{GatewayFault.BadAddress}: answered with {fault}";
        if (!payment.IsOnHold)
            TakePage(payment, provider.CheckoutUrl, provider.PayTo);
    }

    private static void TakePage(CryptoPayment payment, Uri? page, PayTo? payTo)
    {
        payment.CheckoutUrl = page?.AbsoluteUri;
        payment.Address = payTo?.Address;
        payment.AddressTag = payTo?.Tag;
        payment.DueAmount = payTo?.Due.Amount;
    }

    public static void TakeNet(CryptoPayment payment, Money net)
    {
        payment.NetAmount = net.Amount;
        payment.NetCurrency = net.Currency;
    }
}
