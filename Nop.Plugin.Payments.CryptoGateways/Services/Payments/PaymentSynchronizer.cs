using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Brings a payment and its order to what the provider says. It is the only code that changes them once an attempt is made:
/// take the lease, read afresh, ask the provider, decide, write.
/// </summary>
public class PaymentSynchronizer(AttemptWriter attempts, PaymentEventService timeline, OrderLock leases, ProviderLookup providerLookup,
    PaymentFactsReader factsReader, OrderSettlement settlement)
{
    /// <summary>
    /// Synchronizes one payment; false when somebody else holds the order's lease for longer than <paramref name="patience"/>.
    /// </summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="source">What made us look.</param>
    /// <param name="patience">How long to wait for another holder.</param>
    /// <param name="onlyIfDue">Leave alone what another node has just looked at.</param>
    /// <param name="cancellationToken">Ends asking the provider; never what is being written.</param>
    /// <param name="known">What the provider told just now among others; it is asked again when a webhook came since.</param>
    public async Task<bool> SynchronizeAsync(int paymentId, SynchronizationSource source, TimeSpan patience, bool onlyIfDue, CancellationToken cancellationToken,
        ProviderPayment? known = null)
    {
        if (await attempts.ReadAsync(paymentId) is not { } payment)
            return false;
        // Before the lease: whoever comes when nothing is due costs no write.
        if (onlyIfDue && !await IsDueAsync(payment, source))
            return true;
        if (await leases.TakeAsync(payment.OrderId, patience) is not { } lease)
            return false;

        try
        {
            await SynchronizeHeldAsync(paymentId, source, lease, onlyIfDue, cancellationToken, known);
            return true;
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    /// <summary>The same for a caller that holds the order's lease already.</summary>
    public async Task SynchronizeHeldAsync(int paymentId, SynchronizationSource source, Lease lease, bool onlyIfDue, CancellationToken cancellationToken,
        ProviderPayment? known = null)
    {
        if (await attempts.ReadAsync(paymentId) is { } payment && (!onlyIfDue || await IsDueAsync(payment, source)))
            await SynchronizeAsync(payment, source, lease, known, isPart: false, cancellationToken);
    }

    private async Task<bool> IsDueAsync(CryptoPayment payment, SynchronizationSource source) =>
        attempts.IsDue(payment, source) || await timeline.HasNewWebhookAsync(payment);

    /// <summary>
    /// Asks the provider and writes what follows. Webhooks count as processed only when that was written: a run that lost the lease, or
    /// that met a changed order, leaves them for the next one.
    /// </summary>
    /// <param name="payment">The attempt as the database has it.</param>
    /// <param name="source">What made us check.</param>
    /// <param name="lease">The order's.</param>
    /// <param name="known">What the provider told just now.</param>
    /// <param name="isPart">It is checked for another attempt of its order: other partial payments are not checked for it in turn.</param>
    /// <param name="cancellationToken">Ends asking the provider.</param>
    /// <returns>How asking the provider went; <see cref="Lookup.Failed"/> also when nothing was written.</returns>
    private async Task<Lookup> SynchronizeAsync(CryptoPayment payment, SynchronizationSource source, Lease lease, ProviderPayment? known, bool isPart, CancellationToken cancellationToken)
    {
        var operation = await timeline.OpenOperationAsync(payment.Id);
        if (operation is not null && timeline.IsUnderWay(operation))
        {
            await attempts.ScheduleAsync(payment, operation.CreatedOnUtc + PaymentEventService.OperationGrace, lease);
            return Lookup.Failed;
        }

        using var step = CryptoGatewaysTelemetry.Start("synchronize payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        // Webhooks before the provider: one that comes while we ask stays unprocessed and is looked at again.
        var webhooks = await timeline.WebhooksAsync(payment.Id);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        work.CancelAfter(OrderLock.WorkTime);
        var (lookup, provider) = known is not null && webhooks.All(webhook => webhook.ProcessedOnUtc is not null)
            ? (Lookup.Found, known)
            : await providerLookup.AskAsync(payment, source, work.Token);
        IReadOnlyCollection<int> parts = [];
        if (!isPart && provider?.Status is (ProviderStatus.Completed or ProviderStatus.Underpaid))
        {
            (var confirmed, parts) = await ConfirmPartialPaymentsAsync(payment, source, lease, work.Token);
            if (confirmed != Lookup.Found)
                (lookup, provider) = (confirmed, null);
        }
        if (lookup == Lookup.Interrupted)
        {
            // A provider that uses up all of our own time has failed; otherwise the payment, and its webhooks, stay as due as they were.
            if (!work.IsCancellationRequested || cancellationToken.IsCancellationRequested)
                return lookup;
            lookup = Lookup.Failed;
        }

        var facts = await factsReader.ReadAsync(payment, lookup, provider, webhooks, parts) with
        {
            OperationLeft = operation is not null,
            SurplusReturned = payment.SurplusAmount is null ? null : (await timeline.FindSurplusRefundAsync(payment.Id))?.StatedAmount
        };
        if (!await ApplyAsync(payment, facts, source, webhooks, lease))
        {
            await CheckAgainAsync(payment.Id, lease);
            return Lookup.Failed;
        }

        if (lookup != Lookup.Failed)
            await timeline.MarkProcessedAsync(webhooks);
        if (operation is not null)
            await FinishAsync(payment, operation, lookup, lease);
        return lookup;
    }

    /// <summary>
    /// Asks the providers of the order's partial payments again: one that was sent back meanwhile does not count. Returns the ids of
    /// those that were confirmed, and <see cref="Lookup.Found"/> unless a provider gave no answer, so that nothing can be decided on them.
    /// </summary>
    private async Task<(Lookup Lookup, IReadOnlyCollection<int> Confirmed)> ConfirmPartialPaymentsAsync(CryptoPayment payment, SynchronizationSource source, Lease lease, CancellationToken cancellationToken)
    {
        var confirmed = new List<int>();
        foreach (var part in await attempts.OtherPartialPaymentsAsync(payment))
        {
            switch (await SynchronizeAsync(part, source, lease, known: null, isPart: true, cancellationToken))
            {
                case (Lookup.Failed or Lookup.Interrupted) and var lookup:
                    return (lookup, []);
                case Lookup.Found:
                    confirmed.Add(part.Id);
                    break;
            }
        }
        return (Lookup.Found, confirmed);
    }

    /// <summary>Another worker, or the platform, was at work on the order. Whoever lost the lease leaves the row to its holder.</summary>
    private async Task CheckAgainAsync(int paymentId, Lease lease)
    {
        if (await attempts.ReadAsync(paymentId) is { } payment)
            await attempts.ScheduleAsync(payment, attempts.Now + CheckSchedule.First, lease);
    }

    /// <summary>The platform did not say that it wrote the order after an operation; what the provider says has been acted on now.</summary>
    private async Task FinishAsync(CryptoPayment payment, PaymentEvent operation, Lookup lookup, Lease lease)
    {
        if (lookup == Lookup.Failed)
        {
            await attempts.ScheduleAsync(payment, payment.UpdatedOnUtc + PaymentEventService.OperationGrace, lease);
            return;
        }

        var wasDone = operation.Name != OperationNames.Refund || payment.Status is CryptoPaymentStatus.Refunded or CryptoPaymentStatus.PartiallyRefunded;
        await timeline.CompleteAsync(operation, wasDone ? null : PaymentEventOutcome.NotDone);
    }

    /// <summary>False when nothing was decided or written, so that the facts have to be read again.</summary>
    private async Task<bool> ApplyAsync(CryptoPayment payment, PaymentFacts facts, SynchronizationSource source, IReadOnlyList<VerifiedWebhook> webhooks, Lease lease)
    {
        var decision = PaymentDecision.Decide(facts);
        if (decision.Wait || !await leases.IsHeldAsync(lease))
            return false;

        var before = payment.Status;
        attempts.Take(payment, facts, decision, webhooks);
        if (await factsReader.OrderAsync(payment.OrderId) is { } order && !await settlement.ApplyAsync(payment, order, decision, () => leases.IsHeldAsync(lease))
            || !await attempts.WriteAsync(payment, facts, decision.Status, source, lease))
            return false;

        if (payment.Status != before)
            await settlement.AnnounceAsync(payment);
        return true;
    }
}
