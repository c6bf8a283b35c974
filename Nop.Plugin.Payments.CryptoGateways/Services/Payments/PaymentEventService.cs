using System.Globalization;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Stores and reads payment events. It is the only class that holds their table.
/// </summary>
/// <remarks>
/// Unique keys guard what must happen once: a webhook, the marker of a paid order, a reopening, a surplus refund and an e-mail.
/// </remarks>
public partial class PaymentEventService(IRepository<PaymentEvent> events, TimeProvider time)
{
    private const int NotificationPageSize = 100;

    /// <summary>All events of a payment, newest first.</summary>
    public Task<IList<PaymentEvent>> AllAsync(int paymentId) =>
        events.GetAllAsync(query => query.Where(row => row.PaymentId == paymentId).OrderByDescending(row => row.Id));

    /// <summary>
    /// All events of some payments, oldest first. Only open events come with their body, and only these may be written: see
    /// <see cref="CompleteAsync"/>.
    /// </summary>
    public Task<IList<PaymentEvent>> OfPaymentsAsync(IEnumerable<CryptoPayment> payments)
    {
        var ids = payments.Select(payment => payment.Id).ToList();
        return events.GetAllAsync(query => query.Where(row => ids.Contains(row.PaymentId)).OrderBy(row => row.Id).Select(row => new PaymentEvent
        {
            Id = row.Id,
            EventKey = row.EventKey,
            PaymentId = row.PaymentId,
            KindId = row.KindId,
            Name = row.Name,
            Outcome = row.Outcome,
            StatedAmount = row.StatedAmount,
            StatedCurrency = row.StatedCurrency,
            StatedExternalId = row.StatedExternalId,
            StatedStatusId = row.StatedStatusId,
            StatedNetAmount = row.StatedNetAmount,
            StatedNetCurrency = row.StatedNetCurrency,
            SignatureForm = row.SignatureForm,
            Body = row.ProcessedOnUtc == null ? row.Body : null,
            CreatedOnUtc = row.CreatedOnUtc,
            ProcessedOnUtc = row.ProcessedOnUtc
        }));
    }

    public Task RecordStatusChangeAsync(CryptoPayment payment, CryptoPaymentStatus before) =>
        events.InsertAsync(New(payment.Id, PaymentEventKind.StatusChange, "status", $"{before} > {payment.Status}"), publishEvent: false);

    /// <summary>Records which administrator settled a payment, and the transaction that proves it.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="customerId">The administrator's customer id.</param>
    /// <param name="transactionId">The transaction that proves it.</param>
    public Task RecordManualSettlementAsync(CryptoPayment payment, int customerId, string transactionId)
    {
        var row = New(payment.Id, PaymentEventKind.ManuallySettled, "settled", ByCustomer(customerId));
        row.Body = transactionId;
        return events.InsertAsync(row, publishEvent: false);
    }

    /// <summary>
    /// Claims the order for an attempt; true when the claim belongs to this attempt, now or from an earlier run. The claim and the check of
    /// the lease are one transaction: a worker that lost the lease leaves no claim, and a claimed order was leased after the claim.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="isHeld">Checks whether the order's lease is still held.</param>
    public async Task<bool> ClaimOrderAsync(CryptoPayment payment, OrderSnapshot snapshot, Func<Task<bool>> isHeld)
    {
        if (snapshot.PaidMarker is { } known)
            return known.PaymentId == payment.Id && await isHeld();

        PaymentEvent marker = null!;
        try
        {
            if (!await CheckedWrite.RunAsync(async () =>
            {
                marker = NewOpen(payment.Id, PaymentEventKind.PaidMarker, PaidMarkerKey(payment.OrderId));
                await events.InsertAsync(marker, publishEvent: false);
                return await isHeld();
            }, time))
                return false;
        }
        catch (Exception)
        {
            if (await IsStoredAsync(PaidMarkerKey(payment.OrderId)))
                return false;
            throw;
        }
        snapshot.Add(marker);
        return true;
    }

    /// <summary>Claims the order for an attempt whose funds were captured, whoever holds the lease by now.</summary>
    public async Task ClaimCapturedOrderAsync(CryptoPayment payment, OrderSnapshot snapshot)
    {
        if (snapshot.PaidMarker is null)
            await InsertAsync(NewOpen(payment.Id, PaymentEventKind.PaidMarker, PaidMarkerKey(payment.OrderId)), snapshot);
    }

    /// <summary>Records that the platform marked the order as paid and announced it.</summary>
    public async Task CompletePaidMarkerAsync(int orderId)
    {
        if (await FindAsync(PaidMarkerKey(orderId)) is { ProcessedOnUtc: null } marker)
            await CompleteAsync(marker);
    }

    /// <summary>Records that a cancelled order is about to be reopened, before its stock is taken; null when another worker has done so.</summary>
    public Task<PaymentEvent?> BeginReopeningAsync(CryptoPayment payment, OrderSnapshot snapshot) =>
        InsertAsync(NewOpen(payment.Id, PaymentEventKind.Reopening, $"reopen-order-{payment.OrderId}"), snapshot);

    /// <summary>
    /// Stores that an e-mail is to be sent: once for a payment; for a paid order, once for the order. The row is stored before the decision
    /// is committed and completed once the e-mail is queued, so that a crash loses no e-mail and a repeated check causes no second one. Only
    /// a crash between queueing and completing sends one twice.
    /// </summary>
    public async Task EnqueueNotificationAsync(CryptoPayment payment, Notification mail, OrderSnapshot snapshot)
    {
        var key = mail == Notification.Paid ? $"mail-{mail.Text}-order-{payment.OrderId}" : $"mail-{mail.Text}-{payment.Id}";
        if (!snapshot.Has(key))
            await InsertAsync(NewOpen(payment.Id, PaymentEventKind.Notification, key, mail.Text), snapshot);
    }

    /// <summary>The payments with pending e-mails, a limited number at a time.</summary>
    public async Task<IReadOnlyList<int>> PaymentsWithPendingNotificationsAsync()
    {
        var ids = await events.Table.Where(row => row.KindId == (int)PaymentEventKind.Notification && row.ProcessedOnUtc == null)
            .OrderBy(row => row.Id).Take(NotificationPageSize).Select(row => row.PaymentId).ToListAsync();
        return [.. ids.Distinct()];
    }

    /// <summary>Closes an event.</summary>
    /// <param name="row">An open event: those are read whole.</param>
    /// <param name="outcome">Null when it went as intended.</param>
    public Task CompleteAsync(PaymentEvent row, PaymentEventOutcome? outcome = null)
    {
        (row.ProcessedOnUtc, row.Outcome) = (Now, outcome?.ToString());
        return events.UpdateAsync(row, publishEvent: false);
    }

    private static string PaidMarkerKey(int orderId) => $"paid-order-{orderId}";

    /// <summary>Null when the unique key rejects the row: a worker that took over the lease has stored it after the snapshot was read.</summary>
    private async Task<PaymentEvent?> InsertAsync(PaymentEvent row, OrderSnapshot snapshot)
    {
        try
        {
            await events.InsertAsync(row, publishEvent: false);
        }
        catch (Exception)
        {
            if (await IsStoredAsync(row.EventKey))
                return null;
            throw;
        }
        snapshot.Add(row);
        return row;
    }

    /// <param name="key">A unique key of an event.</param>
    public Task<bool> IsStoredAsync(string key) => events.Table.AnyAsync(row => row.EventKey == key);

    private async Task<PaymentEvent?> FindAsync(string key) =>
        (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();

    /// <summary>An event with a random key that needs no further work.</summary>
    private PaymentEvent New(int paymentId, PaymentEventKind kind, string keyPrefix, string name)
    {
        var row = NewOpen(paymentId, kind, $"{keyPrefix}-{Guid.NewGuid():N}", name);
        row.ProcessedOnUtc = row.CreatedOnUtc;
        return row;
    }

    private PaymentEvent NewOpen(int paymentId, PaymentEventKind kind, string key, string? name = null) => new()
    {
        EventKey = key,
        PaymentId = paymentId,
        Kind = kind,
        Name = name,
        CreatedOnUtc = Now
    };

    /// <summary>The form in which the name of an event states the administrator.</summary>
    private static string ByCustomer(int customerId) => string.Create(CultureInfo.InvariantCulture, $"customer {customerId}");

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
