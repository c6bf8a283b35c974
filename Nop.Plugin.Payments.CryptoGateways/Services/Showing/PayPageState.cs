using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

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
        PaymentState.Underpaid when Payment.TakesMoney => Often,
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
        Rest = Payment.Rest is { } rest ? $"{rest}" : null,
        QuoteExpiresOnUtc = Utc(Payment.QuoteExpiresOnUtc),
        TakesMoneyUntilUtc = Utc(Payment.TakesMoneyUntilUtc),
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
