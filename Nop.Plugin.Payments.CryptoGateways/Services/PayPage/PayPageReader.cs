using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Reads the state of an attempt for its pay page. The provider is queried only when the attempt is due for a check, however often the
/// page is opened: the time of the next check is stored with the attempt.
/// </summary>
public class PayPageReader(PaymentSummaryReader summaries, PaymentSynchronizer synchronizer, TimeProvider time)
{
    /// <summary>The attempt after a check if one was due, its order, and the state that its page shows.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (CheckSchedule.IsDue(payment.NextCheckOnUtc, Now))
            await synchronizer.SynchronizeAsync(payment, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var (current, order, summary) = await summaries.OfAsync(payment);
        return (current, order, new PayPageState(summary, Now - current.CreatedOnUtc));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// The parts of a pay page that can change; the page's script polls them as JSON.
/// </summary>
/// <param name="Payment">Summary of the attempt.</param>
/// <param name="Age">Time since the attempt was created.</param>
public sealed record PayPageState(PaymentSummary Payment, TimeSpan Age)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Seconds until the next poll: short while the shopper waits, long when only a late payment or a person can change the state, 0 when it is final.</summary>
    public int PollSeconds => Payment.State switch
    {
        PaymentState.AwaitingPayment or PaymentState.Detected or PaymentState.Confirming => Often,
        PaymentState.Underpaid when Payment.AcceptsPayment => Often,
        PaymentState.Paid or PaymentState.Overpaid or PaymentState.Refunded or PaymentState.OrderPaid or PaymentState.OrderReturned or PaymentState.OrderCancelled => 0,
        PaymentState.Superseded when Payment.IsWatched => Age < TimeSpan.FromHours(2) ? 10 : 30,
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

    /// <summary>Entity tag of the state.</summary>
    public string Version() => $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Json())).AsSpan(0, 12))}\"";

    private string? Text(Money? money) => money is { } amount ? $"{Payment.Named(amount)}" : null;

    private static DateTime? Utc(DateTime? time) => time is { } known ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : null;
}
