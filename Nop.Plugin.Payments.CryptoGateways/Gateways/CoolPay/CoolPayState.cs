using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// What a payment's state and operations mean. Pure.
/// </summary>
internal static class CoolPayState
{
    public const string Authorize = "authorize";
    public const string Capture = "capture";
    public const string Refund = "refund";
    public const string Cancel = "cancel";

    /// <summary>The code of an operation that was done; every other code is a refusal.</summary>
    private const string Approved = "20000";

    /// <summary>
    /// The operations tell what happened to the money; the state is looked at where they say nothing. A test card moves none: unless
    /// the owner takes test payments, it is a failure whatever the state says.
    /// </summary>
    public static ProviderStatus StatusOf(CoolPayPayment payment, bool acceptTest)
    {
        var status = StatusOf(payment);
        return payment.TestMode != true || acceptTest || status is ProviderStatus.Waiting or ProviderStatus.Canceled or ProviderStatus.Unknown ? status : ProviderStatus.Failed;
    }

    private static ProviderStatus StatusOf(CoolPayPayment payment) => (State: payment.State?.ToLowerInvariant(), Sum(payment, Capture), Sum(payment, Refund)) switch
    {
        ({ } state, _, _) when state is not ("initial" or "pending" or "new" or "rejected" or "processed") => ProviderStatus.Unknown,
        (_, > 0m and var captured, > 0m and var refunded) => refunded < captured ? ProviderStatus.PartiallyRefunded : ProviderStatus.Refunded,
        // Less than what was reserved was taken, and the rest may be gone.
        (_, > 0m and var captured, _) when captured < Math.Max(Sum(payment, Authorize), payment.Link?.Amount ?? 0m) => ProviderStatus.Underpaid,
        (_, > 0m, _) => ProviderStatus.Completed,
        _ when IsCanceled(payment) => ProviderStatus.Canceled,
        _ when IsAuthorized(payment) => ProviderStatus.Authorized,
        ("initial", _, _) => ProviderStatus.Waiting,
        ("pending", _, _) => ProviderStatus.Confirming,
        // The card page stays open after it, and a later look may find another card authorized.
        ("rejected", _, _) => ProviderStatus.Failed,
        // Nothing that an operation bears out.
        _ => ProviderStatus.Unknown
    };

    /// <summary>Money is reserved, or was before it was taken.</summary>
    public static bool IsAuthorized(CoolPayPayment payment) => payment.Accepted == true && Sum(payment, Authorize) > 0;

    /// <summary>What was done of a type, in the currency's smallest unit; each operation counts once, however often it is listed.</summary>
    public static decimal Sum(CoolPayPayment payment, string type) =>
        Operations(payment).Where(operation => IsOfType(operation, type) && IsApproved(operation)).DistinctBy(operation => operation.Id).Sum(operation => operation.Amount ?? 0m);

    /// <summary>True when no amount is larger than documented: then sums of them cannot be either.</summary>
    public static bool HasDocumentedAmounts(CoolPayPayment payment) =>
        Operations(payment).Select(operation => operation.Amount).Append(payment.Link?.Amount).All(amount => amount is null or <= LargestMinor);

    /// <summary>The newest operation; null when there is none.</summary>
    public static CoolPayOperation? Last(CoolPayPayment payment) => Operations(payment).MaxBy(operation => operation.Id ?? 0);

    /// <summary>The newest operation of a type; with an amount, of that amount; null when there is none.</summary>
    public static CoolPayOperation? Last(CoolPayPayment payment, string type, decimal? amount) =>
        Operations(payment).Where(operation => IsOfType(operation, type) && (amount is null || operation.Amount == amount)).MaxBy(operation => operation.Id ?? 0);

    public static bool IsApproved(CoolPayOperation operation) => operation.Pending == false && CodeOf(operation) == Approved;

    public static string? CodeOf(CoolPayOperation operation) => operation.QpStatusCode ?? operation.CpStatusCode;

    public static string? MessageOf(CoolPayOperation operation) => operation.QpStatusMessage ?? operation.CpStatusMessage;

    /// <summary>An amount in the currency's smallest unit; null when it cannot be sent: not a whole number of 1 to 9 digits above zero.</summary>
    public static long? MinorOf(Money money)
    {
        if (money.Amount is <= 0 or > LargestMinor)
            return null;

        var minor = money.Amount * UnitsOf(money.Currency);
        return minor <= LargestMinor && decimal.IsInteger(minor) ? (long)minor : null;
    }

    public static Money MoneyOf(decimal minor, string currency) => new(minor / UnitsOf(currency), currency);

    /// <summary>Documented: up to nine digits.</summary>
    private const decimal LargestMinor = 999_999_999m;

    /// <summary>The smallest units in one unit of a currency.</summary>
    private static decimal UnitsOf(string currency) => CurrencyDecimals.Of(currency) switch { 0 => 1m, 3 => 1000m, 4 => 10_000m, _ => 100m };

    private static bool IsCanceled(CoolPayPayment payment) => Operations(payment).Any(operation => IsOfType(operation, Cancel) && IsApproved(operation));

    private static bool IsOfType(CoolPayOperation operation, string type) => string.Equals(operation.Type, type, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<CoolPayOperation> Operations(CoolPayPayment payment) => (payment.Operations ?? []).OfType<CoolPayOperation>();
}
