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
    /// <param name="invoice">The invoice.</param>
    /// <param name="partArrived">Some coins are counted, and too few.</param>
    /// <param name="nowUtc">By the store's clock.</param>
    public static ProviderStatus Of(CoinPay24Invoice invoice, bool partArrived, DateTime nowUtc) => Of(invoice.Status) switch
    {
        ProviderStatus.Confirming when IsWord(invoice.Status, "pending") && !partArrived && invoice.ExpiresOnUtc + _grace > nowUtc => ProviderStatus.Waiting,
        ProviderStatus.Waiting when partArrived => ProviderStatus.Confirming,
        // Coins came and will not be completed: too few is what the provider says, and that the network refused them needs a person.
        ProviderStatus.Expired when partArrived => ProviderStatus.Underpaid,
        ProviderStatus.Failed when partArrived => ProviderStatus.Disputed,
        var status => status
    };

    /// <summary>
    /// How many coins are asked for in all; null when the invoice does not tell. Where the store told the shopper an amount of the same
    /// coin, it is that amount: callbacks call pay_amount what was paid.
    /// </summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="due">What the shopper was told to send; null on the provider's page.</param>
    public static Money? Expected(CoinPay24Invoice invoice, Money? due) =>
        due is { Amount: > 0 } told && IsWord(told.Currency, invoice.PayCurrency) ? told
        : invoice is { PayAmount: > 0 and var amount, PayCurrency: { Length: > 0 } coin } ? new Money(amount, coin)
        : null;

    /// <summary>
    /// How many of the expected coins arrived; null when the invoice does not count them. More cannot be missing than was asked for.
    /// </summary>
    /// <exception cref="GatewayException">Coins are missing and left over at once, or more are left over than there can be.</exception>
    public static Money? Received(CoinPay24Invoice invoice, Money? expected)
    {
        if (expected is not { } asked || invoice is { UnderpaidAmount: null, OverpaidAmount: null })
            return null;
        if (invoice is { UnderpaidAmount: > 0, OverpaidAmount: > 0 } or { OverpaidAmount: >= Money.TooLarge })
            throw new GatewayException(GatewayFault.BadAnswer, "answered with underpaid_amount and overpaid_amount that contradict each other");

        return asked with { Amount = Math.Max(0m, asked.Amount - (invoice.UnderpaidAmount ?? 0m)) + (invoice.OverpaidAmount ?? 0m) };
    }

    private static bool IsWord(string? text, string? word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
