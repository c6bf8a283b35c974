using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What a look at the provider changes on the attempt, as <see cref="OrderSettlement"/> is what it changes on the order; for
/// callers that hold the order's lease.
/// </summary>
public class AttemptWriter(IRepository<CryptoPayment> payments, PaymentTimeline timeline, CryptoGatewaysTelemetry telemetry, TimeProvider time)
{
    /// <summary>The attempt as the database has it now.</summary>
    public async Task<CryptoPayment?> ReadAsync(int paymentId) => await payments.GetByIdAsync(paymentId);

    public bool IsDue(CryptoPayment payment) => payment.NextCheckOnUtc <= Now;

    /// <summary>Takes over what the provider told; in memory only.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="facts">What was decided on.</param>
    /// <param name="decided">The attempt's status from now on.</param>
    /// <param name="webhooks">The verified webhooks about it.</param>
    public void Take(CryptoPayment payment, PaymentFacts facts, CryptoPaymentStatus decided, IEnumerable<PaymentEvent> webhooks)
    {
        payment.UpdatedOnUtc = Now;
        payment.Checks++;
        if (facts.Provider is { } provider && !facts.IdIsAnothers)
        {
            ProviderFacts.Take(payment, provider);
            if (!payment.HasPage && decided == CryptoPaymentStatus.AwaitingPayment)
                ProviderFacts.TakePage(payment, provider.CheckoutUrl, provider.PayTo);
        }

        if (webhooks.LastOrDefault(webhook => webhook.StatedNetAmount is not null) is { StatedNetAmount: { } net, StatedNetCurrency: { } currency })
            ProviderFacts.TakeNet(payment, new Money(net, currency));

        if (PaymentStatusMoves.IsSettled(decided))
        {
            if (payment.PaidOnUtc is null)
            {
                payment.PaidOnUtc = Now;
                payment.ReceivedAmount = (facts.Provider?.Received ?? facts.Provider?.Amount)?.Amount;
            }
            // A part that came is no payment: the report's times are of what was paid.
            if (decided != CryptoPaymentStatus.Underpaid)
                payment.SecondsToPaid ??= (int)(Now - payment.CreatedOnUtc).TotalSeconds;
        }
        // Of a payment that is being confirmed a part means that the same address takes the rest.
        else if (payment.PaidOnUtc is null && decided == CryptoPaymentStatus.Confirming && facts.Provider is { TakesRest: false })
            payment.ReceivedAmount = null;
    }

    /// <summary>Writes the attempt with its status and the time of the next look.</summary>
    /// <param name="payment">The attempt, with what was taken over.</param>
    /// <param name="facts">What was decided on.</param>
    /// <param name="decided">Its status from now on.</param>
    /// <param name="source">What made us look.</param>
    public async Task WriteAsync(CryptoPayment payment, PaymentFacts facts, CryptoPaymentStatus decided, SynchronizationSource source)
    {
        var before = payment.Status;
        var jitter = Random.Shared.Next(CheckSchedule.MostJitter + 1);
        var pause = CheckSchedule.After(decided, facts.Age, facts.Watch, jitter)
            ?? (decided != CryptoPaymentStatus.Refunded && await timeline.AwaitsRefundSinceAsync(payment.Id) is { } since ? CheckSchedule.AfterRefund(Now - since, facts.Watch, jitter) : null);
        payment.Status = decided;
        payment.NextCheckOnUtc = Now + pause;
        await payments.UpdateAsync(payment, publishEvent: false);

        if (before != decided)
            await timeline.RecordMoveAsync(payment, before);
        if (PaymentStatusMoves.IsSettled(decided) && (before == CryptoPaymentStatus.Underpaid || !PaymentStatusMoves.IsSettled(before)) && payment.SecondsToPaid is { } seconds)
            telemetry.MoneyArrived(payment.Gateway, TimeSpan.FromSeconds(seconds));
        telemetry.Synchronized(payment.Gateway, source, decided);
    }

    /// <summary>Has the task look at a payment, also at one that is over.</summary>
    /// <param name="payment">The payment as the database has it.</param>
    /// <param name="when">Not before, UTC.</param>
    public Task LookAgainAsync(CryptoPayment payment, DateTime when)
    {
        payment.NextCheckOnUtc = when;
        return payments.UpdateAsync(payment, publishEvent: false);
    }

    /// <summary>Makes the address of the payment's own page anew; the one that was known until now leads nowhere.</summary>
    public Task RenewPageAsync(CryptoPayment payment)
    {
        payment.TokenNonce = PayPages.NewNonce();
        return payments.UpdateAsync(payment, publishEvent: false);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
