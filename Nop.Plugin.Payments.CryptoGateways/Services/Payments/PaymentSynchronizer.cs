using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Brings a payment and its order in line with the provider. Apart from administrators' actions, it is the only code that changes
/// them: acquire the lease, read, query the provider, decide, write.
/// </summary>
public class PaymentSynchronizer(AttemptStore attempts, PaymentEventService events, OrderLock orderLock, ProviderLookup providerLookup,
    PaymentFactsReader factsReader, OrderSettlement settlement)
{
    /// <summary>Reads an attempt and synchronizes it.</summary>
    public async Task<bool> SynchronizeAsync(int paymentId, SynchronizationSource source, TimeSpan lockTimeout, bool onlyIfDue, CancellationToken cancellationToken,
        ProviderPayment? known = null) =>
        await attempts.FindAsync(paymentId) is { } payment && await SynchronizeAsync(payment, source, lockTimeout, onlyIfDue, cancellationToken, known);

    /// <summary>
    /// Synchronizes one payment; false when another worker holds the order's lease for longer than <paramref name="lockTimeout"/>.
    /// </summary>
    /// <param name="payment">The attempt as the caller has just read it.</param>
    /// <param name="source">What caused the check.</param>
    /// <param name="lockTimeout">How long to wait for another holder.</param>
    /// <param name="onlyIfDue">Skip a payment that another node has just checked.</param>
    /// <param name="cancellationToken">Ends the call to the provider; never a write.</param>
    /// <param name="known">The provider's response from a batch; the provider is queried again when a webhook has arrived since.</param>
    public async Task<bool> SynchronizeAsync(CryptoPayment payment, SynchronizationSource source, TimeSpan lockTimeout, bool onlyIfDue, CancellationToken cancellationToken,
        ProviderPayment? known = null)
    {
        // Before the lease, so that a check that is not due costs no write. A webhook has just been stored, so that its check is due.
        if (onlyIfDue && source != SynchronizationSource.Webhook && !attempts.IsDue(payment, source) && !await events.HasNewWebhookAsync(payment))
            return true;
        if (await orderLock.AcquireAsync(payment.OrderId, lockTimeout) is not { } lease)
            return false;

        try
        {
            await SynchronizeHeldAsync(payment, source, lease, onlyIfDue, cancellationToken, known);
            return true;
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    /// <summary>Synchronizes one payment for a caller that holds the order's lease.</summary>
    public async Task SynchronizeHeldAsync(CryptoPayment payment, SynchronizationSource source, Lease lease, bool onlyIfDue, CancellationToken cancellationToken,
        ProviderPayment? known = null)
    {
        var snapshot = await attempts.SnapshotAsync(payment.OrderId);
        if (snapshot.Find(payment.Id) is { } current && (!onlyIfDue || attempts.IsDue(current, source) || snapshot.HasNewWebhook(current)))
            await SynchronizeAsync(current, snapshot, source, lease, known, isPart: false, cancellationToken);
    }

    /// <summary>
    /// Queries the provider and writes the decision. Webhooks count as processed only once it is written: a run that lost the lease or
    /// found a changed order leaves them to the next run.
    /// </summary>
    /// <param name="payment">The attempt as the database has it.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="source">What caused the check.</param>
    /// <param name="lease">The order's lease.</param>
    /// <param name="known">The provider's response, if it is already known.</param>
    /// <param name="isPart">True for a check on behalf of another attempt of the order: it does not check further partial payments.</param>
    /// <param name="cancellationToken">Ends the call to the provider.</param>
    /// <returns>The result of the lookup; <see cref="Lookup.Failed"/> also when nothing was written.</returns>
    private async Task<Lookup> SynchronizeAsync(CryptoPayment payment, OrderSnapshot snapshot, SynchronizationSource source, Lease lease, ProviderPayment? known, bool isPart, CancellationToken cancellationToken)
    {
        var operation = snapshot.OpenOperationOf(payment);
        if (operation is not null && events.IsUnderWay(operation))
        {
            await attempts.ScheduleAsync(payment, operation.CreatedOnUtc + PaymentEventService.OperationGrace, lease);
            return Lookup.Failed;
        }

        using var step = CryptoGatewaysTelemetry.Start("synchronize payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        // Read before the provider is queried: a webhook that arrives meanwhile stays unprocessed and causes another check.
        var webhooks = snapshot.WebhooksOf(payment);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        work.CancelAfter(OrderLock.WorkTime);
        var (lookup, provider) = known is not null && webhooks.All(webhook => webhook.ProcessedOnUtc is not null)
            ? (Lookup.Found, known)
            : await providerLookup.LookUpAsync(payment, source, work.Token);
        IReadOnlyCollection<int> parts = [];
        if (!isPart && provider?.Status is (ProviderStatus.Completed or ProviderStatus.Underpaid))
        {
            (var confirmed, parts) = await ConfirmPartialPaymentsAsync(payment, snapshot, source, lease, work.Token);
            if (confirmed != Lookup.Found)
                (lookup, provider) = (confirmed, null);
        }
        if (lookup == Lookup.Interrupted)
        {
            // A provider that uses up the whole work time has failed. Otherwise the payment and its webhooks stay due.
            if (!work.IsCancellationRequested || cancellationToken.IsCancellationRequested)
                return lookup;
            lookup = Lookup.Failed;
        }

        var facts = await factsReader.ReadAsync(payment, lookup, provider, snapshot, webhooks, parts) with
        {
            HasInterruptedOperation = operation is not null,
            SurplusReturned = payment.SurplusAmount is null ? null : snapshot.SurplusRefundOf(payment)?.StatedAmount
        };
        if (!await ApplyAsync(payment, facts, snapshot, source, webhooks, lease))
        {
            await CheckAgainAsync(payment.Id, lease);
            return Lookup.Failed;
        }

        if (lookup != Lookup.Failed)
            await events.MarkProcessedAsync(webhooks);
        if (operation is not null)
            await CompleteOperationAsync(payment, operation, lookup, lease);
        return lookup;
    }

    /// <summary>
    /// Queries the providers of the order's other partial payments: one that was refunded meanwhile does not count. Returns the ids of the
    /// confirmed ones, and <see cref="Lookup.Found"/> unless a provider did not respond, so that nothing can be decided.
    /// </summary>
    private async Task<(Lookup Lookup, IReadOnlyCollection<int> Confirmed)> ConfirmPartialPaymentsAsync(CryptoPayment payment, OrderSnapshot snapshot, SynchronizationSource source, Lease lease, CancellationToken cancellationToken)
    {
        var confirmed = new List<int>();
        foreach (var part in snapshot.Attempts.Where(other => other.Id != payment.Id && OutstandingBalance.IsPartialPayment(other)).ToList())
        {
            var lookup = await SynchronizeAsync(part, snapshot, source, lease, known: null, isPart: true, cancellationToken);
            // After a failed write, the attempt in memory differs from its row.
            if (await attempts.FindAsync(part.Id) is { } current)
                snapshot.Replace(current);
            if (lookup is Lookup.Failed or Lookup.Interrupted)
                return (lookup, []);
            if (lookup == Lookup.Found)
                confirmed.Add(part.Id);
        }
        return (Lookup.Found, confirmed);
    }

    /// <summary>Schedules another check after another worker or the platform changed the order. A worker that lost the lease leaves that to its successor.</summary>
    private async Task CheckAgainAsync(int paymentId, Lease lease)
    {
        if (await attempts.FindAsync(paymentId) is { } payment)
            await attempts.ScheduleAsync(payment, attempts.Now + CheckSchedule.First, lease);
    }

    /// <summary>Completes an operation whose result the platform did not announce, now that the provider's status is applied.</summary>
    private async Task CompleteOperationAsync(CryptoPayment payment, PaymentEvent operation, Lookup lookup, Lease lease)
    {
        if (lookup == Lookup.Failed)
        {
            await attempts.ScheduleAsync(payment, payment.UpdatedOnUtc + PaymentEventService.OperationGrace, lease);
            return;
        }

        var wasDone = operation.Name != OperationNames.Refund || payment.Status is CryptoPaymentStatus.Refunded or CryptoPaymentStatus.PartiallyRefunded;
        await events.CompleteAsync(operation, wasDone ? null : PaymentEventOutcome.NotDone);
    }

    /// <summary>False when nothing was decided or written, so that the facts must be read again.</summary>
    private async Task<bool> ApplyAsync(CryptoPayment payment, PaymentFacts facts, OrderSnapshot snapshot, SynchronizationSource source, IReadOnlyCollection<PaymentEvent> webhooks, Lease lease)
    {
        var decision = PaymentDecision.Decide(facts);
        if (decision.Wait)
            return false;

        var before = payment.Status;
        attempts.ApplyFacts(payment, facts, decision, webhooks);
        if (await factsReader.OrderAsync(payment.OrderId) is { } order && !await settlement.ApplyAsync(payment, order, decision, snapshot, lease)
            || !await attempts.WriteAsync(payment, facts, decision.Status, source, snapshot, lease))
            return false;

        if (payment.Status != before)
            await settlement.NotifyShopperAsync(payment, snapshot);
        return true;
    }
}

/// <summary>
/// What triggered the check of a payment.
/// </summary>
public enum SynchronizationSource
{
    Webhook,

    /// <summary>The shopper returned from the provider.</summary>
    Return,

    /// <summary>The shopper opened the order's payment page.</summary>
    OrderPage,

    /// <summary>The store's payment page was opened or polled.</summary>
    PayPage,

    /// <summary>The shopper starts a payment.</summary>
    Start,

    /// <summary>An administrator requested it.</summary>
    Admin,
    Task
}
