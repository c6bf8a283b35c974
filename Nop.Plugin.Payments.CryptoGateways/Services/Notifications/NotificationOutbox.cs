using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Sends the mails that a crash, or a failure, left owed. The schedule task calls it.
/// </summary>
public class PendingNotifications(NotificationOutbox outbox, ShopperNotifications mails, OrderLock leases, AttemptReader attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await outbox.PendingPaymentIdsAsync())
        {
            // Who holds the lease is about to send them, or the next run does.
            if (await attempts.ByIdAsync(paymentId) is not { } payment || await leases.TakeAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await mails.SendPendingAsync(payment, isLastTry: true);
            }
            finally
            {
                await leases.ReleaseAsync(lease);
            }
        }
    }
}

/// <summary>
/// The mails that are owed to shoppers. Each is a row with a unique key, written before what causes the mail is committed and
/// stamped once the mail is queued, so that a crash costs no mail and a second look makes no second one. Only a crash between
/// queue and stamp sends one twice: a shopper who is told twice is better off than one who is told nothing.
/// </summary>
public class NotificationOutbox(IRepository<PaymentEvent> events, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>Records that a mail is owed, once for a payment; for an order's being paid, once for the order.</summary>
    public async Task EnqueueAsync(CryptoPayment payment, Notification mail)
    {
        var key = mail == Notification.Paid ? $"mail-{mail.Text}-order-{payment.OrderId}" : $"mail-{mail.Text}-{payment.Id}";
        if ((await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).Count > 0)
            return;

        await events.InsertAsync(new PaymentEvent
        {
            EventKey = key,
            PaymentId = payment.Id,
            Kind = PaymentEventKind.Notification,
            Name = mail.Text,
            CreatedOnUtc = Now
        }, publishEvent: false);
    }

    /// <summary>What is owed about a payment; for callers that hold its order's lease.</summary>
    public Task<IList<PaymentEvent>> OwedAsync(int paymentId) => events.GetAllAsync(query => query
        .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Notification && row.ProcessedOnUtc == null).OrderBy(row => row.Id));

    /// <summary>The payments about which mails were left over, some at a time.</summary>
    public async Task<IReadOnlyList<int>> PendingPaymentIdsAsync() => [.. (await events.GetAllAsync(query => query
        .Where(row => row.KindId == (int)PaymentEventKind.Notification && row.ProcessedOnUtc == null).OrderBy(row => row.Id).Take(PageSize)))
        .Select(row => row.PaymentId).Distinct()];

    /// <param name="owed">The row.</param>
    /// <param name="outcome">Why no mail was queued; null when one was.</param>
    public Task SettleAsync(PaymentEvent owed, string? outcome)
    {
        owed.ProcessedOnUtc = Now;
        if (outcome is not null)
            owed.Name = $"{owed.Name}: {outcome}";
        return events.UpdateAsync(owed, publishEvent: false);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
