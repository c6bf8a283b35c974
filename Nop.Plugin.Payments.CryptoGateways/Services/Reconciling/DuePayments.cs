using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The payments that the schedule task has to look at, in the order in which it should. Read in pages by index, so that a run
/// holds one page in memory whatever is due.
/// </summary>
public class DuePayments(IRepository<CryptoPayment> payments, IRepository<PaymentEvent> events, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>How long a shopper may still be waiting for the answer; as long as payments are looked at most often.</summary>
    private static readonly TimeSpan _shopperIsThere = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Ids of a gateway's payments: first those with webhooks that nobody acted on, then a page of those whose shopper is likely
    /// still there, then all that are due, the longest overdue first. One may come twice: it is not due any more then.
    /// </summary>
    public async IAsyncEnumerable<int> OfAsync(string gateway)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await foreach (var id in WithWebhooksAsync(gateway))
            yield return id;
        foreach (var payment in await YoungAsync(gateway, now))
            yield return payment.Id;
        await foreach (var id in OverdueAsync(gateway, now))
            yield return id;
    }

    private async IAsyncEnumerable<int> WithWebhooksAsync(string gateway)
    {
        for (var last = 0; ;)
        {
            var page = await events.GetAllAsync(query => (
                from row in query
                join payment in payments.Table on row.PaymentId equals payment.Id
                where row.KindId == (int)PaymentEventKind.Webhook && row.ProcessedOnUtc == null && row.Id > last && payment.Gateway == gateway
                orderby row.Id
                select row).Take(PageSize));
            foreach (var row in page)
                yield return row.PaymentId;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Id;
        }
    }

    private Task<IList<CryptoPayment>> YoungAsync(string gateway, DateTime now)
    {
        var since = now - _shopperIsThere;
        return payments.GetAllAsync(query => query
            .Where(payment => payment.Gateway == gateway && payment.NextCheckOnUtc <= now && payment.CreatedOnUtc >= since)
            .OrderByDescending(payment => payment.Id).Take(PageSize));
    }

    private async IAsyncEnumerable<int> OverdueAsync(string gateway, DateTime now)
    {
        var tooFar = now + CheckSchedule.Furthest;
        for (var (since, last) = (DateTime.MinValue, 0); ;)
        {
            var page = await payments.GetAllAsync(query => query
                .Where(payment => payment.Gateway == gateway && (payment.NextCheckOnUtc <= now || payment.NextCheckOnUtc > tooFar)
                    && (payment.NextCheckOnUtc > since || payment.NextCheckOnUtc == since && payment.Id > last))
                .OrderBy(payment => payment.NextCheckOnUtc).ThenBy(payment => payment.Id).Take(PageSize));
            foreach (var payment in page)
                yield return payment.Id;
            if (page.Count < PageSize)
                yield break;
            (since, last) = (page[^1].NextCheckOnUtc!.Value, page[^1].Id);
        }
    }
}
