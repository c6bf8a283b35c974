using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reports;

/// <summary>
/// Which payments the administrator wants to see. What is null or empty does not matter.
/// </summary>
public sealed record PaymentFilter
{
    public IReadOnlyList<CryptoPaymentStatus> Statuses { get; init; } = [];

    /// <summary>System name.</summary>
    public string? Gateway { get; init; }

    public string? Coin { get; init; }

    /// <summary>First day on which payments were started, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order's number as people see it, whole.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Our reference or the provider's id, whole; or a long part of a transaction id.</summary>
    public string? Search { get; init; }

    public int? StoreId { get; init; }
}

/// <summary>
/// By what the list is sorted.
/// </summary>
public enum PaymentOrder
{
    Created,
    Order,
    Gateway,
    Status,
    Paid
}

/// <summary>
/// Finds payments for the administrator. Filters, order and pages are the database's work: no more rows are read than are shown.
/// </summary>
public class PaymentSearch(IRepository<CryptoPayment> payments, IRepository<Order> orders)
{
    /// <summary>Rows that an export reads at once.</summary>
    public const int BatchSize = 1000;

    /// <summary>Payments that an order's number or a provider's id may find; it is one as a rule.</summary>
    private const int MostFound = 200;

    /// <summary>A shorter part of a transaction id would be in very many.</summary>
    private const int ShortestTransaction = 16;

    /// <summary>One page, and how many there are in all.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="order">Sorted by what; payments that are alike in it, by their id.</param>
    /// <param name="ascending">False: the newest, or largest, first.</param>
    /// <param name="start">How many to leave out.</param>
    /// <param name="length">How many to read.</param>
    public async Task<(IList<CryptoPayment> Rows, int Total)> PageAsync(PaymentFilter filter, PaymentOrder order, bool ascending, int start, int length)
    {
        var query = await FilterAsync(filter);
        var total = await query.CountAsync();
        var size = Math.Min(length, total - start);
        if (size <= 0)
            return ([], total);
        if (start <= total / 2)
            return (await Sort(query, order, ascending).Skip(start).Take(size).ToListAsync(), total);

        // What is left out is read too: the second half is nearer from the other end.
        var rows = await Sort(query, order, !ascending).Skip(total - start - size).Take(size).ToListAsync();
        rows.Reverse();
        return (rows, total);
    }

    /// <summary>All of them, newest first, a batch at a time: however many there are, one batch is held in memory.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CryptoPayment>> BatchesAsync(PaymentFilter filter)
    {
        var query = await FilterAsync(filter);
        for (var before = int.MaxValue; ;)
        {
            var last = before;
            var batch = await query.Where(payment => payment.Id < last).OrderByDescending(payment => payment.Id).Take(BatchSize).ToListAsync();
            if (batch.Count > 0)
                yield return batch;
            if (batch.Count < BatchSize)
                yield break;
            before = batch[^1].Id;
        }
    }

    /// <summary>The numbers of orders as people see them, by the order's id.</summary>
    public async Task<IReadOnlyDictionary<int, string>> OrderNumbersAsync(IEnumerable<CryptoPayment> rows)
    {
        var ids = rows.Select(payment => payment.OrderId).Distinct().ToArray();
        var found = await orders.Table.Where(order => ids.Contains(order.Id)).Select(order => new { order.Id, order.CustomOrderNumber }).ToListAsync();
        return found.ToDictionary(order => order.Id, order => order.CustomOrderNumber);
    }

    private async Task<IQueryable<CryptoPayment>> FilterAsync(PaymentFilter filter)
    {
        var query = payments.Table;
        if (filter.Statuses is { Count: > 0 } statuses)
        {
            var ids = statuses.Select(status => (int)status).ToArray();
            // A confirming attempt whose address takes the rest is shown as underpaid.
            var (confirming, isUnderpaid) = ((int)CryptoPaymentStatus.Confirming, statuses.Contains(CryptoPaymentStatus.Underpaid));
            query = query.Where(payment => payment.StatusId == confirming && payment.AcceptsBalance ? isUnderpaid : ids.Contains(payment.StatusId));
        }
        if (filter.Gateway is { Length: > 0 } gateway)
            query = query.Where(payment => payment.Gateway == gateway);
        if (filter.Coin is { Length: > 0 } coin)
            query = query.Where(payment => payment.Coin == coin);
        if (filter.StoreId is { } storeId)
            query = query.Where(payment => payment.StoreId == storeId);
        if (filter.OrderNumber is { Length: > 0 } number)
        {
            var ids = await orders.Table.Where(order => order.CustomOrderNumber == number).Select(order => order.Id).Take(MostFound).ToListAsync();
            query = query.Where(payment => ids.Contains(payment.OrderId));
        }
        if (filter.Search is { Length: > 0 } text)
        {
            var ids = await FindAsync(text);
            query = query.Where(payment => ids.Contains(payment.Id));
        }
        return Between(query, filter.From, filter.To);
    }

    /// <summary>Payments that were started on days of UTC, first and last included.</summary>
    public static IQueryable<CryptoPayment> Between(IQueryable<CryptoPayment> query, DateOnly? from, DateOnly? to)
    {
        if (from is { } first)
        {
            var start = first.ToDateTime(TimeOnly.MinValue);
            query = query.Where(payment => payment.CreatedOnUtc >= start);
        }
        if (to is { } last && last < DateOnly.MaxValue)
        {
            var end = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
            query = query.Where(payment => payment.CreatedOnUtc < end);
        }
        return query;
    }

    /// <summary>By the ids that have an index; only a long text that none of them is, is looked for in the whole table.</summary>
    private async Task<IList<int>> FindAsync(string text)
    {
        if (!ExternalText.Fits(text, TextLengths.TransactionIds))
            return [];

        var ids = await payments.Table.Where(payment => payment.Reference == text).Select(payment => payment.Id).ToListAsync();
        if (ids.Count == 0)
            ids = await payments.Table.Where(payment => payment.ExternalId == text).Select(payment => payment.Id).Take(MostFound).ToListAsync();
        if (ids.Count == 0 && text.Length >= ShortestTransaction)
            ids = await payments.Table.Where(payment => payment.TransactionIds!.Contains(text)).Select(payment => payment.Id).ToListAsync();
        return ids;
    }

    private static IQueryable<CryptoPayment> Sort(IQueryable<CryptoPayment> query, PaymentOrder order, bool ascending) => (order, ascending) switch
    {
        (PaymentOrder.Order, true) => query.OrderBy(payment => payment.OrderId).ThenBy(payment => payment.Id),
        (PaymentOrder.Order, false) => query.OrderByDescending(payment => payment.OrderId).ThenByDescending(payment => payment.Id),
        (PaymentOrder.Gateway, true) => query.OrderBy(payment => payment.Gateway).ThenBy(payment => payment.Id),
        (PaymentOrder.Gateway, false) => query.OrderByDescending(payment => payment.Gateway).ThenByDescending(payment => payment.Id),
        (PaymentOrder.Status, true) => query.OrderBy(payment => payment.StatusId).ThenBy(payment => payment.Id),
        (PaymentOrder.Status, false) => query.OrderByDescending(payment => payment.StatusId).ThenByDescending(payment => payment.Id),
        (PaymentOrder.Paid, true) => query.OrderBy(payment => payment.PaidOnUtc).ThenBy(payment => payment.Id),
        (PaymentOrder.Paid, false) => query.OrderByDescending(payment => payment.PaidOnUtc).ThenByDescending(payment => payment.Id),
        (_, true) => query.OrderBy(payment => payment.CreatedOnUtc).ThenBy(payment => payment.Id),
        (_, false) => query.OrderByDescending(payment => payment.CreatedOnUtc).ThenByDescending(payment => payment.Id)
    };
}
