using System.Globalization;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// Looks through the list of invoices. It cannot be searched by order_id and its bounds are days, of which a busy account has
/// hundreds of pages: the first page that matters is found by halving.
/// </summary>
internal sealed class CoinPay24List(CoinPay24Client client)
{
    /// <summary>The longest page that the provider gives.</summary>
    public const int PerPage = 100;

    /// <summary>How far the provider's clock may be from ours.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Shows the invoices that were created in a time, the oldest first.
    /// </summary>
    /// <param name="fromUtc">Start, by our clock.</param>
    /// <param name="toUtc">End, by our clock.</param>
    /// <param name="mostPages">How many pages may be read; each is a call.</param>
    /// <param name="isEnough">Takes an invoice; true ends it.</param>
    /// <param name="settings">The store's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when not all could be seen: the pages were too few, or hold rows that cannot be read.</returns>
    public async Task<bool> VisitAsync(DateTime fromUtc, DateTime toUtc, int mostPages, Func<CoinPay24Invoice, bool> isEnough,
        CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        // A day more on both sides: the documents tell neither the time zone of days nor whether the last one is included.
        var days = new CoinPay24Days(DayOf(fromUtc.AddDays(-1)), DayOf(toUtc.AddDays(2)));
        var pages = new Dictionary<int, CoinPay24Rows>();
        var (start, end) = (1, 1);
        do
        {
            var middle = (start + end) / 2;
            if (await PageAsync(middle) is not { } page)
                return false;
            if (pages.Count == 1)
                end = page.TotalPages ?? 1;
            var isBefore = page.Invoices.All(invoice => invoice.CreatedOnUtc < fromUtc - _skew);
            (start, end) = isBefore && middle < end ? (middle + 1, end) : (start, middle);
        }
        while (start < end);

        for (var (number, isComplete) = (start, true); ; number++)
        {
            if (await PageAsync(number) is not { } page)
                return false;
            isComplete &= page.IsComplete;
            if (page.Invoices.Any(isEnough) || IsLast(page, number) || IsPast(page, toUtc + _skew))
                return isComplete;
        }

        async Task<CoinPay24Rows?> PageAsync(int number)
        {
            if (!pages.TryGetValue(number, out var page) && pages.Count < mostPages)
                pages[number] = page = await client.ListAsync(Request(settings, PerPage, number, "created_at_asc", days), settings, cancellationToken);
            return page;
        }
    }

    private static bool IsLast(CoinPay24Rows page, int number) =>
        page.Count == 0 || (page.TotalPages is { } total ? number >= total : page.Count < PerPage);

    /// <summary>All that follow are newer. Nothing is concluded from a page in another order than it was asked for.</summary>
    private static bool IsPast(CoinPay24Rows page, DateTime end) =>
        page.Invoices is [var first, .., var last] && last.CreatedOnUtc > end && first.CreatedOnUtc <= last.CreatedOnUtc;

    /// <summary>The invoices that were created last, the newest first.</summary>
    public async Task<IReadOnlyList<CoinPay24Invoice>> NewestAsync(int count, CoinPay24Settings settings, CancellationToken cancellationToken) =>
        (await client.ListAsync(Request(settings, count, 1, "created_at_desc", days: null), settings, cancellationToken)).Invoices;

    private static CoinPay24ListRequest Request(CoinPay24Settings settings, int perPage, int page, string sort, CoinPay24Days? days) =>
        new() { ApiKey = settings.ApiKey, PerPage = perPage, Page = page, Sort = sort, CreatedAt = days };

    private static string DayOf(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
