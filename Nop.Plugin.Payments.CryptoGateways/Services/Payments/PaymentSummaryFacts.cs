using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Everything that <see cref="PaymentSummary"/> depends on, and what follows from it about amounts and other attempts.
/// </summary>
public sealed record PaymentSummaryFacts
{
    public required CryptoPayment Payment { get; init; }

    public required OrderState Order { get; init; }

    /// <summary>When the order was marked as paid, UTC; null when it was not.</summary>
    public DateTime? OrderPaidOnUtc { get; init; }

    /// <summary>The amount due today after the partial payments of other attempts, in the store's currency.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>Every attempt of the order.</summary>
    public IReadOnlyCollection<CryptoPayment> Attempts { get; init; } = [];

    public ProviderAvailability Provider { get; init; }

    /// <summary>The gateway's coin descriptor; null when the gateway no longer offers the coin.</summary>
    public CoinDescriptor? CoinInfo { get; init; }

    /// <summary>False when the address does not belong to the coin's network: it must not be shown.</summary>
    public bool HasGoodAddress { get; init; } = true;

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    public string Symbol => CoinInfo?.Symbol ?? Payment.Coin;

    /// <summary>True when another attempt holds funds that are not just a partial payment.</summary>
    public bool OtherAttemptsPay => Others.Any(other => StatusTransitions.HoldsFunds(other.Status) && !OutstandingBalance.IsPartialPayment(other));

    /// <summary>True when another attempt pays the order, or a newer one can be paid.</summary>
    public bool OtherAttemptsMatter => OtherAttemptsPay || Others.Any(other => other.IsNewerThan(Payment) && other.HasPage);

    /// <summary>
    /// True when funds arrived for a paid order, or were disputed after they had paid it. Otherwise a paid order means that an
    /// administrator has accepted the funds.
    /// </summary>
    public bool ArrivedAfterPayment => Others.Any(other => StatusTransitions.IsSettled(other.Status)) || Order == OrderState.Paid
        && (Payment.Status == CryptoPaymentStatus.Disputed ? Payment.PaidOnUtc is not null : OrderPaidOnUtc < Payment.PaidOnUtc);

    /// <summary>True when the provider accepts no more funds.</summary>
    public bool IsClosed => Payment.ExpiresOnUtc <= Now;

    public bool IsQuoteOver => Payment.QuoteExpiresOnUtc <= Now;

    /// <summary>True after a partial payment to an address or page that accepts the balance.</summary>
    public bool IsPartialWithBalance => Payment is { AcceptsBalance: true, ReceivedAmount: { } received } && received < Payment.Expected.Amount;

    /// <summary>See <see cref="PaymentSummary.Remaining"/>; null also when unknown.</summary>
    public Money? Remaining => Part is not { } part || !(part > 0m) ? null
        : Payment.LateAmount is not null ? InUnit(part, new Money(Payment.PriceAmount, Payment.PriceCurrency), CurrencyDecimals.Of(Payment.PriceCurrency))
        : BalanceByWallet ?? InUnit(part, Payment.Expected, Math.Max(CurrencyDecimals.Of(Payment.Expected.Currency), Money.DecimalsOf(Payment.ReceivedAmount ?? 0m)));

    /// <summary>True when the balance is too small for a wallet to send.</summary>
    public bool RemainingIsDust => CoinInfo is { } coin && (BalanceByWallet ?? Remaining) is { } balance && IsCoin(balance) && balance.Amount < coin.Dust;

    /// <summary>The amount to send from a wallet, rounded up to the coin's smallest unit.</summary>
    public Money? DueByWallet => Payment.AmountToSend is { } due ? CoinInfo?.Wallet is { } wallet ? due.RoundUp(wallet.Decimals) : due : null;

    /// <summary>The outstanding part of it: as stated by the provider, unless the order's total was lowered; otherwise at the quoted price.</summary>
    public Money? BalanceByWallet => Payment is { AcceptsBalance: true, BalanceAmount: { } stated } && AmountDue >= Payment.PriceAmount ? new Money(stated, Payment.Coin)
        : DueByWallet is { } due && Part is { } part ? InUnit(part, due, DecimalsToType) : null;

    private IEnumerable<CryptoPayment> Others => Attempts.Where(other => other.Id != Payment.Id);

    /// <summary>
    /// The outstanding fraction of the price, or of the order's current amount due if that is less; null when unknown. Funds that arrived
    /// late count by their value.
    /// </summary>
    private Fraction? Part => Payment.PriceAmount > 0m && Payment.Expected.Amount > 0m && OutstandingBalance.ValueOf(Payment) is { } worth
        ? (Math.Min(AmountDue, Payment.PriceAmount) + worth * -1m) / Payment.PriceAmount
        : null;

    /// <summary>At most eight decimals, because a person may have to type the amount.</summary>
    private int DecimalsToType => Math.Min(CoinInfo is null ? CoinDecimals.Btc : CoinInfo.Wallet?.Decimals ?? CoinInfo.Decimals, CoinDecimals.MaxQuoted);

    private bool IsCoin(Money money) => string.Equals(money.Currency, Payment.Coin, StringComparison.OrdinalIgnoreCase);

    /// <summary>Rounded up to <paramref name="decimals"/>, or to as many as the whole has.</summary>
    private static Money? InUnit(Fraction part, Money whole, int decimals) =>
        (part * whole.Amount).RoundUp(Math.Max(decimals, Money.DecimalsOf(whole.Amount))) is { } amount ? whole with { Amount = amount } : null;
}
