using System.Data.Common;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Configuration;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

/// <summary>
/// Deletes old webhooks and status changes. Events of payments that can still change stay, and so do all other kinds:
/// the paid marker keeps an order from being paid twice.
/// </summary>
public class EventRetention(PaymentEventService events, IRepository<CryptoPayment> payments, ISettingService settingService, TimeProvider time)
{
    /// <summary>Rows that one statement deletes, few enough not to delay the store.</summary>
    public const int BatchSize = 500;

    /// <summary>Batches of a kind in one run; the next run continues.</summary>
    public const int Batches = 10;

    private static readonly int[] _final = [(int)Paid, (int)Overpaid, (int)PaidLate, (int)Expired, (int)Failed, (int)Canceled, (int)Refunded, (int)PartiallyRefunded];

    public async Task PurgeAsync()
    {
        var settings = await settingService.LoadSettingAsync<CryptoGatewaysSettings>();
        var before = time.GetUtcNow().UtcDateTime.AddDays(-settings.InboxRetentionDays);
        foreach (var kind in new[] { PaymentEventKind.Webhook, PaymentEventKind.StatusChange })
        {
            for (var batch = 0; batch < Batches && await PurgeAsync(kind, before) == BatchSize; batch++)
            {
            }
        }
    }

    /// <summary>The number of rows found.</summary>
    private async Task<int> PurgeAsync(PaymentEventKind kind, DateTime before)
    {
        try
        {
            return await events.DeleteProcessedAsync(payments.Table.Where(payment => payment.NextCheckOnUtc == null && _final.Contains(payment.StatusId)), kind, before, BatchSize);
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
            // Another node deletes the same rows: the platform's transactions are serializable, and one of two fails.
            return 0;
        }
    }
}
