using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// The payments that the schedule task has to check. They take turns, so that no kind of payment keeps another waiting. Read in pages
/// by index, so that a run holds a few pages in memory whatever is due.
/// </summary>
public class DuePayments(IRepository<CryptoPayment> payments, PaymentEventService events, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>How long a shopper may still be waiting for the answer; as long as payments are checked most often.</summary>
    private static readonly TimeSpan _shopperIsThere = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Ids of a gateway's payments, one of each kind in turn: those with new webhooks; those whose shopper is likely still there, the
    /// newest first; all others that are due, the longest overdue first; those whose last check failed, likewise. One may come twice:
    /// it is not due any more then.
    /// </summary>
    public async IAsyncEnumerable<int> ListAsync(string gateway)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var kinds = new List<IAsyncEnumerator<int>>
        {
            WithNewWebhooksAsync(gateway, now).GetAsyncEnumerator(),
            RecentAsync(gateway, now).GetAsyncEnumerator(),
            OverdueAsync(gateway, now, haveFailed: false).GetAsyncEnumerator(),
            OverdueAsync(gateway, now, haveFailed: true).GetAsyncEnumerator()
        };
        while (kinds.Count > 0)
        {
            foreach (var kind in kinds.ToList())
            {
                if (await kind.MoveNextAsync())
                    yield return kind.Current;
                else
                    kinds.Remove(kind);
            }
        }
    }

    private async IAsyncEnumerable<int> WithNewWebhooksAsync(string gateway, DateTime now)
    {
        var ofGateway = payments.Table.Where(payment => payment.Gateway == gateway);
        for (var last = 0; ;)
        {
            var page = await events.UncheckedWebhooksAsync(ofGateway, now, last, PageSize);
            foreach (var (_, paymentId) in page)
                yield return paymentId;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].EventId;
        }
    }

    private async IAsyncEnumerable<int> RecentAsync(string gateway, DateTime now)
    {
        var since = now - _shopperIsThere;
        var page = await payments.Table
            .Where(payment => payment.Gateway == gateway && payment.NextCheckOnUtc <= now && payment.FailedChecks == 0 && payment.CreatedOnUtc >= since)
            .OrderByDescending(payment => payment.Id).Take(PageSize).Select(payment => payment.Id).ToListAsync();
        foreach (var id in page)
            yield return id;
    }

    private async IAsyncEnumerable<int> OverdueAsync(string gateway, DateTime now, bool haveFailed)
    {
        var tooFar = now + CheckSchedule.Furthest;
        for (var (since, last) = (DateTime.MinValue, 0); ;)
        {
            var page = await payments.Table
                .Where(payment => payment.Gateway == gateway && (payment.NextCheckOnUtc <= now || payment.NextCheckOnUtc > tooFar)
                    && payment.FailedChecks > 0 == haveFailed
                    && (payment.NextCheckOnUtc > since || payment.NextCheckOnUtc == since && payment.Id > last))
                .OrderBy(payment => payment.NextCheckOnUtc).ThenBy(payment => payment.Id).Take(PageSize)
                .Select(payment => new { payment.Id, payment.NextCheckOnUtc }).ToListAsync();
            foreach (var payment in page)
                yield return payment.Id;
            if (page.Count < PageSize)
                yield break;
            (since, last) = (page[^1].NextCheckOnUtc!.Value, page[^1].Id);
        }
    }
}
