using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Brings a payment and its order to what the provider says. It is the only code that changes them once an attempt is made:
/// take the lease, read afresh, ask the provider, decide, write.
/// </summary>
public class PaymentSynchronizer(AttemptWriter attempts, PaymentTimeline timeline, OrderLeases leases, ProviderLookup providerLookup,
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
        if (await attempts.ReadAsync(paymentId) is not { } payment
            || await leases.TakeAsync(payment.OrderId, patience) is not { } lease)
            return false;

        try
        {
            using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            work.CancelAfter(OrderLeases.WorkTime);
            await SynchronizeHeldAsync(paymentId, source, lease, onlyIfDue, work.Token, known);
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
        if (await attempts.ReadAsync(paymentId) is not { } payment || onlyIfDue && !attempts.IsDue(payment) && !await timeline.HasNewWebhookAsync(paymentId))
            return;
        var operation = await timeline.OpenOperationAsync(paymentId);
        if (operation is not null && timeline.IsUnderWay(operation))
        {
            await attempts.LookAgainAsync(payment, operation.CreatedOnUtc + PaymentTimeline.OperationGrace);
            return;
        }

        using var step = CryptoGatewaysTelemetry.Start("synchronize payment", payment.Gateway)?.SetTag("payment.reference", payment.Reference);
        // Webhooks before the provider: one that comes while we ask stays unprocessed and is looked at again.
        var webhooks = await timeline.WebhooksAsync(paymentId);
        var (lookup, provider) = known is not null && webhooks.All(webhook => webhook.ProcessedOnUtc is not null)
            ? (Lookup.Found, known)
            : await providerLookup.AskAsync(payment, cancellationToken);
        var facts = await factsReader.ReadAsync(payment, lookup, provider, webhooks) with { OperationLeft = operation is not null };
        if (!await leases.IsHeldAsync(lease))
            return;

        await ApplyAsync(payment, facts, source, webhooks, lease);
        if (lookup != Lookup.Failed)
            await timeline.MarkProcessedAsync(webhooks);
        if (operation is not null)
            await FinishAsync(payment, operation, lookup);
    }

    /// <summary>The platform did not say that it wrote the order after an operation; what the provider says has been acted on now.</summary>
    private async Task FinishAsync(CryptoPayment payment, PaymentEvent operation, Lookup lookup)
    {
        if (lookup == Lookup.Failed)
        {
            await attempts.LookAgainAsync(payment, payment.UpdatedOnUtc + PaymentTimeline.OperationGrace);
            return;
        }

        var wasDone = operation.Name != OperationNames.Refund || payment.Status is CryptoPaymentStatus.Refunded or CryptoPaymentStatus.PartiallyRefunded;
        await timeline.EndOperationAsync(operation, wasDone ? null : "not done");
    }

    private async Task ApplyAsync(CryptoPayment payment, PaymentFacts facts, SynchronizationSource source, IList<PaymentEvent> webhooks, Lease lease)
    {
        var decision = PaymentDecision.Decide(facts);
        var before = payment.Status;
        attempts.Take(payment, facts, decision.Status, webhooks);
        if (await factsReader.OrderAsync(payment.OrderId) is { } order && !await settlement.ApplyAsync(payment, order, decision, () => leases.IsHeldAsync(lease)))
            return;

        await attempts.WriteAsync(payment, facts, decision.Status, source);
        if (payment.Status != before)
            await settlement.AnnounceAsync(payment);
    }
}
