using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reports;

/// <summary>
/// Filter of the list of payments. A null or empty property does not filter.
/// </summary>
public sealed record PaymentFilter
{
    public IReadOnlyList<CryptoPaymentStatus> Statuses { get; init; } = [];

    /// <summary>System name.</summary>
    public string? Gateway { get; init; }

    public string? Coin { get; init; }

    /// <summary>Earliest start of a payment, UTC.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Payments started at this time, UTC, or later are left out.</summary>
    public DateTime? BeforeUtc { get; init; }

    /// <summary>Exact order number as shown to people.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Exact reference or provider id, or a long part of a transaction id.</summary>
    public string? Search { get; init; }

    public int? StoreId { get; init; }
}

/// <summary>
/// Sort order of the list of payments.
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
/// Finds payments for the administrator. The database filters, sorts and pages, so that no more rows are read than shown.
/// </summary>
public class PaymentSearch(IRepository<CryptoPayment> payments, IRepository<Order> orders)
{
    /// <summary>Rows in one batch of an export.</summary>
    public const int BatchSize = 1000;

    /// <summary>Maximum number of payments found by an order number or provider ID; usually there is one.</summary>
    private const int MaximumMatches = 200;

    /// <summary>Shortest searchable part of a transaction id, in characters: a shorter part would match too many.</summary>
    private const int ShortestTransaction = 16;

    /// <summary>Reads one page and the total number of payments.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="order">Sort order; ties are sorted by id.</param>
    /// <param name="ascending">False for newest or largest first.</param>
    /// <param name="start">Rows to skip.</param>
    /// <param name="length">Rows to read.</param>
    public async Task<(IList<CryptoPayment> Rows, int Total)> PageAsync(PaymentFilter filter, PaymentOrder order, bool ascending, int start, int length)
    {
        var query = await FilterAsync(filter);
        var total = await query.CountAsync();
        var size = Math.Min(length, total - start);
        if (size <= 0)
            return ([], total);
        if (start <= total / 2)
            return (await Sort(query, order, ascending).Skip(start).Take(size).ToListAsync(), total);

        // Databases read skipped rows too: the second half is read faster from the end.
        var rows = await Sort(query, order, !ascending).Skip(total - start - size).Take(size).ToListAsync();
        rows.Reverse();
        return (rows, total);
    }

    /// <summary>Reads all payments in batches, newest first; only one batch is held in memory.</summary>
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

    /// <summary>True if any payment was ever started.</summary>
    public Task<bool> AnyAsync() => payments.Table.AnyAsync();

    /// <summary>When the last payment of each gateway was paid, UTC, by system name.</summary>
    public async Task<IReadOnlyDictionary<string, DateTime>> LastPaidAsync()
    {
        var last = await payments.Table.Where(payment => payment.PaidOnUtc != null).GroupBy(payment => payment.Gateway)
            .Select(group => new { Gateway = group.Key, PaidOnUtc = group.Max(payment => payment.PaidOnUtc) }).ToListAsync();
        return last.ToDictionary(row => row.Gateway, row => row.PaidOnUtc!.Value);
    }

    /// <summary>The order; null when it does not exist or was not placed with this payment method.</summary>
    public async Task<Order?> OrderAsync(int id) => await orders.GetByIdAsync(id) is { PaymentMethodSystemName: CryptoGatewaysDefaults.SystemName } order ? order : null;

    /// <summary>Order numbers as shown to people, by order id.</summary>
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
            // A confirming attempt that accepts the outstanding balance is shown as underpaid.
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
            var ids = await orders.Table.Where(order => order.CustomOrderNumber == number).Select(order => order.Id).Take(MaximumMatches).ToListAsync();
            query = query.Where(payment => ids.Contains(payment.OrderId));
        }
        if (filter.Search is { Length: > 0 } text)
        {
            var ids = await FindAsync(text);
            query = query.Where(payment => ids.Contains(payment.Id));
        }
        return Between(query, filter.FromUtc, filter.BeforeUtc);
    }

    /// <summary>Payments started in a period.</summary>
    /// <param name="query">The payments.</param>
    /// <param name="fromUtc">Begin of the period, UTC; null for none.</param>
    /// <param name="beforeUtc">End of the period, UTC, exclusive; null for none.</param>
    public static IQueryable<CryptoPayment> Between(IQueryable<CryptoPayment> query, DateTime? fromUtc, DateTime? beforeUtc)
    {
        if (fromUtc is { } start)
            query = query.Where(payment => payment.CreatedOnUtc >= start);
        if (beforeUtc is { } end)
            query = query.Where(payment => payment.CreatedOnUtc < end);
        return query;
    }

    /// <summary>Searches the indexed ids first; only a long text that matches none of them is searched for in the whole table.</summary>
    private async Task<IList<int>> FindAsync(string text)
    {
        if (!ExternalText.Fits(text, TextLengths.TransactionIds))
            return [];

        var ids = await payments.Table.Where(payment => payment.Reference == text).Select(payment => payment.Id).ToListAsync();
        if (ids.Count == 0)
            ids = await payments.Table.Where(payment => payment.ExternalId == text).Select(payment => payment.Id).Take(MaximumMatches).ToListAsync();
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
