using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// What CoinPay24's words and amounts mean.
/// </summary>
internal static class CoinPay24Statuses
{
    /// <summary>How late the provider may be in calling an invoice expired, and how far its clock may be from ours.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A word by itself: the status table, the two words that only the page on callbacks has (confirming, refunded), and the one by
    /// which the provider's own plugins know a paid invoice (completed).
    /// </summary>
    public static ProviderStatus Of(string? word) => word?.ToLowerInvariant() switch
    {
        "new" => ProviderStatus.Waiting,
        "pending" or "confirming" => ProviderStatus.Confirming,
        "paid" or "completed" => ProviderStatus.Completed,
        "invalid" => ProviderStatus.Failed,
        "expired" => ProviderStatus.Expired,
        "canceled" or "cancelled" => ProviderStatus.Canceled,
        "refunded" => ProviderStatus.Refunded,
        _ => ProviderStatus.Unknown
    };

    /// <summary>
    /// How an invoice stands. By the table, pending is paid and unconfirmed; but checkout answers pending too, when nobody can have
    /// paid yet. As what nobody paid expires at expire_at, pending is taken for paid only after it, or when coins are counted.
    /// </summary>
    public static ProviderStatus Of(CoinPay24Invoice invoice, DateTime nowUtc) => Of(invoice.Status) switch
    {
        ProviderStatus.Confirming when IsWord(invoice.Status, "pending") && !PartArrived(invoice) && invoice.ExpiresOnUtc + _grace > nowUtc => ProviderStatus.Waiting,
        // Coins came and will not be completed: too few is what the provider says, and that the network refused them needs a person.
        ProviderStatus.Expired when PartArrived(invoice) => ProviderStatus.Underpaid,
        ProviderStatus.Failed when PartArrived(invoice) => ProviderStatus.Disputed,
        var status => status
    };

    /// <summary>
    /// What arrived, in the currency of the price; null when the invoice does not tell. The provider counts it in coins: the price is
    /// scaled by them and rounded down to the currency's decimals.
    /// </summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="price">Its price.</param>
    /// <param name="due">What the shopper was told to send; on the provider's page pay_amount is that.</param>
    public static Money? Received(CoinPay24Invoice invoice, Money price, Money? due)
    {
        if (invoice is { UnderpaidAmount: null, OverpaidAmount: null } || AskedFor(invoice, due) is not { } asked)
            return null;

        var arrived = Math.Max(0m, asked - (invoice.UnderpaidAmount ?? 0m) + (invoice.OverpaidAmount ?? 0m));
        // Down is up, seen from below zero.
        return -((Fraction)(-price.Amount) * arrived / asked).RoundUp(CurrencyDecimals.Of(price.Currency)) is { } amount ? price with { Amount = amount } : null;
    }

    /// <summary>Some coins are counted, and too few. Not so when all are still missing.</summary>
    private static bool PartArrived(CoinPay24Invoice invoice) => invoice.UnderpaidAmount > 0 && invoice.UnderpaidAmount < invoice.PayAmount;

    private static decimal? AskedFor(CoinPay24Invoice invoice, Money? due) =>
        due is { Amount: > 0 } told && IsWord(told.Currency, invoice.PayCurrency) ? told.Amount : invoice.PayAmount > 0 ? invoice.PayAmount : null;

    private static bool IsWord(string? text, string? word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
