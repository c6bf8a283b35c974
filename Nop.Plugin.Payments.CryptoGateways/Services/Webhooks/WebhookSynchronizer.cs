using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Synchronizes a payment before the response to its webhook is sent.
/// </summary>
public class WebhookSynchronizer(PaymentSynchronizer synchronizer, ThrottledLog log, TimeProvider time)
{
    /// <summary>The most time before the response; the strictest provider times out after 5 s. The schedule task does the rest.</summary>
    private static readonly TimeSpan _workTime = TimeSpan.FromSeconds(2);

    /// <summary>Does not throw: the webhook is stored, a repeated one would be a duplicate, and the schedule task processes it.</summary>
    public async Task SynchronizeAsync(CryptoPayment payment)
    {
        using var work = new CancellationTokenSource(_workTime, time);
        try
        {
            await synchronizer.SynchronizeAsync(payment, SynchronizationSource.Webhook, _workTime, onlyIfDue: true, work.Token);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"Payment {payment.Id} could not be synchronized", exception);
        }
    }
}
