using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The outbox of e-mails to shoppers. A row with a unique key is stored before the decision that causes the e-mail is committed, and
/// completed once the e-mail is queued, so that a crash loses no e-mail and a repeated check causes no second one. Only a crash between
/// queueing and completing sends one twice, which is better than sending none.
/// </summary>
public partial class PaymentEventService
{
    private const int NotificationPageSize = 100;

    /// <summary>Stores that an e-mail is to be sent: once for a payment; for a paid order, once for the order.</summary>
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
}
