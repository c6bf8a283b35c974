using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reads payment summaries from the database.
/// </summary>
public class PaymentSummaryReader(AttemptStore attempts, OrderReader orders, AttemptGateways gateways, TimeProvider time)
{
    /// <summary>The attempt and its order as stored now, with the summary.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PaymentSummary Summary)> OfAsync(CryptoPayment payment)
    {
        return await OfAsync(payment, [.. await attempts.OfOrderAsync(payment.OrderId)]);
    }

    /// <summary>The summary for a caller that has just read all attempts of the order.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PaymentSummary Summary)> OfAsync(CryptoPayment payment, IReadOnlyList<CryptoPayment> all)
    {
        var current = all.First(attempt => attempt.Id == payment.Id);
        var order = await orders.FindAsync(payment.OrderId);
        return (current, order, await OfAsync(current, order, all, await gateways.AvailabilityOfAsync(current)));
    }

    /// <summary>All attempts of an order; the one that the shopper chose last comes last.</summary>
    public async Task<IReadOnlyList<(CryptoPayment Payment, PaymentSummary Summary)>> OfOrderAsync(Order order)
    {
        var all = await attempts.OfOrderAsync(order.Id);
        var summaries = new List<(CryptoPayment, PaymentSummary)>(all.Count);
        foreach (var payment in all)
            summaries.Add((payment, await OfAsync(payment, order, all, await gateways.AvailabilityOfAsync(payment))));
        return summaries;
    }

    /// <summary>Summaries for lists: orders and attempts are read together, and the availability of providers is left out.</summary>
    /// <returns>By the payment's id.</returns>
    public async Task<IReadOnlyDictionary<int, PaymentSummary>> OfManyAsync(IReadOnlyCollection<CryptoPayment> payments)
    {
        var ids = payments.Select(payment => payment.OrderId).Distinct().ToArray();
        var found = (await orders.FindManyAsync(ids)).ToDictionary(order => order.Id);
        var all = (await attempts.OfOrdersAsync(ids)).ToLookup(attempt => attempt.OrderId);
        var summaries = new Dictionary<int, PaymentSummary>(payments.Count);
        foreach (var payment in payments)
            summaries[payment.Id] = await OfAsync(payment, found.GetValueOrDefault(payment.OrderId), [.. all[payment.OrderId]], ProviderAvailability.Answers);
        return summaries;
    }

    private async Task<PaymentSummary> OfAsync(CryptoPayment payment, Order? order, IEnumerable<CryptoPayment> all, ProviderAvailability availability) => PaymentSummary.Of(new PaymentSummaryFacts
    {
        Payment = payment,
        Order = PaymentFactsReader.StateOf(order),
        OrderPaidOnUtc = order?.PaidDateUtc,
        AmountDue = order is null ? 0m : (await orders.BalanceAsync(order, all.Where(attempt => attempt.Id != payment.Id))).Amount,
        Attempts = [.. all],
        Provider = availability,
        CoinInfo = gateways.CoinOf(payment),
        HasGoodAddress = gateways.HasGoodAddress(payment),
        Now = time.GetUtcNow().UtcDateTime
    });
}

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

/// <summary>
/// How long payments in a coin usually take, from the store's own payments.
/// </summary>
public class UsualTimes(IRepository<CryptoPayment> payments)
{
    /// <summary>Payments that a usual time needs.</summary>
    private const int Enough = 10;

    /// <summary>The newest payments that it is calculated from.</summary>
    private const int Most = 50;

    /// <summary>The median time from the first detection of funds to the paid payment; null with too few payments.</summary>
    /// <param name="gateway">System name. Providers require different numbers of confirmations.</param>
    /// <param name="coin">The gateway's code of the coin.</param>
    public async Task<TimeSpan?> OfAsync(string gateway, string coin)
    {
        var paid = await payments.Table
            .Where(payment => payment.Gateway == gateway && payment.Coin == coin && payment.StatusId == (int)CryptoPaymentStatus.Paid && payment.FundsSeenOnUtc != null && payment.PaidOnUtc > payment.FundsSeenOnUtc)
            .OrderByDescending(payment => payment.Id).Take(Most)
            .Select(payment => new { payment.FundsSeenOnUtc, payment.PaidOnUtc }).ToListAsync();
        var times = paid.Select(payment => payment.PaidOnUtc!.Value - payment.FundsSeenOnUtc!.Value).Order().ToList();
        return times.Count < Enough ? null : times[times.Count / 2];
    }
}
