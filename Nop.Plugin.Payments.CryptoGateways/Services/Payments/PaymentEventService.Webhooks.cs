using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Webhooks: stored once by their unique key, processed by the run that wrote their effect, and deleted when they are old.
/// </summary>
public partial class PaymentEventService
{
    /// <summary>The highest number of open webhooks that is counted.</summary>
    public const int MaxCounted = 1000;

    /// <summary>Stores a webhook; false when it is stored already.</summary>
    /// <param name="payment">The payment that it names.</param>
    /// <param name="message">Its content, see <see cref="ExternalText.Fit(WebhookMessage)"/>.</param>
    /// <param name="key">Its unique key.</param>
    /// <param name="signatureForm">See <see cref="PaymentEvent.SignatureForm"/>.</param>
    public async Task<bool> StoreWebhookAsync(CryptoPayment payment, WebhookMessage message, string key, string? signatureForm)
    {
        try
        {
            await events.InsertAsync(WebhookRow(payment, message, key, signatureForm, Now), publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // The unique key rejects one of two simultaneous deliveries. Any other failure must reach the provider, so that it sends again.
            if (await IsStoredAsync(key))
                return false;
            throw;
        }
    }

    /// <inheritdoc cref="StoreWebhookAsync"/>
    /// <returns>The row.</returns>
    public static PaymentEvent WebhookRow(CryptoPayment payment, WebhookMessage message, string key, string? signatureForm, DateTime nowUtc) => new()
    {
        EventKey = key,
        PaymentId = payment.Id,
        Kind = PaymentEventKind.Webhook,
        Name = message.EventName,
        StatedAmount = message.Amount?.Amount,
        StatedCurrency = message.Amount?.Currency,
        StatedExternalId = message.ExternalId,
        StatedStatusId = (int?)message.Status,
        StatedNetAmount = message.Net?.Amount,
        StatedNetCurrency = message.Net?.Currency,
        SignatureForm = signatureForm,
        Body = message.ScrubbedBody,
        CreatedOnUtc = nowUtc
    };

    /// <summary>The statuses that a payment's stored webhooks with this form of signature state, one entry for each webhook.</summary>
    public async Task<IReadOnlyList<int?>> StatedStatusIdsAsync(int paymentId, string? signatureForm) => await events.Table
        .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Webhook && row.SignatureForm == signatureForm)
        .Select(row => row.StatedStatusId).ToListAsync();

    /// <summary>True when a webhook arrived after the last check. One that a failed check left open waits for the next check.</summary>
    public Task<bool> HasNewWebhookAsync(CryptoPayment payment)
    {
        var isScheduled = payment.NextCheckOnUtc is not null;
        return events.Table.AnyAsync(row => row.PaymentId == payment.Id && row.KindId == (int)PaymentEventKind.Webhook && row.ProcessedOnUtc == null
            && (row.Id > payment.CheckedWebhookId || !isScheduled));
    }

    public async Task MarkProcessedAsync(IEnumerable<PaymentEvent> webhooks)
    {
        foreach (var webhook in webhooks.Where(webhook => webhook.ProcessedOnUtc is null))
            await CompleteAsync(webhook);
    }

    /// <summary>Lets the next check process a webhook again; null when there is no such webhook.</summary>
    public async Task<PaymentEvent?> ReopenWebhookAsync(int eventId)
    {
        if (await events.GetByIdAsync(eventId) is not { Kind: PaymentEventKind.Webhook } webhook)
            return null;

        webhook.ProcessedOnUtc = null;
        await events.UpdateAsync(webhook, publishEvent: false);
        return webhook;
    }

    /// <summary>Unprocessed webhooks by gateway, up to <see cref="MaxCounted"/> in all.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountOpenWebhooksAsync()
    {
        var keys = await events.Table.Where(row => row.KindId == (int)PaymentEventKind.Webhook && row.ProcessedOnUtc == null)
            .OrderBy(row => row.Id).Take(MaxCounted).Select(row => row.EventKey).ToListAsync();
        return keys.CountBy(key => key.Split(':')[0]).ToDictionary();
    }

    /// <summary>
    /// Unprocessed webhooks that no check has seen, oldest first. A payment whose check failed waits for its next check, with its webhooks.
    /// </summary>
    /// <param name="payments">The payments whose webhooks count.</param>
    /// <param name="nowUtc">The time of this run.</param>
    /// <param name="afterId">The last event of the page before; 0 for the first page.</param>
    /// <param name="pageSize">The most to return.</param>
    public async Task<IReadOnlyList<(int EventId, int PaymentId)>> UncheckedWebhooksAsync(IQueryable<CryptoPayment> payments, DateTime nowUtc, int afterId, int pageSize)
    {
        var page = await (
            from row in events.Table
            join payment in payments on row.PaymentId equals payment.Id
            where row.KindId == (int)PaymentEventKind.Webhook && row.ProcessedOnUtc == null && row.Id > afterId
                && (row.Id > payment.CheckedWebhookId || payment.NextCheckOnUtc == null || payment.NextCheckOnUtc <= nowUtc && payment.FailedChecks == 0)
            orderby row.Id
            select new { row.Id, row.PaymentId }).Take(pageSize).ToListAsync();
        return [.. page.Select(row => (row.Id, row.PaymentId))];
    }

    /// <summary>Deletes processed events of some payments; returns how many were found.</summary>
    /// <param name="payments">The payments whose events may go.</param>
    /// <param name="kind">The kind of event.</param>
    /// <param name="beforeUtc">Only events that were processed earlier.</param>
    /// <param name="batchSize">The most that one statement deletes.</param>
    public async Task<int> DeleteProcessedAsync(IQueryable<CryptoPayment> payments, PaymentEventKind kind, DateTime beforeUtc, int batchSize)
    {
        var ids = await (
            from row in events.Table
            join payment in payments on row.PaymentId equals payment.Id
            where row.KindId == (int)kind && row.ProcessedOnUtc < beforeUtc
            select row.Id).Take(batchSize).ToListAsync();
        if (ids.Count > 0)
            await events.DeleteAsync(row => ids.Contains(row.Id));
        return ids.Count;
    }
}
