using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// Lists the payments that are due for a check. The kinds of payments take turns, so that none delays another. Pages are read
/// by index, so that a run holds only a few pages in memory.
/// </summary>
public class DuePayments(IRepository<CryptoPayment> payments, PaymentEventService events, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>How long a shopper is likely to wait; payments are checked most often for this long.</summary>
    private static readonly TimeSpan _shopperWaits = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Ids of a gateway's payments, one of each kind in turn: payments with new webhooks; payments whose shopper is likely to wait,
    /// newest first; other due payments, longest overdue first; and those whose last check failed, likewise. An id may occur twice;
    /// the payment is no longer due then.
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
        var since = now - _shopperWaits;
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
