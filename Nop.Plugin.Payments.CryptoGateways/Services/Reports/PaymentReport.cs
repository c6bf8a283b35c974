using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reports;

/// <summary>
/// Number of payments by outcome. The text of each is Plugins.Payments.CryptoGateways.Report.{name}.
/// </summary>
public sealed record PaymentOutcomes(int Paid, int Open, int Expired, int Failed, int Review)
{
    public int Started => Paid + Open + Expired + Failed + Review;

    /// <summary>Percentage of started payments that were paid; null if none was started.</summary>
    public decimal? Conversion => Started == 0 ? null : decimal.Round(100m * Paid / Started, 1);

    /// <summary>Groups counts by status.</summary>
    public static PaymentOutcomes Of(IEnumerable<(CryptoPaymentStatus Status, int Count)> counts)
    {
        var groups = counts.ToLookup(count => GroupOf(count.Status), count => count.Count);
        return new PaymentOutcomes(groups[nameof(Paid)].Sum(), groups[nameof(Open)].Sum(), groups[nameof(Expired)].Sum(), groups[nameof(Failed)].Sum(), groups[nameof(Review)].Sum());
    }

    /// <summary>A refunded payment counts as paid. An administrator has to look at payments in review.</summary>
    private static string GroupOf(CryptoPaymentStatus status) => status switch
    {
        CryptoPaymentStatus.Paid or Overpaid or Refunded or PartiallyRefunded => nameof(Paid),
        CryptoPaymentStatus.Expired => nameof(Expired),
        CryptoPaymentStatus.Failed or Canceled => nameof(Failed),
        Underpaid or PaidLate or Disputed => nameof(Review),
        _ => nameof(Open)
    };
}

/// <summary>
/// Counts the payments that were started in a period. The database counts, so that only the report's rows are read.
/// </summary>
public class PaymentReport(IRepository<CryptoPayment> payments)
{
    /// <summary>Longest period of a report, in days.</summary>
    public const int MaximumDays = 366;

    /// <param name="from">First day, UTC.</param>
    /// <param name="to">Last day, UTC; at most <see cref="MaximumDays"/> with the first.</param>
    /// <param name="storeId">Null for all stores.</param>
    public async Task<ReportData> ReadAsync(DateOnly from, DateOnly to, int? storeId)
    {
        var query = PaymentSearch.Between(payments.Table, from.ToDateTime(TimeOnly.MinValue), to.AddDays(1).ToDateTime(TimeOnly.MinValue));
        if (storeId is { } store)
            query = query.Where(payment => payment.StoreId == store);

        var counts = (await query
                .GroupBy(payment => new { Day = payment.CreatedOnUtc.Date, payment.Gateway, payment.Coin, payment.StatusId })
                .Select(group => new
                {
                    group.Key.Day,
                    group.Key.Gateway,
                    group.Key.Coin,
                    group.Key.StatusId,
                    Count = group.Count(),
                    Timed = group.Sum(payment => payment.SecondsToPaid != null ? 1 : 0)
                })
                .ToListAsync())
            .ConvertAll(row => new Counted(DateOnly.FromDateTime(row.Day), row.Gateway, row.Coin, ((CryptoPaymentStatus)row.StatusId, row.Count), row.Timed));

        var coins = new List<CoinRow>();
        foreach (var coin in counts.GroupBy(row => (row.Gateway, row.Coin)).OrderBy(group => group.Key))
        {
            var (gateway, code) = coin.Key;
            coins.Add(new CoinRow(gateway, code, PaymentOutcomes.Of(coin.Select(row => row.Count)),
                await TimesAsync(query.Where(payment => payment.Gateway == gateway && payment.Coin == code), coin.Sum(row => row.Timed))));
        }

        return new ReportData(
            PaymentOutcomes.Of(counts.Select(row => row.Count)),
            await TimesAsync(query, counts.Sum(row => row.Timed)),
            [.. counts.GroupBy(row => row.Day).OrderBy(group => group.Key).Select(group => new DayRow(group.Key, PaymentOutcomes.Of(group.Select(row => row.Count))))],
            coins);
    }

    /// <summary>
    /// Nearest-rank percentiles: the smallest time that at least 50%, or 95%, of the payments do not exceed. The 95th percentile is counted
    /// from the slow end, so that the database skips fewer rows.
    /// </summary>
    /// <param name="query">The payments.</param>
    /// <param name="count">Number of payments with a time.</param>
    private static async Task<TimesToPaid?> TimesAsync(IQueryable<CryptoPayment> query, int count)
    {
        if (count == 0)
            return null;

        var times = query.Where(payment => payment.SecondsToPaid != null);
        return new TimesToPaid(
            await AtAsync(times.OrderBy(payment => payment.SecondsToPaid), Offset(count, 50)),
            await AtAsync(times.OrderByDescending(payment => payment.SecondsToPaid), count - 1 - Offset(count, 95)));
    }

    /// <summary>Number of times before the percentile.</summary>
    internal static int Offset(int count, int percent) => (int)(((long)count * percent + 99) / 100) - 1;

    private static async Task<TimeSpan> AtAsync(IQueryable<CryptoPayment> times, int offset) =>
        TimeSpan.FromSeconds((await times.Select(payment => payment.SecondsToPaid).Skip(offset).Take(1).ToListAsync()).FirstOrDefault() ?? 0);

    /// <summary>A row that the database counted.</summary>
    private sealed record Counted(DateOnly Day, string Gateway, string Coin, (CryptoPaymentStatus Status, int Count) Count, int Timed);
}

/// <summary>
/// A report.
/// </summary>
/// <param name="All">All payments together.</param>
/// <param name="Times">Null if none was paid.</param>
/// <param name="Days">Days on which a payment was started, oldest first; UTC.</param>
/// <param name="Coins">By gateway and coin.</param>
public sealed record ReportData(PaymentOutcomes All, TimesToPaid? Times, IReadOnlyList<DayRow> Days, IReadOnlyList<CoinRow> Coins);

/// <param name="Day">UTC.</param>
/// <param name="Outcomes">Outcomes of the payments started on this day.</param>
public sealed record DayRow(DateOnly Day, PaymentOutcomes Outcomes);

/// <param name="Gateway">System name.</param>
/// <param name="Coin">The gateway's code.</param>
/// <param name="Outcomes">Outcomes of the payments.</param>
/// <param name="Times">Null if none was paid.</param>
public sealed record CoinRow(string Gateway, string Coin, PaymentOutcomes Outcomes, TimesToPaid? Times);

/// <summary>
/// Time from the start of a payment until it was settled.
/// </summary>
/// <param name="Median">50% of the payments were at least this fast.</param>
/// <param name="P95">95% of the payments were at least this fast.</param>
public sealed record TimesToPaid(TimeSpan Median, TimeSpan P95);
