using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Sends e-mails that a crash or a failure left pending. The schedule task calls it.
/// </summary>
public class PendingNotifications(PaymentEventService events, ShopperNotifications notifications, OrderLock orderLock, AttemptStore attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await events.PaymentsWithPendingNotificationsAsync())
        {
            // The holder of the lease sends them, or the next run does.
            if (await attempts.FindAsync(paymentId) is not { } payment || await orderLock.AcquireAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await notifications.SendPendingAsync(payment, await attempts.SnapshotAsync(payment.OrderId), isLastTry: true);
            }
            finally
            {
                await orderLock.ReleaseAsync(lease);
            }
        }
    }
}
