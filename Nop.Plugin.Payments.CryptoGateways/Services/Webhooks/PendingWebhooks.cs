using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Counts the webhooks that wait to be acted on.
/// </summary>
public class PendingWebhooks(IRepository<PaymentEvent> events)
{
    /// <summary>The most that are counted: more is said to be that many.</summary>
    public const int Most = 1000;

    /// <summary>By gateway.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync()
    {
        var keys = await events.Table.Where(row => row.KindId == (int)PaymentEventKind.Webhook && row.ProcessedOnUtc == null)
            .OrderBy(row => row.Id).Take(Most).Select(row => row.EventKey).ToListAsync();
        return keys.CountBy(key => key.Split(':')[0]).ToDictionary();
    }
}
