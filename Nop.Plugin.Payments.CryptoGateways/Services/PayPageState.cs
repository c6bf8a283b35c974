using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Models.Public;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// All that the pay page of an attempt can change in: the page is drawn from it, and its JSON is what the page's script asks for.
/// Pure: no clock, no I/O.
/// </summary>
public sealed record PayPageState
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required PayState State { get; init; }

    /// <summary>Confirmations on the chain so far; null while the provider tells none.</summary>
    public int? ConfirmationsSeen { get; init; }

    public int? ConfirmationsNeeded { get; init; }

    /// <summary>What arrived, where it is not what was asked for; in the unit of the quote.</summary>
    public Money? Received { get; init; }

    /// <summary>What was asked for, beside <see cref="Received"/>.</summary>
    public Money? AskedFor { get; init; }

    /// <summary>What is still due of an underpaid quote; in coins where the wallet was told coins.</summary>
    public Money? Missing { get; init; }

    /// <summary>When the quote ends, UTC; null when it does not, or does not matter any more.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>The provider did not answer the last calls; money that was sent is not lost by it.</summary>
    public bool ProviderSilent { get; init; }

    /// <summary>After how many seconds the page is to ask again; 0 when nothing changes any more.</summary>
    public required int PollSeconds { get; init; }

    public static PayPageState Of(PayPageFacts facts)
    {
        var payment = facts.Payment;
        var state = StateOf(facts);
        return new PayPageState
        {
            State = state,
            ConfirmationsSeen = state == PayState.Confirming ? payment.ConfirmationsSeen : null,
            ConfirmationsNeeded = state == PayState.Confirming ? payment.ConfirmationsNeeded : null,
            Received = state is PayState.Underpaid or PayState.Overpaid && payment.ReceivedAmount is { } received ? new Money(received, payment.PayCurrency) : null,
            AskedFor = state is PayState.Underpaid or PayState.Overpaid ? payment.Quoted : null,
            Missing = state == PayState.Underpaid ? facts.Missing : null,
            ExpiresOnUtc = state == PayState.Waiting ? payment.ExpiresOnUtc : null,
            ProviderSilent = facts.ProviderSilent && state is PayState.Waiting or PayState.Confirming,
            PollSeconds = PollSecondsOf(state, facts.Now - payment.CreatedOnUtc)
        };
    }

    public string Json() => JsonSerializer.Serialize(new
    {
        State = $"{State}",
        ConfirmationsSeen,
        ConfirmationsNeeded,
        Received = Received?.ToString(),
        AskedFor = AskedFor?.ToString(),
        Missing = Missing?.ToString(),
        ExpiresOnUtc = ExpiresOnUtc is { } expires ? DateTime.SpecifyKind(expires, DateTimeKind.Utc) : (DateTime?)null,
        ProviderSilent,
        PollSeconds
    }, _json);

    /// <summary>An entity tag: it is another one when anything of this is.</summary>
    public string Version() => $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Json())).AsSpan(0, 12))}\"";

    private static PayState StateOf(PayPageFacts facts)
    {
        var isPaid = facts.Order is OrderState.Paid or OrderState.Returned;
        return facts.Payment.Status switch
        {
            CryptoPaymentStatus.Refunded or CryptoPaymentStatus.PartiallyRefunded => PayState.Refunded,
            CryptoPaymentStatus.PaidLate or CryptoPaymentStatus.Disputed => isPaid && !facts.OthersSettled ? PayState.Paid : PayState.InReview,
            CryptoPaymentStatus.Overpaid when isPaid => PayState.Overpaid,
            _ when isPaid => PayState.Paid,
            CryptoPaymentStatus.Paid or CryptoPaymentStatus.Overpaid => PayState.InReview,
            CryptoPaymentStatus.Underpaid => facts.Order == OrderState.Open && facts.Missing is not null ? PayState.Underpaid : PayState.InReview,
            CryptoPaymentStatus.Confirming or CryptoPaymentStatus.Authorized => PayState.Confirming,
            _ => WithoutMoney(facts)
        };
    }

    private static PayState WithoutMoney(PayPageFacts facts) => facts.Payment.Status switch
    {
        _ when facts.Order is OrderState.Cancelled or OrderState.Deleted => PayState.OrderCancelled,
        _ when facts.OthersMatter || facts.Order != OrderState.Open => PayState.Outdated,
        CryptoPaymentStatus.AwaitingPayment when !facts.Payment.HasPage => PayState.ProviderFailed,
        CryptoPaymentStatus.AwaitingPayment when facts.OrderTotal != facts.Payment.PriceAmount => PayState.Outdated,
        CryptoPaymentStatus.AwaitingPayment => facts.Payment.ExpiresOnUtc <= facts.Now ? PayState.Expired : PayState.Waiting,
        CryptoPaymentStatus.Expired => PayState.Expired,
        CryptoPaymentStatus.Canceled => PayState.Canceled,
        CryptoPaymentStatus.Failed when facts.Payment.KnownExternalId is not null => PayState.Failed,
        _ => PayState.ProviderFailed
    };

    /// <summary>Often while the shopper waits for it, seldom where only late money or a person can change something.</summary>
    private static int PollSecondsOf(PayState state, TimeSpan age) => state switch
    {
        PayState.Waiting or PayState.Confirming => age < TimeSpan.FromHours(2) ? 3 : 15,
        PayState.Paid or PayState.Overpaid or PayState.Refunded or PayState.OrderCancelled => 0,
        _ => age < TimeSpan.FromDays(1) ? 30 : 0
    };
}

/// <summary>
/// All that <see cref="PayPageState"/> depends on.
/// </summary>
public sealed record PayPageFacts
{
    public required CryptoPayment Payment { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>The order's total today, in the store's currency.</summary>
    public required decimal OrderTotal { get; init; }

    /// <summary>Every attempt of the order.</summary>
    public IReadOnlyCollection<CryptoPayment> Attempts { get; init; } = [];

    public bool ProviderSilent { get; init; }

    /// <summary>Decimals of the coin's smallest unit, as far as they are known.</summary>
    public required int Decimals { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    private IEnumerable<CryptoPayment> Others => Attempts.Where(other => other.Id != Payment.Id);

    /// <summary>A newer attempt can be paid, or another one holds money.</summary>
    public bool OthersMatter => Others.Any(other => PaymentStatusMoves.HoldsMoney(other.Status) || other.Attempt > Payment.Attempt && other.HasPage);

    /// <summary>Another attempt's money arrived.</summary>
    public bool OthersSettled => Others.Any(other => PaymentStatusMoves.IsSettled(other.Status));

    /// <summary>What is still due, rounded up; null when nothing is, or when it is not known how much came.</summary>
    public Money? Missing
    {
        get
        {
            if (Payment.ReceivedAmount is not { } received || received >= Payment.PayAmount)
                return null;

            var missing = Payment.PayAmount - received;
            // The wallet was told coins where the quote is in the store's currency: the same part of them is missing.
            return Payment.Due is { } due && ((Fraction)missing * due.Amount / Payment.PayAmount).RoundUp(Math.Max(Decimals, DecimalsOf(due.Amount))) is { } coins
                ? due with { Amount = coins }
                : new Money(missing, Payment.PayCurrency);
        }
    }

    /// <summary>Without zeros at the end: databases fill them up.</summary>
    private static int DecimalsOf(decimal amount) => (amount / 1.0000000000000000000000000000m).Scale;
}
