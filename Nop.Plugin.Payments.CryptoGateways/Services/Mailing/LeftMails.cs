namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Sends the mails that a crash, or a failure, left owed. The schedule task calls it.
/// </summary>
public class LeftMails(MailOutbox outbox, ShopperMails mails, OrderLeases leases, AttemptReader attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await outbox.LeftAsync())
        {
            // Who holds the lease is about to send them, or the next run does.
            if (await attempts.ByIdAsync(paymentId) is not { } payment || await leases.TakeAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await mails.SendOwedAsync(payment, isLastTry: true);
            }
            finally
            {
                await leases.ReleaseAsync(lease);
            }
        }
    }
}
