using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// The mails that are owed to shoppers. Each is a row with a unique key, written before what causes the mail is committed and
/// stamped once the mail is queued, so that a crash costs no mail and a second look makes no second one. Only a crash between
/// queue and stamp sends one twice: a shopper who is told twice is better off than one who is told nothing.
/// </summary>
public class MailOutbox(IRepository<PaymentEvent> events, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>Records that a mail is owed, once for a payment; for an order's being paid, once for the order.</summary>
    public async Task OweAsync(CryptoPayment payment, Mail mail)
    {
        var key = mail == Mail.Paid ? $"mail-{mail.Text}-order-{payment.OrderId}" : $"mail-{mail.Text}-{payment.Id}";
        if ((await events.GetAllAsync(query => query.Where(row => row.EventKey == key))).Count > 0)
            return;

        await events.InsertAsync(new PaymentEvent
        {
            EventKey = key,
            PaymentId = payment.Id,
            Kind = PaymentEventKind.Mail,
            Name = mail.Text,
            CreatedOnUtc = Now
        }, publishEvent: false);
    }

    /// <summary>What is owed about a payment; for callers that hold its order's lease.</summary>
    public Task<IList<PaymentEvent>> OwedAsync(int paymentId) => events.GetAllAsync(query => query
        .Where(row => row.PaymentId == paymentId && row.KindId == (int)PaymentEventKind.Mail && row.ProcessedOnUtc == null).OrderBy(row => row.Id));

    /// <summary>The payments about which mails were left over, some at a time.</summary>
    public async Task<IReadOnlyList<int>> LeftAsync() => [.. (await events.GetAllAsync(query => query
        .Where(row => row.KindId == (int)PaymentEventKind.Mail && row.ProcessedOnUtc == null).OrderBy(row => row.Id).Take(PageSize)))
        .Select(row => row.PaymentId).Distinct()];

    /// <param name="owed">The row.</param>
    /// <param name="outcome">Why no mail was queued; null when one was.</param>
    public Task SettleAsync(PaymentEvent owed, string? outcome)
    {
        owed.ProcessedOnUtc = Now;
        if (outcome is not null)
            owed.Name = $"{owed.Name}: {outcome}";
        return events.UpdateAsync(owed, publishEvent: false);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
