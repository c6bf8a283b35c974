using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The one permission to mark an order as paid: a row with a unique key, so that the database gives it once, whatever crashes
/// or runs twice. It is stamped when the platform has done all that belongs to an order's being paid.
/// </summary>
public class PaidClaims(IRepository<PaymentEvent> events, TimeProvider time)
{
    public async Task<PaymentEvent?> FindAsync(int orderId)
    {
        var key = KeyOf(orderId);
        return (await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).FirstOrDefault();
    }

    /// <summary>
    /// Claims the order for an attempt; true when the claim is this attempt's, now or from an earlier try.
    /// </summary>
    public async Task<bool> TakeAsync(CryptoPayment payment)
    {
        var claim = await FindAsync(payment.OrderId);
        if (claim is null)
        {
            claim = new PaymentEvent
            {
                EventKey = KeyOf(payment.OrderId),
                PaymentId = payment.Id,
                Kind = PaymentEventKind.PaidClaim,
                CreatedOnUtc = time.GetUtcNow().UtcDateTime
            };
            await events.InsertAsync(claim, publishEvent: false);
        }
        return claim.PaymentId == payment.Id;
    }

    /// <summary>Records that the platform has marked the order, announced it and sent its mails.</summary>
    public async Task StampAsync(int orderId)
    {
        if (await FindAsync(orderId) is { ProcessedOnUtc: null } claim)
        {
            claim.ProcessedOnUtc = time.GetUtcNow().UtcDateTime;
            await events.UpdateAsync(claim, publishEvent: false);
        }
    }

    private static string KeyOf(int orderId) => $"paid-order-{orderId}";
}
