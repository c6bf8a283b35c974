using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Sends e-mails that a crash or a failure left pending. The schedule task calls it.
/// </summary>
public class PendingNotifications(PaymentEventService events, ShopperNotifications mails, OrderLock leases, AttemptStore attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await events.PaymentsWithPendingNotificationsAsync())
        {
            // The holder of the lease sends them, or the next run does.
            if (await attempts.FindAsync(paymentId) is not { } payment || await leases.AcquireAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await mails.SendPendingAsync(payment, await attempts.SnapshotAsync(payment.OrderId), isLastTry: true);
            }
            finally
            {
                await leases.ReleaseAsync(lease);
            }
        }
    }
}
