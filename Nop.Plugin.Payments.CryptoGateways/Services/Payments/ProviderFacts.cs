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

/// <summary>
/// When an attempt's funds were first seen, and the value of the part that arrived after the quote expired. Each is decided once, when
/// the funds are seen, so that later checks and prices change nothing. Pure.
/// </summary>
/// <param name="SeenOnUtc">When funds were first seen; null while nothing was received.</param>
/// <param name="IsLate">True when funds were first seen after the deadline.</param>
/// <param name="LateAmount">The amount that arrived after the quote expired, in the unit of the receipts; null for none.</param>
/// <param name="LateValue">Its value on arrival, in the currency of the price; null when no fresh price was known.</param>
public sealed record FundsRecord(DateTime? SeenOnUtc = null, bool IsLate = false, decimal? LateAmount = null, decimal? LateValue = null)
{
    public static FundsRecord Of(CryptoPayment payment) => new(payment.FundsSeenOnUtc, payment.IsLate, payment.LateAmount, payment.LateValue);

    public void Record(CryptoPayment payment) =>
        (payment.FundsSeenOnUtc, payment.IsLate, payment.LateAmount, payment.LateValue) = (SeenOnUtc, IsLate, LateAmount, LateValue);

    /// <summary>
    /// True when this receipt contains funds that arrived after the quote expired, so that the current price is needed.
    /// </summary>
    public bool NeedsPrice(FundsReceipt receipt) => NewIn(receipt) > 0 && TimeOf(receipt) > receipt.QuoteExpiresOnUtc;

    /// <summary>The record after a receipt.</summary>
    /// <param name="receipt">The provider's current data.</param>
    /// <param name="coinPrice">The current price of one coin, in the currency of the price; null without a fresh one.</param>
    public FundsRecord After(FundsReceipt receipt, decimal? coinPrice)
    {
        if (receipt.Amount <= 0)
            return this;

        var record = SeenOnUtc is not null ? this : this with { SeenOnUtc = receipt.SeenOnUtc, IsLate = receipt.SeenOnUtc > receipt.DeadlineOnUtc };
        var added = NewIn(receipt);
        if (added > 0 && TimeOf(receipt) > receipt.QuoteExpiresOnUtc)
            return record with { LateAmount = (LateAmount ?? 0m) + added, LateValue = coinPrice is { } price && (LateAmount is null || LateValue is not null) ? (LateValue ?? 0m) + added * price : null };

        // Funds were refunded: the late ones leave first, at the value they were counted with.
        if (added < 0 && LateAmount is > 0 and var late)
        {
            var remainder = Math.Max(0m, late + added);
            return record with { LateAmount = remainder == 0 ? null : remainder, LateValue = remainder == 0 ? null : LateValue * remainder / late };
        }
        return record;
    }

    private decimal NewIn(FundsReceipt receipt) => receipt.Amount - (SeenOnUtc is null ? 0m : receipt.KnownAmount);

    /// <summary>The provider reports when the first funds arrived; later ones count as arrived when they are seen.</summary>
    private DateTime TimeOf(FundsReceipt receipt) => SeenOnUtc is null ? receipt.SeenOnUtc : receipt.NowUtc;
}

/// <summary>
/// The provider's data about the funds of an attempt.
/// </summary>
/// <param name="Amount">The total received; the total expected when the provider reports no amount.</param>
/// <param name="KnownAmount">The total received by the previous check.</param>
/// <param name="SeenOnUtc">When the first funds were seen, by the provider's record, else by the plugin's.</param>
/// <param name="NowUtc">The time of this check.</param>
/// <param name="DeadlineOnUtc">The deadline of the attempt; null for none.</param>
/// <param name="QuoteExpiresOnUtc">When the quote expires; null for never.</param>
public sealed record FundsReceipt(decimal Amount, decimal KnownAmount, DateTime SeenOnUtc, DateTime NowUtc, DateTime? DeadlineOnUtc, DateTime? QuoteExpiresOnUtc);

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
