using System.Data.Common;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Writes attempts. Every write requires that the caller still holds the order's lease and that the row is the one the caller read:
/// a worker that was paused must not overwrite what its successor wrote.
/// </summary>
public class AttemptWriter(IRepository<CryptoPayment> payments, OrderLock leases, PaymentEventService events, CryptoGatewaysTelemetry telemetry, TimeProvider time)
{
    /// <summary>Tries of one write that the database refuses because others write at the same time.</summary>
    private const int MostTries = 5;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The attempt as the database has it now.</summary>
    public async Task<CryptoPayment?> ReadAsync(int paymentId) => await payments.GetByIdAsync(paymentId);

    /// <summary>All attempts of an order with their events, for callers that hold the order's lease.</summary>
    public async Task<OrderSnapshot> ReadOrderAsync(int orderId)
    {
        var attempts = await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.ChosenOnUtc).ThenBy(payment => payment.Attempt));
        return new OrderSnapshot(attempts, await events.OfPaymentsAsync(attempts));
    }

    /// <summary>True when another attempt of the gateway has the provider's id.</summary>
    public Task<bool> IsKnownAsync(string gateway, string externalId) => payments.Table.AnyAsync(payment => payment.Gateway == gateway && payment.ExternalId == externalId);

    /// <summary>All attempts of an order as stored now, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<CryptoPayment>> OfOrderAsync(int orderId) =>
        [.. await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.Attempt))];

    /// <summary>True when another attempt of the gateway has the same provider's id.</summary>
    public async Task<bool> IsExternalIdTakenAsync(CryptoPayment payment) =>
        (await payments.GetAllAsync(query => query.Where(other => other.Gateway == payment.Gateway && other.ExternalId == payment.ExternalId && other.Id != payment.Id))).Any();

    /// <summary>Inserts a new attempt. A unique index refuses a second attempt with the same number.</summary>
    public Task InsertAsync(CryptoPayment payment) => payments.InsertAsync(payment, publishEvent: false);

    /// <inheritdoc cref="CheckSchedule.IsDue(CryptoPayment, SynchronizationSource, DateTime)"/>
    public bool IsDue(CryptoPayment payment, SynchronizationSource source) => CheckSchedule.IsDue(payment, source, Now);

    /// <summary>Copies what the provider told into the attempt, in memory only.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="facts">What was decided on.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="webhooks">The verified webhooks about it.</param>
    public void ApplyFacts(CryptoPayment payment, PaymentFacts facts, PaymentDecision decision, IReadOnlyCollection<PaymentEvent> webhooks)
    {
        payment.UpdatedOnUtc = Now;
        payment.Checks++;
        payment.FailedChecks = facts.Lookup == Lookup.Failed ? payment.FailedChecks + 1 : 0;
        payment.CheckedWebhookId = webhooks.Select(webhook => webhook.Id).Append(payment.CheckedWebhookId).Max();
        if (facts.Provider is { } provider && !facts.IsIdOfAnotherPayment)
        {
            ProviderFacts.Apply(payment, provider);
            if (decision.Note != OrderNoteKind.Contradiction)
                facts.Funds.Record(payment);
            if (!payment.HasPage && decision.Status == CryptoPaymentStatus.AwaitingPayment)
                ProviderFacts.ApplyPage(payment, provider);
            payment.AcceptsBalance = decision.Status == CryptoPaymentStatus.Confirming && provider.AcceptsBalance;
        }

        if (webhooks.LastOrDefault(webhook => webhook.StatedNetAmount is not null) is { StatedNetAmount: { } net, StatedNetCurrency: { } currency })
            ProviderFacts.ApplyNetAmount(payment, new Money(net, currency));

        if (!StatusTransitions.IsSettled(decision.Status))
            return;

        if (payment.PaidOnUtc is null)
        {
            payment.PaidOnUtc = Now;
            if (facts.Provider is { } told)
                ProviderFacts.ApplyReceivedAmount(payment, facts.Received, told.Expected);
        }
        if (decision is { Status: CryptoPaymentStatus.Overpaid, Note: OrderNoteKind.Overpaid })
            payment.SurplusAmount = facts.Received - facts.Due;
        // A partial payment has no time to paid: the report counts complete payments only.
        if (decision.Status != CryptoPaymentStatus.Underpaid)
            payment.SecondsToPaid ??= (int)(Now - payment.CreatedOnUtc).TotalSeconds;
    }

    /// <summary>Writes the attempt with its status and the time of the next check; false when the caller may not write it any more.</summary>
    /// <param name="payment">The attempt, with what was taken over.</param>
    /// <param name="facts">What was decided on.</param>
    /// <param name="decided">Its status from now on.</param>
    /// <param name="source">What made us check.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="lease">The order's.</param>
    public async Task<bool> WriteAsync(CryptoPayment payment, PaymentFacts facts, CryptoPaymentStatus decided, SynchronizationSource source, OrderSnapshot snapshot, Lease lease)
    {
        var before = payment.Status;
        var jitter = Random.Shared.Next(CheckSchedule.MostJitter + 1);
        var pause = CheckSchedule.NextDelay(decided, facts.Age, facts.Watch, jitter, isOrderOpen: facts.Order == OrderState.Open)
            ?? (decided != CryptoPaymentStatus.Refunded && snapshot.AwaitsRefundSince(payment) is { } since ? CheckSchedule.DelayAfterRefund(Now - since, facts.Watch, jitter) : null);
        payment.Status = decided;
        if (payment.FailedChecks > 0 && (pause is not null || facts.HasOpenWebhook))
            pause = CheckSchedule.DelayAfterFailure(payment.FailedChecks, pause, jitter);
        payment.NextCheckOnUtc = Now + pause;
        if (!await SaveAsync(payment, lease))
            return false;

        if (before != decided)
            await events.RecordStatusChangeAsync(payment, before);
        if (StatusTransitions.IsSettled(decided) && (before == CryptoPaymentStatus.Underpaid || !StatusTransitions.IsSettled(before)) && payment.SecondsToPaid is { } seconds)
            telemetry.FundsReceived(payment.Gateway, TimeSpan.FromSeconds(seconds));
        telemetry.Synchronized(payment.Gateway, source, decided);
        return true;
    }

    /// <summary>
    /// Writes the status that an operation led to, once the platform wrote the order; false when the caller may not write it any more.
    /// The check that is scheduled already compares it with the provider.
    /// </summary>
    /// <param name="payment">The attempt as the database has it.</param>
    /// <param name="status">Its status from now on.</param>
    /// <param name="lease">The order's.</param>
    public async Task<bool> CompleteAsync(CryptoPayment payment, CryptoPaymentStatus status, Lease lease)
    {
        var before = payment.Status;
        (payment.Status, payment.UpdatedOnUtc) = (status, Now);
        if (status == CryptoPaymentStatus.Paid)
        {
            payment.PaidOnUtc ??= Now;
            payment.SecondsToPaid ??= (int)(Now - payment.CreatedOnUtc).TotalSeconds;
        }
        if (!await SaveAsync(payment, lease))
            return false;

        await events.RecordStatusChangeAsync(payment, before);
        if (status == CryptoPaymentStatus.Paid)
            telemetry.FundsReceived(payment.Gateway, TimeSpan.FromSeconds(payment.SecondsToPaid!.Value));
        return true;
    }

    /// <summary>Has the task check a payment, also one that is final; false when the caller may not write it any more.</summary>
    /// <param name="payment">The payment as the database has it.</param>
    /// <param name="when">Not before, UTC.</param>
    /// <param name="lease">The order's.</param>
    public Task<bool> ScheduleAsync(CryptoPayment payment, DateTime when, Lease lease)
    {
        payment.NextCheckOnUtc = when;
        return SaveAsync(payment, lease);
    }

    /// <summary>Gives the payment's own page a new address; the old one stops working.</summary>
    public Task<bool> RenewPageAsync(CryptoPayment payment, Lease lease)
    {
        payment.TokenNonce = PayPageLinks.NewNonce();
        return SaveAsync(payment, lease);
    }

    /// <summary>
    /// Writes the row; false, and nothing is written, when the lease is lost or the row has changed since it was read. The check and
    /// the write are one transaction: PostgreSQL refuses it when the row changes in between, SQL Server and MySQL lock the row.
    /// </summary>
    /// <exception cref="DbException">The database refuses the row itself.</exception>
    public async Task<bool> SaveAsync(CryptoPayment payment, Lease lease)
    {
        var version = payment.RowVersion;
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                if (!await IsUnchangedAsync(payment.Id, version, lease))
                    return false;

                payment.RowVersion = version + 1;
                await payments.UpdateAsync(payment, publishEvent: false);
                transaction.Complete();
                return true;
            }
            catch (Exception exception)
            {
                payment.RowVersion = version;
                if (exception is not (DbException or TransactionException) || tries == MostTries)
                    throw;
            }
            await Task.Delay(_pause * tries * (0.5 + Random.Shared.NextDouble()), time);
        }
    }

    /// <summary>The row and the lease in one statement.</summary>
    private async Task<bool> IsUnchangedAsync(int paymentId, int version, Lease lease)
    {
        var held = leases.Held(lease);
        return await (
            from payment in payments.Table
            from row in held
            where payment.Id == paymentId && payment.RowVersion == version
            select payment.Id).CountAsync() == 1;
    }

    public DateTime Now => time.GetUtcNow().UtcDateTime;
}
