using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Reads how an attempt stands for its pay page. The provider is asked when the attempt is due for a check, whoever looks at the page
/// and however often: the time of the next check is stored in the row.
/// </summary>
public class PayPageReader(PaymentSummaries summaries, PaymentSynchronizer synchronizer, TimeProvider time)
{
    /// <summary>The attempt as it is now, and what its page shows.</summary>
    public async Task<(CryptoPayment Payment, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (CheckSchedule.IsDue(payment.NextCheckOnUtc, Now))
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var (current, _, summary) = await summaries.OfAsync(payment);
        return (current, new PayPageState(summary, Now - current.CreatedOnUtc));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
