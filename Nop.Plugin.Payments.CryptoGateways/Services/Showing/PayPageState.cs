using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
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

    /// <summary>What arrived, where it is not what was asked for; in coins where the wallet was told coins, else in the unit of the quote.</summary>
    public Money? Received { get; init; }

    /// <summary>What was asked for, beside <see cref="Received"/>.</summary>
    public Money? AskedFor { get; init; }

    /// <summary>What is still due of an underpaid quote.</summary>
    public Money? Missing { get; init; }

    /// <summary>The same address takes what is still due.</summary>
    public bool TakesRest { get; init; }

    /// <summary>When the quote ends, UTC; null when it does not, or does not matter any more.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>Whether the provider can be asked; told while the page waits for money.</summary>
    public ProviderVoice Provider { get; init; }

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
            Received = state is PayState.Underpaid or PayState.Overpaid ? facts.Received : null,
            AskedFor = state is PayState.Underpaid or PayState.Overpaid ? facts.AskedFor : null,
            Missing = state == PayState.Underpaid ? facts.Missing : null,
            TakesRest = state == PayState.Underpaid && facts.TakesRest,
            ExpiresOnUtc = state == PayState.Waiting || state == PayState.Underpaid && facts.TakesRest ? payment.ExpiresOnUtc : null,
            Provider = state is PayState.Waiting or PayState.Seen or PayState.Confirming ? facts.Provider : ProviderVoice.Answers,
            PollSeconds = PollSecondsOf(state, facts)
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
        TakesRest,
        ExpiresOnUtc = ExpiresOnUtc is { } expires ? DateTime.SpecifyKind(expires, DateTimeKind.Utc) : (DateTime?)null,
        Provider = $"{Provider}",
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
            CryptoPaymentStatus.PaidLate or CryptoPaymentStatus.Disputed when isPaid && !facts.OthersSettled => PayState.Paid,
            CryptoPaymentStatus.PaidLate when !facts.OthersSettled => PayState.Late,
            CryptoPaymentStatus.PaidLate or CryptoPaymentStatus.Disputed => PayState.InReview,
            CryptoPaymentStatus.Overpaid when isPaid => PayState.Overpaid,
            _ when isPaid => PayState.Paid,
            CryptoPaymentStatus.Paid or CryptoPaymentStatus.Overpaid => PayState.InReview,
            CryptoPaymentStatus.Underpaid when facts.Order != OrderState.Open || facts.Missing is null || facts.MissingIsDust => PayState.InReview,
            CryptoPaymentStatus.Underpaid => facts.OthersPay ? PayState.Outdated : PayState.Underpaid,
            CryptoPaymentStatus.Confirming when facts.Payment.TakesRest && facts.Missing is not null => facts.MissingIsDust ? PayState.InReview : PayState.Underpaid,
            CryptoPaymentStatus.Confirming when facts.Payment.ConfirmationsSeen is null or 0 => PayState.Seen,
            CryptoPaymentStatus.Confirming or CryptoPaymentStatus.Authorized => PayState.Confirming,
            _ => WithoutMoney(facts)
        };
    }

    private static PayState WithoutMoney(PayPageFacts facts) => facts.Payment.Status switch
    {
        _ when facts.Order is OrderState.Cancelled or OrderState.Deleted => PayState.OrderCancelled,
        _ when facts.OthersMatter || facts.Order != OrderState.Open => PayState.Outdated,
        CryptoPaymentStatus.AwaitingPayment when !facts.Payment.HasPage || !facts.HasGoodAddress => PayState.ProviderFailed,
        CryptoPaymentStatus.AwaitingPayment when facts.Owed != facts.Payment.PriceAmount => PayState.Outdated,
        CryptoPaymentStatus.AwaitingPayment => facts.Payment.ExpiresOnUtc <= facts.Now ? PayState.Expired : PayState.Waiting,
        CryptoPaymentStatus.Expired => PayState.Expired,
        CryptoPaymentStatus.Canceled => PayState.Canceled,
        CryptoPaymentStatus.Failed when facts.Payment.KnownExternalId is not null => PayState.Failed,
        _ => PayState.ProviderFailed
    };

    /// <summary>Often while the shopper waits for it, seldom where only late money or a person can change something.</summary>
    private static int PollSecondsOf(PayState state, PayPageFacts facts) => (state, facts.Now - facts.Payment.CreatedOnUtc) switch
    {
        (PayState.Waiting or PayState.Seen or PayState.Confirming, var age) => age < TimeSpan.FromHours(2) ? 3 : 15,
        (PayState.Underpaid, var age) when facts.TakesRest => age < TimeSpan.FromHours(2) ? 3 : 15,
        (PayState.Paid or PayState.Overpaid or PayState.Refunded or PayState.OrderCancelled, _) => 0,
        (_, var age) => age < TimeSpan.FromDays(1) ? 30 : 0
    };
}

/// <summary>
/// All that <see cref="PayPageState"/> depends on.
/// </summary>
public sealed record PayPageFacts
{
    public required CryptoPayment Payment { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>What the order owes today without the parts that other attempts brought, in the store's currency.</summary>
    public required decimal Owed { get; init; }

    /// <summary>Every attempt of the order.</summary>
    public IReadOnlyCollection<CryptoPayment> Attempts { get; init; } = [];

    public ProviderVoice Provider { get; init; }

    /// <summary>False when the attempt's address is not one of its coin's network: nobody may be told to pay to it.</summary>
    public bool HasGoodAddress { get; init; } = true;

    /// <summary>Decimals of the coin's smallest unit, as far as they are known.</summary>
    public required int Decimals { get; init; }

    /// <summary>The smallest amount of the coin that can be sent.</summary>
    public decimal Dust { get; init; }

    /// <summary>The letters that shoppers know the coin by.</summary>
    public required string Symbol { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    private IEnumerable<CryptoPayment> Others => Attempts.Where(other => other.Id != Payment.Id);

    /// <summary>Another attempt holds money, and not just a part beside which this one asks for the rest.</summary>
    public bool OthersPay => Others.Any(other => PaymentStatusMoves.HoldsMoney(other.Status) && !OrderRest.IsPart(other));

    /// <summary>The same, or a newer attempt can be paid.</summary>
    public bool OthersMatter => OthersPay || Others.Any(other => other.IsNewerThan(Payment) && other.HasPage);

    /// <summary>The rest can go to the same address now.</summary>
    public bool TakesRest => Payment.TakesRest && HasGoodAddress && !(Payment.ExpiresOnUtc <= Now) && Order == OrderState.Open;

    /// <summary>Another attempt's money arrived.</summary>
    public bool OthersSettled => Others.Any(other => PaymentStatusMoves.IsSettled(other.Status));

    /// <summary>What the wallet was told to send, else what the provider asks for.</summary>
    public Money AskedFor => Named(Payment.Due ?? Payment.Expected);

    /// <summary>What arrived, in the unit of <see cref="AskedFor"/>; null when it is not known.</summary>
    public Money? Received => Missing is { } missing ? AskedFor with { Amount = AskedFor.Amount - missing.Amount }
        : Payment.ReceivedAmount is { } received ? InUnitOfAskedFor(received, up: false) : null;

    /// <summary>What is still due, rounded up; null when nothing is, or when it is not known how much came.</summary>
    public Money? Missing => Payment.ReceivedAmount is { } received && received < Payment.Expected.Amount ? InUnitOfAskedFor(Payment.Expected.Amount - received, up: true) : null;

    /// <summary>So little is missing that no wallet sends it: it is not requested, and the store looks at the payment.</summary>
    public bool MissingIsDust => Missing is { } missing && missing.Currency == Symbol && missing.Amount < Dust;

    /// <summary>The wallet was told coins where receipts may be counted in money: an amount of those is the same part of the coins.</summary>
    private Money InUnitOfAskedFor(decimal amount, bool up)
    {
        Fraction? part = Payment.Due is { } due ? (Fraction)amount * due.Amount / Payment.Expected.Amount : null;
        // A person may have to type it: eight decimals are enough, unless the provider asked for more.
        var decimals = Math.Max(Math.Min(Decimals, CoinDecimals.MostQuoted), DecimalsOf(AskedFor.Amount));
        return (up ? part?.RoundUp(decimals) : part?.RoundDown(decimals)) is { } coins
            ? AskedFor with { Amount = coins }
            : Named(Payment.Expected with { Amount = amount });
    }

    /// <summary>Codes of coins name their network too; shoppers know the letters.</summary>
    private Money Named(Money money) => money.Currency == Payment.Coin ? money with { Currency = Symbol } : money;

    /// <summary>Without zeros at the end: databases fill them up.</summary>
    private static int DecimalsOf(decimal amount) => (amount / 1.0000000000000000000000000000m).Scale;
}
