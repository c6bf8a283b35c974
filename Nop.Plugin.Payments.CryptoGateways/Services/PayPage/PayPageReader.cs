using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Reads how an attempt stands for its pay page. The provider is asked when the attempt is due for a check, whoever looks at the page
/// and however often: the time of the next check is stored in the row.
/// </summary>
public class PayPageReader(PaymentSummaryReader summaries, PaymentSynchronizer synchronizer, TimeProvider time)
{
    /// <summary>The attempt as it is now, and what its page shows.</summary>
    public async Task<(CryptoPayment Payment, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (CheckSchedule.IsDue(payment.NextCheckOnUtc, Now))
            await synchronizer.SynchronizeAsync(payment.Id, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var (current, _, summary) = await summaries.OfAsync(payment);
        return (current, new PayPageState(summary, Now - current.CreatedOnUtc));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// What the pay page of an attempt can change in: its JSON is what the page's script asks for. Pure.
/// </summary>
/// <param name="Payment">What is told about the attempt.</param>
/// <param name="Age">Since the attempt was made.</param>
public sealed record PayPageState(PaymentSummary Payment, TimeSpan Age)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>After how many seconds the page is to ask again: often while the shopper waits, seldom where only late money or a person can change something, 0 when nothing changes any more.</summary>
    public int PollSeconds => Payment.State switch
    {
        PaymentState.AwaitingPayment or PaymentState.Seen or PaymentState.Confirming => Often,
        PaymentState.Underpaid when Payment.AcceptsPayment => Often,
        PaymentState.Paid or PaymentState.Overpaid or PaymentState.Refunded or PaymentState.OrderPaid or PaymentState.OrderReturned or PaymentState.OrderCancelled => 0,
        _ => Age < TimeSpan.FromDays(1) ? 30 : 0
    };

    private int Often => Age < TimeSpan.FromHours(2) ? 3 : 15;

    public string Json() => JsonSerializer.Serialize(new
    {
        State = $"{Payment.State}",
        Payment.ConfirmationsSeen,
        Payment.ConfirmationsNeeded,
        Expected = Text(Payment.Expected),
        Received = Text(Payment.Received),
        Remaining = Text(Payment.Remaining),
        Surplus = Text(Payment.Surplus),
        Payment.IsSurplusReturned,
        ToSend = Text(Payment.ToSend),
        Balance = Payment.Balance is { } balance ? $"{balance}" : null,
        QuoteExpiresOnUtc = Utc(Payment.QuoteExpiresOnUtc),
        AcceptsPaymentUntilUtc = Utc(Payment.AcceptsPaymentUntilUtc),
        Payment.IsQuoteOver,
        Payment.IsWatched,
        Provider = $"{Payment.Provider}",
        PollSeconds
    }, _json);

    /// <summary>An entity tag: it is another one when anything of this is.</summary>
    public string Version() => $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Json())).AsSpan(0, 12))}\"";

    private string? Text(Money? money) => money is { } amount ? $"{Payment.Named(amount)}" : null;

    private static DateTime? Utc(DateTime? time) => time is { } known ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : null;
}
