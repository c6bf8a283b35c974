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

    /// <summary>Percentage of finished payments that were paid; null if none is finished. Open payments may still be paid.</summary>
    public decimal? Conversion => Started == Open ? null : decimal.Round(100m * Paid / (Started - Open), 1);

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
/// Counts the payments that were started in a period, and adds up their amounts. The database counts, so that only the report's rows are read.
/// </summary>
public class PaymentReport(IRepository<CryptoPayment> payments)
{
    /// <summary>Longest period of a report, in days.</summary>
    public const int MaximumDays = 366;

    /// <summary>Offsets of time zones are multiples of it.</summary>
    private static readonly TimeSpan _offsetStep = TimeSpan.FromMinutes(15);

    private static readonly int[] _paid = [.. new[] { CryptoPaymentStatus.Paid, Overpaid, Refunded, PartiallyRefunded }.Select(status => (int)status)];

    private static readonly int[] _withAmounts = [.. _paid, (int)Underpaid, (int)PaidLate, (int)Disputed];

    /// <param name="fromUtc">Begin of the first day, UTC.</param>
    /// <param name="beforeUtc">End of the last day, UTC, exclusive; at most <see cref="MaximumDays"/> later.</param>
    /// <param name="zone">The time zone of the days.</param>
    /// <param name="storeId">Null for all stores.</param>
    public async Task<ReportData> ReadAsync(DateTime fromUtc, DateTime beforeUtc, TimeZoneInfo zone, int? storeId)
    {
        var counts = new List<Counted>();
        foreach (var (from, before, minutes) in Periods(fromUtc, beforeUtc, zone))
        {
            counts.AddRange((await Started(from, before, storeId)
                    .Select(payment => new { Day = payment.CreatedOnUtc.AddMinutes(minutes).Date, payment.Gateway, payment.Coin, payment.StatusId, payment.SecondsToPaid })
                    .GroupBy(row => new { row.Day, row.Gateway, row.Coin, row.StatusId })
                    .Select(group => new
                    {
                        group.Key.Day,
                        group.Key.Gateway,
                        group.Key.Coin,
                        group.Key.StatusId,
                        Count = group.Count(),
                        Timed = group.Sum(row => row.SecondsToPaid != null ? 1 : 0)
                    })
                    .ToListAsync())
                .Select(row => new Counted(DateOnly.FromDateTime(row.Day), row.Gateway, row.Coin, ((CryptoPaymentStatus)row.StatusId, row.Count), row.Timed)));
        }

        var query = Started(fromUtc, beforeUtc, storeId);
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
            coins,
            await AmountsAsync(fromUtc, beforeUtc, zone, storeId));
    }

    /// <summary>
    /// Adds up the amounts of each day, which also keeps the sums within what a decimal holds: a column has 28 digits.
    /// </summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<IReadOnlyList<AmountRow>> AmountsAsync(DateTime fromUtc, DateTime beforeUtc, TimeZoneInfo zone, int? storeId)
    {
        var amounts = new List<AmountRow>();
        foreach (var (from, before, minutes) in Periods(fromUtc, beforeUtc, zone))
        {
            var rows = await Started(from, before, storeId).Where(payment => _withAmounts.Contains(payment.StatusId))
                .Select(payment => new
                {
                    Day = payment.CreatedOnUtc.AddMinutes(minutes).Date,
                    payment.Gateway,
                    payment.Coin,
                    payment.StatusId,
                    payment.PriceCurrency,
                    payment.PayCurrency,
                    payment.AmountUnit,
                    payment.ReceivedCurrency,
                    payment.NetCurrency,
                    payment.PriceAmount,
                    payment.ReceivedAmount,
                    Expected = payment.ExpectedAmount ?? payment.PayAmount,
                    payment.NetAmount,
                    payment.RefundedAmount,
                    payment.SurplusAmount
                })
                .GroupBy(row => new { row.Day, row.Gateway, row.Coin, row.StatusId, row.PriceCurrency, row.PayCurrency, row.AmountUnit, row.ReceivedCurrency, row.NetCurrency })
                .Select(group => new
                {
                    group.Key,
                    Count = group.Count(),
                    Price = group.Sum(row => row.PriceAmount),
                    Received = group.Sum(row => row.ReceivedAmount),
                    Expected = group.Sum(row => row.Expected),
                    Net = group.Sum(row => row.NetAmount),
                    Refunded = group.Sum(row => row.RefundedAmount),
                    Surplus = group.Sum(row => row.SurplusAmount)
                })
                .ToListAsync();
            amounts.AddRange(rows.Select(row =>
            {
                var quoted = row.Key.AmountUnit ?? row.Key.PayCurrency;
                var unit = row.Key.ReceivedCurrency ?? quoted;
                var isPaid = _paid.Contains(row.Key.StatusId);
                var received = row.Received ?? 0m;
                return new AmountRow(DateOnly.FromDateTime(row.Key.Day), row.Key.Gateway, row.Key.Coin, isPaid ? row.Count : 0, new Money(isPaid ? row.Price : 0m, row.Key.PriceCurrency))
                {
                    Received = new Money(received, unit),
                    Fees = new Money((row.Key.NetCurrency == row.Key.PayCurrency ? quoted : row.Key.NetCurrency) == unit ? received - (row.Net ?? 0m) : 0m, unit),
                    Refunded = new Money(row.Refunded ?? 0m, quoted),
                    Overpaid = new Money(row.Surplus ?? 0m, unit),
                    Underpaid = new Money(row.Key.StatusId == (int)Underpaid && row.Expected > received ? row.Expected - received : 0m, unit)
                };
            }));
        }
        return amounts;
    }

    private IQueryable<CryptoPayment> Started(DateTime fromUtc, DateTime beforeUtc, int? storeId)
    {
        var query = PaymentSearch.Between(payments.Table, fromUtc, beforeUtc);
        return storeId is { } store ? query.Where(payment => payment.StoreId == store) : query;
    }

    /// <summary>
    /// The parts of a period in which the zone's offset from UTC, in minutes, does not change: databases do not know the platform's time zones.
    /// </summary>
    internal static IEnumerable<(DateTime FromUtc, DateTime BeforeUtc, int OffsetMinutes)> Periods(DateTime fromUtc, DateTime beforeUtc, TimeZoneInfo zone)
    {
        // A time of another kind would be read as local to the zone.
        fromUtc = DateTime.SpecifyKind(fromUtc, DateTimeKind.Utc);
        var (start, offset) = (fromUtc, zone.GetUtcOffset(fromUtc));
        for (var time = fromUtc; time < beforeUtc; time += _offsetStep)
        {
            if (zone.GetUtcOffset(time) == offset)
                continue;
            yield return (start, time, (int)offset.TotalMinutes);
            (start, offset) = (time, zone.GetUtcOffset(time));
        }
        if (start < beforeUtc)
            yield return (start, beforeUtc, (int)offset.TotalMinutes);
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
/// <param name="Days">Days on which a payment was started, oldest first.</param>
/// <param name="Coins">By gateway and coin.</param>
/// <param name="Amounts">By day, gateway, coin and currency.</param>
public sealed record ReportData(PaymentOutcomes All, TimesToPaid? Times, IReadOnlyList<DayRow> Days, IReadOnlyList<CoinRow> Coins, IReadOnlyList<AmountRow> Amounts);

/// <param name="Day">In the report's time zone.</param>
/// <param name="Outcomes">Outcomes of the payments started on this day.</param>
public sealed record DayRow(DateOnly Day, PaymentOutcomes Outcomes);

/// <param name="Gateway">System name.</param>
/// <param name="Coin">The gateway's code.</param>
/// <param name="Outcomes">Outcomes of the payments.</param>
/// <param name="Times">Null if none was paid.</param>
public sealed record CoinRow(string Gateway, string Coin, PaymentOutcomes Outcomes, TimesToPaid? Times);

/// <summary>
/// Amounts of the payments started on one day in one coin of a gateway, in one set of currencies. Coin amounts stay coin amounts.
/// </summary>
/// <param name="Day">In the report's time zone.</param>
/// <param name="Gateway">System name.</param>
/// <param name="Coin">The gateway's code.</param>
/// <param name="Paid">Number of payments that paid an order.</param>
/// <param name="Volume">What these payments paid, in the currency of the price.</param>
public sealed record AmountRow(DateOnly Day, string Gateway, string Coin, int Paid, Money Volume)
{
    /// <summary>The amount received, with partial, late and disputed payments.</summary>
    public required Money Received { get; init; }

    /// <summary>What the provider deducted, for payments whose net amount is known in the unit received.</summary>
    public required Money Fees { get; init; }

    /// <summary>What the provider reports as refunded.</summary>
    public required Money Refunded { get; init; }

    /// <summary>What was received beyond the amount due.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>What is missing from payments that remained partial.</summary>
    public required Money Underpaid { get; init; }
}

/// <summary>
/// Time from the start of a payment until it was settled.
/// </summary>
/// <param name="Median">50% of the payments were at least this fast.</param>
/// <param name="P95">95% of the payments were at least this fast.</param>
public sealed record TimesToPaid(TimeSpan Median, TimeSpan P95);
