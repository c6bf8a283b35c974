using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Takes over into an attempt what its provider tells, beside the status. All of it has gone through <see cref="ExternalText"/>.
/// </summary>
public static class ProviderFacts
{
    /// <summary>
    /// An expiry that moved by less did not move: the skew of the provider's clock is known to a minute, see <see cref="GatewayResponse.ClockAheadBy"/>.
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
    /// <param name="provider">The provider's answer, fetched with the store's own key and not contradicting the quote.</param>
    public static void Apply(CryptoPayment payment, ProviderPayment provider)
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

    /// <summary>Stores what arrived, always together with the unit that it is counted in.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="amount">What arrived, in the unit of <paramref name="expected"/>.</param>
    /// <param name="expected">What the provider asks for in all; null when it counts in the unit of the quote.</param>
    public static void ApplyReceivedAmount(CryptoPayment payment, decimal amount, Money? expected) =>
        (payment.ReceivedAmount, payment.ExpectedAmount, payment.ReceivedCurrency) = (amount, expected?.Amount, expected?.Currency);

    /// <summary>The page of a payment whose create answer was lost; none for one whose provider gives a bad address.</summary>
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

/// <summary>
/// When an attempt's funds were first seen, and what those are worth that came after its quote had expired. Each is decided once, when
/// it is seen, so that later checks and later prices change nothing. Pure.
/// </summary>
/// <param name="SeenOnUtc">When funds were first seen; null while nothing arrived.</param>
/// <param name="IsLate">Funds were first seen after the deadline.</param>
/// <param name="LateAmount">How much arrived after the quote had expired, in the unit of the receipts; null for none.</param>
/// <param name="LateValue">What that was worth on arrival, in the currency of the price; null when no fresh price was known.</param>
public sealed record FundsRecord(DateTime? SeenOnUtc = null, bool IsLate = false, decimal? LateAmount = null, decimal? LateValue = null)
{
    public static FundsRecord Of(CryptoPayment payment) => new(payment.FundsSeenOnUtc, payment.IsLate, payment.LateAmount, payment.LateValue);

    public void Record(CryptoPayment payment) =>
        (payment.FundsSeenOnUtc, payment.IsLate, payment.LateAmount, payment.LateValue) = (SeenOnUtc, IsLate, LateAmount, LateValue);

    /// <summary>
    /// True when this receipt brings coins after the quote's expiry, so that their present price has to be known.
    /// </summary>
    public bool NeedsPrice(FundsReceipt receipt) => NewIn(receipt) > 0 && TimeOf(receipt) > receipt.QuoteExpiresOnUtc;

    /// <summary>What is known after a receipt was seen.</summary>
    /// <param name="receipt">What the provider tells now.</param>
    /// <param name="coinPrice">The present worth of one coin in the currency of the price; null without a fresh price.</param>
    public FundsRecord After(FundsReceipt receipt, decimal? coinPrice)
    {
        if (receipt.Amount <= 0)
            return this;

        var record = SeenOnUtc is not null ? this : this with { SeenOnUtc = receipt.SeenOnUtc, IsLate = receipt.SeenOnUtc > receipt.DeadlineOnUtc };
        var added = NewIn(receipt);
        if (added > 0 && TimeOf(receipt) > receipt.QuoteExpiresOnUtc)
            return record with { LateAmount = (LateAmount ?? 0m) + added, LateValue = coinPrice is { } price && (LateAmount is null || LateValue is not null) ? (LateValue ?? 0m) + added * price : null };

        // Something was sent back: the late coins are the first to leave, at the value that they were counted with.
        if (added < 0 && LateAmount is > 0 and var late)
        {
            var left = Math.Max(0m, late + added);
            return record with { LateAmount = left == 0 ? null : left, LateValue = left == 0 ? null : LateValue * left / late };
        }
        return record;
    }

    private decimal NewIn(FundsReceipt receipt) => receipt.Amount - (SeenOnUtc is null ? 0m : receipt.KnownAmount);

    /// <summary>The provider tells when funds came first; what it adds later comes when it is seen.</summary>
    private DateTime TimeOf(FundsReceipt receipt) => SeenOnUtc is null ? receipt.SeenOnUtc : receipt.NowUtc;
}

/// <summary>
/// What a provider tells about the funds of an attempt.
/// </summary>
/// <param name="Amount">What has arrived in all; what was asked for where the provider tells no amount.</param>
/// <param name="KnownAmount">What had arrived by the check before.</param>
/// <param name="SeenOnUtc">When the first of it was seen, by the provider's record, else by ours.</param>
/// <param name="NowUtc">The time of this check.</param>
/// <param name="DeadlineOnUtc">When the attempt stops being on time; null for never.</param>
/// <param name="QuoteExpiresOnUtc">When the quoted price ends; null for never.</param>
public sealed record FundsReceipt(decimal Amount, decimal KnownAmount, DateTime SeenOnUtc, DateTime NowUtc, DateTime? DeadlineOnUtc, DateTime? QuoteExpiresOnUtc);
