using Nop.Plugin.Payments.CryptoGateways.Domain;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What became of a number of payments, in the words of the report. Its texts are Plugins.Payments.CryptoGateways.Report.{name}.
/// </summary>
public sealed record PaymentOutcomes(int Paid, int Open, int Expired, int Failed, int Review)
{
    public int Started => Paid + Open + Expired + Failed + Review;

    /// <summary>How many of a hundred that were started are paid; null when none was started.</summary>
    public decimal? Conversion => Started == 0 ? null : decimal.Round(100m * Paid / Started, 1);

    /// <summary>The same counts by status, put together.</summary>
    public static PaymentOutcomes Of(IEnumerable<(CryptoPaymentStatus Status, int Count)> counts)
    {
        var groups = counts.ToLookup(count => GroupOf(count.Status), count => count.Count);
        return new PaymentOutcomes(groups[nameof(Paid)].Sum(), groups[nameof(Open)].Sum(), groups[nameof(Expired)].Sum(), groups[nameof(Failed)].Sum(), groups[nameof(Review)].Sum());
    }

    /// <summary>Money that was sent back had been paid; a person has to look at what is in review.</summary>
    private static string GroupOf(CryptoPaymentStatus status) => status switch
    {
        CryptoPaymentStatus.Paid or Overpaid or Refunded or PartiallyRefunded => nameof(Paid),
        CryptoPaymentStatus.Expired => nameof(Expired),
        CryptoPaymentStatus.Failed or Canceled => nameof(Failed),
        Underpaid or PaidLate or Disputed => nameof(Review),
        _ => nameof(Open)
    };
}
