using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

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
