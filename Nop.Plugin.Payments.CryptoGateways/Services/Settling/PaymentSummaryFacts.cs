using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// All that <see cref="PaymentSummary"/> depends on, and what follows from it about amounts and other attempts.
/// </summary>
public sealed record PaymentSummaryFacts
{
    public required CryptoPayment Payment { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>When the order was marked as paid, UTC; null when it was not.</summary>
    public DateTime? OrderPaidOnUtc { get; init; }

    /// <summary>What the order owes today without the parts that other attempts brought, in the store's currency.</summary>
    public required decimal Owed { get; init; }

    /// <summary>Every attempt of the order.</summary>
    public IReadOnlyCollection<CryptoPayment> Attempts { get; init; } = [];

    public ProviderVoice Provider { get; init; }

    /// <summary>What the gateway declares about the coin; null when it no longer does.</summary>
    public CoinDescriptor? CoinInfo { get; init; }

    /// <summary>False when the attempt's address is not one of its coin's network: nobody may be told to pay to it.</summary>
    public bool HasGoodAddress { get; init; } = true;

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    public string Symbol => CoinInfo?.Symbol ?? Payment.Coin;

    /// <summary>Another attempt holds money, and not just a part beside which this one asks for the rest.</summary>
    public bool OthersPay => Others.Any(other => PaymentStatusMoves.HoldsMoney(other.Status) && !OrderRest.IsPart(other));

    /// <summary>The same, or a newer attempt can be paid.</summary>
    public bool OthersMatter => OthersPay || Others.Any(other => other.IsNewerThan(Payment) && other.HasPage);

    /// <summary>
    /// The money came for an order that was paid already, or it was questioned after it had paid the order. Otherwise a paid order means
    /// that a person has accepted the money.
    /// </summary>
    public bool CameOnTop => Others.Any(other => PaymentStatusMoves.IsSettled(other.Status)) || Order == OrderState.Paid
        && (Payment.Status == CryptoPaymentStatus.Disputed ? Payment.PaidOnUtc is not null : OrderPaidOnUtc < Payment.PaidOnUtc);

    /// <summary>The provider takes no more money for it.</summary>
    public bool IsClosed => Payment.ExpiresOnUtc <= Now;

    public bool IsQuoteOver => Payment.QuoteExpiresOnUtc <= Now;

    /// <summary>A part came, and the same address or page takes the rest.</summary>
    public bool IsPartWithRest => Payment is { TakesRest: true, ReceivedAmount: { } received } && received < Payment.Expected.Amount;

    /// <summary>See <see cref="PaymentSummary.Remaining"/>; null also when it is not known.</summary>
    public Money? Remaining => Part is not { } part || !(part > 0m) ? null
        : Payment.LateAmount is not null ? InUnit(part, new Money(Payment.PriceAmount, Payment.PriceCurrency), CurrencyDecimals.Of(Payment.PriceCurrency))
        : RestByWallet ?? InUnit(part, Payment.Expected, Math.Max(CurrencyDecimals.Of(Payment.Expected.Currency), Money.DecimalsOf(Payment.ReceivedAmount ?? 0m)));

    /// <summary>So little is missing that no wallet sends it.</summary>
    public bool RemainingIsDust => CoinInfo is { } coin && (RestByWallet ?? Remaining) is { } rest && IsCoin(rest) && rest.Amount < coin.Dust;

    /// <summary>What the wallet was told to send, rounded up to the coin's smallest unit.</summary>
    public Money? DueByWallet => Payment.Due is { } due ? CoinInfo?.Wallet is { } wallet ? due.RoundUp(wallet.Decimals) : due : null;

    /// <summary>The missing part of that, by the quoted price.</summary>
    public Money? RestByWallet => DueByWallet is { } due && Part is { } part ? InUnit(part, due, DecimalsToType) : null;

    private IEnumerable<CryptoPayment> Others => Attempts.Where(other => other.Id != Payment.Id);

    /// <summary>
    /// The part of the price that is missing, of what the order owes now if that is less; null when it is not known. Late coins count by
    /// their value.
    /// </summary>
    private Fraction? Part => Payment.PriceAmount > 0m && Payment.Expected.Amount > 0m && OrderRest.WorthOf(Payment) is { } worth
        ? (Math.Min(Owed, Payment.PriceAmount) + worth * -1m) / Payment.PriceAmount
        : null;

    /// <summary>A person may have to type it: eight decimals are enough, unless the provider asked for more.</summary>
    private int DecimalsToType => Math.Min(CoinInfo is null ? CoinDecimals.Btc : CoinInfo.Wallet?.Decimals ?? CoinInfo.Decimals, CoinDecimals.MostQuoted);

    private bool IsCoin(Money money) => string.Equals(money.Currency, Payment.Coin, StringComparison.OrdinalIgnoreCase);

    /// <summary>Rounded up to <paramref name="decimals"/>, or to as many as the whole has.</summary>
    private static Money? InUnit(Fraction part, Money whole, int decimals) =>
        (part * whole.Amount).RoundUp(Math.Max(decimals, Money.DecimalsOf(whole.Amount))) is { } amount ? whole with { Amount = amount } : null;
}
