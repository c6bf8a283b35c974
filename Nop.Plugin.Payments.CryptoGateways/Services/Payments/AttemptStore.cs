using System.Data.Common;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Finds, reads and writes attempts. A write requires that the caller holds the order's lease and that the row has not changed since it
/// was read: a paused worker must not overwrite its successor's changes.
/// </summary>
public class AttemptStore(IRepository<CryptoPayment> payments, OrderLock orderLock, PaymentEventService events, CryptoGatewaysTelemetry telemetry, TimeProvider time)
{
    /// <summary>The attempt as stored now.</summary>
    public async Task<CryptoPayment?> FindAsync(int paymentId) => await payments.GetByIdAsync(paymentId);

    /// <param name="reference">Untrusted text; a text without the form of a reference causes no query.</param>
    public async Task<CryptoPayment?> FindByReferenceAsync(string? reference) => !IsLikeAReference(reference) ? null
        : (await payments.GetAllAsync(query => query.Where(payment => payment.Reference == reference))).FirstOrDefault();

    /// <param name="gateway">System name.</param>
    /// <param name="externalId">The provider's id as untrusted text; a text that no column can hold causes no query.</param>
    public async Task<CryptoPayment?> FindByExternalIdAsync(string gateway, string externalId) => !IsLikeAnId(externalId) ? null
        : (await payments.GetAllAsync(query => query.Where(payment => payment.Gateway == gateway && payment.ExternalId == externalId))).FirstOrDefault();

    /// <summary>The order's attempts; the one that the shopper chose last comes last, see <see cref="CryptoPayment.IsNewerThan"/>.</summary>
    public async Task<IReadOnlyList<CryptoPayment>> OfOrderAsync(int orderId) =>
        [.. await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.ChosenOnUtc).ThenBy(payment => payment.Attempt))];

    /// <summary>The order's attempts with their events, for callers that hold the order's lease.</summary>
    public async Task<OrderSnapshot> SnapshotAsync(int orderId)
    {
        var attempts = await OfOrderAsync(orderId);
        return new OrderSnapshot(attempts, await events.OfPaymentsAsync(attempts));
    }

    /// <summary>The attempt that the shopper chose last.</summary>
    public async Task<CryptoPayment?> LatestAsync(int orderId) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId)
            .OrderByDescending(payment => payment.ChosenOnUtc).ThenByDescending(payment => payment.Attempt).Take(1))).FirstOrDefault();

    /// <summary>The attempts of several orders.</summary>
    public Task<IList<CryptoPayment>> OfOrdersAsync(int[] orderIds) =>
        payments.GetAllAsync(query => query.Where(payment => orderIds.Contains(payment.OrderId)));

    /// <summary>The order's attempts as a query, for joins.</summary>
    public IQueryable<CryptoPayment> QueryOrder(int orderId) => payments.Table.Where(payment => payment.OrderId == orderId);

    /// <summary>True when another attempt of the gateway has the provider's id.</summary>
    public Task<bool> IsExternalIdTakenAsync(CryptoPayment payment, string externalId) =>
        payments.Table.AnyAsync(other => other.Gateway == payment.Gateway && other.ExternalId == externalId && other.Id != payment.Id);

    /// <summary>Inserts a new attempt. A unique index rejects a second attempt with the same number.</summary>
    public Task InsertAsync(CryptoPayment payment) => payments.InsertAsync(payment, publishEvent: false);

    /// <inheritdoc cref="CheckSchedule.IsDue(CryptoPayment, SynchronizationSource, DateTime)"/>
    public bool IsDue(CryptoPayment payment, SynchronizationSource source) => CheckSchedule.IsDue(payment, source, Now);

    /// <summary>Copies the provider's data into the attempt, in memory only.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="facts">The facts of the decision.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="webhooks">The verified webhooks about the attempt.</param>
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
            payment.BalanceAmount = payment.AcceptsBalance && provider.Balance is { } balance && balance.Currency == payment.Coin ? balance.Amount : null;
        }

        if (webhooks.LastOrDefault(webhook => webhook.StatedNetAmount is not null) is { StatedNetAmount: { } net, StatedNetCurrency: { } currency })
            ProviderFacts.ApplyNetAmount(payment, new Money(net, currency));

        if (!StatusTransitions.IsSettled(decision.Status))
            return;

        if (payment.PaidOnUtc is null)
        {
            payment.PaidOnUtc = Now;
            if (facts.Provider is { } confirmed)
                ProviderFacts.ApplyReceivedAmount(payment, facts.Received, confirmed.Expected);
        }
        if (decision is { Status: CryptoPaymentStatus.Overpaid, Note: OrderNoteKind.Overpaid })
            payment.SurplusAmount = facts.Received - facts.ExpectedForOrder;
        // A partial payment has no time to payment: the report counts complete payments only.
        if (decision.Status != CryptoPaymentStatus.Underpaid)
            payment.SecondsToPaid ??= (int)(Now - payment.CreatedOnUtc).TotalSeconds;
    }

    /// <summary>Writes the attempt with its status and the time of the next check; false when the lease is lost or the row has changed.</summary>
    /// <param name="payment">The attempt with the provider's data.</param>
    /// <param name="facts">The facts of the decision.</param>
    /// <param name="decided">Its new status.</param>
    /// <param name="source">What caused the check.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="lease">The order's lease.</param>
    public async Task<bool> WriteAsync(CryptoPayment payment, PaymentFacts facts, CryptoPaymentStatus decided, SynchronizationSource source, OrderSnapshot snapshot, Lease lease)
    {
        var before = payment.Status;
        var jitter = Random.Shared.Next(CheckSchedule.MaxJitter + 1);
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
    /// Writes the status after an operation, once the platform has written the order; false when the lease is lost or the row has changed.
    /// The scheduled check compares it with the provider.
    /// </summary>
    /// <param name="payment">The attempt as the database has it.</param>
    /// <param name="status">Its new status.</param>
    /// <param name="lease">The order's lease.</param>
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

    /// <summary>Schedules a check, even of a final payment; false when the lease is lost or the row has changed.</summary>
    /// <param name="payment">The payment as the database has it.</param>
    /// <param name="when">The earliest time, UTC.</param>
    /// <param name="lease">The order's lease.</param>
    public Task<bool> ScheduleAsync(CryptoPayment payment, DateTime when, Lease lease)
    {
        payment.NextCheckOnUtc = when;
        return SaveAsync(payment, lease);
    }

    /// <summary>Replaces the link to the payment page; the old link stops working.</summary>
    public Task<bool> RenewPageAsync(CryptoPayment payment, Lease lease)
    {
        payment.TokenNonce = PayPageLinks.NewNonce();
        return SaveAsync(payment, lease);
    }

    /// <summary>Writes the row; false, and nothing is written, when the lease is lost or the row has changed since it was read.</summary>
    /// <exception cref="DbException">The database rejects the row.</exception>
    public async Task<bool> SaveAsync(CryptoPayment payment, Lease lease)
    {
        var version = payment.RowVersion;
        var isWritten = false;
        try
        {
            return isWritten = await CheckedWrite.RunAsync(async () =>
            {
                if (!await IsUnchangedAsync(payment.Id, version, lease))
                    return false;

                payment.RowVersion = version + 1;
                await payments.UpdateAsync(payment, publishEvent: false);
                return true;
            }, time);
        }
        finally
        {
            if (!isWritten)
                payment.RowVersion = version;
        }
    }

    /// <summary>Checks the row and the lease in one statement.</summary>
    private async Task<bool> IsUnchangedAsync(int paymentId, int version, Lease lease)
    {
        var held = orderLock.Held(lease);
        return await (
            from payment in payments.Table
            from row in held
            where payment.Id == paymentId && payment.RowVersion == version
            select payment.Id).CountAsync() == 1;
    }

    private static bool IsLikeAReference(string? text) => text is { Length: > 0 and <= TextLengths.Reference } && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>PostgreSQL rejects NUL and lone surrogates in any text, even in a comparison.</summary>
    private static bool IsLikeAnId(string text) => text.Length is > 0 and <= TextLengths.ExternalId && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    public DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// A check and the write that depends on it, in one serializable transaction: PostgreSQL rejects the transaction when a checked row
/// changes in between, SQL Server and MySQL lock the row.
/// </summary>
public static class CheckedWrite
{
    /// <summary>Tries of a transaction that the database rejects because of concurrent writes.</summary>
    private const int MaxTries = 5;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the transaction, repeatedly if the database rejects it.</summary>
    /// <param name="work">Checks and writes; false rolls the writes back.</param>
    /// <param name="time">The clock for the pauses between two tries.</param>
    /// <returns>The result of <paramref name="work"/>.</returns>
    /// <exception cref="DbException">The database rejects the write.</exception>
    public static async Task<bool> RunAsync(Func<Task<bool>> work, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                if (!await work())
                    return false;

                transaction.Complete();
                return true;
            }
            catch (Exception exception) when (exception is DbException or TransactionException && tries < MaxTries)
            {
                // Repeated after a pause.
            }
            await Task.Delay(_pause * tries * (0.5 + Random.Shared.NextDouble()), time);
        }
    }
}
