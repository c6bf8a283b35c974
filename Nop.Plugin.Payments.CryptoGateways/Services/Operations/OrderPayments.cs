using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Operations;

/// <summary>
/// The payment state of an order as a whole, and the options to pay it.
/// </summary>
public class OrderPayments(PaymentOptionService paymentOptions, OrderReader orders, AttemptStore attempts, PaymentSummaryReader summaries, TimeProvider time)
{
    public async Task<OrderPaymentsView> ReadAsync(Order order)
    {
        var all = await summaries.OfOrderAsync(order);
        var (decisive, summary) = DecisiveOf(all);
        var canPay = PaymentFactsReader.StateOf(order) == OrderState.Open && summary is null or { State: PaymentState.AwaitingPayment or PaymentState.Superseded } or { CanStartAnother: true };
        var options = canPay ? await paymentOptions.ForOrderAsync(order) : [];
        var balance = await orders.BalanceAsync(order, all.Select(attempt => attempt.Payment));
        return new OrderPaymentsView(decisive, summary, options, balance == await orders.AmountAsync(order) ? null : balance)
        {
            State = summary?.State ?? StateOf(PaymentFactsReader.StateOf(order)),
            FeeIsHigher = canPay && options.Count == 0 && balance.Amount > 0 && await paymentOptions.HasHigherFeesAsync(order)
        };
    }

    /// <summary>The delay until the order may have another attempt; null for now.</summary>
    public async Task<TimeSpan?> PauseAsync(Order order) => AttemptLimit.WaitBeforeNext(await attempts.OfOrderAsync(order.Id), time.GetUtcNow().UtcDateTime);

    /// <summary>The attempt that determines the order's payment state: one that holds funds before a newer one that does not, else the newest.</summary>
    /// <param name="all">The order's attempts, the newest last.</param>
    public static (CryptoPayment? Payment, PaymentSummary? Summary) DecisiveOf(IReadOnlyList<(CryptoPayment Payment, PaymentSummary Summary)> all) =>
        all.OrderBy(attempt => RankOf(attempt.Summary)).LastOrDefault();

    /// <summary>An order without attempts.</summary>
    private static PaymentState StateOf(OrderState order) => order switch
    {
        OrderState.Open => PaymentState.NotStarted,
        OrderState.Paid or OrderState.Authorized => PaymentState.OrderPaid,
        OrderState.Returned => PaymentState.OrderReturned,
        _ => PaymentState.OrderCancelled
    };

    private static int RankOf(PaymentSummary summary) => summary switch
    {
        { State: PaymentState.Paid or PaymentState.Overpaid } => 3,
        { State: PaymentState.PaidLate or PaymentState.InReview or PaymentState.Refunded or PaymentState.PartiallyRefunded or PaymentState.Authorized } => 2,
        { State: PaymentState.Detected or PaymentState.Confirming } or { Balance: not (null or BalancePaymentMethod.NewPayment) } => 1,
        _ => 0
    };
}

/// <param name="Payment">The decisive attempt; null when there is none.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="PaymentOptions">The payment options; empty when no new attempt is needed.</param>
/// <param name="Balance">The outstanding balance after partial payments; null without any.</param>
public sealed record OrderPaymentsView(CryptoPayment? Payment, PaymentSummary? Summary, IReadOnlyList<PaymentOption> PaymentOptions, Money? Balance)
{
    /// <summary>The state of the order's payment.</summary>
    public required PaymentState State { get; init; }

    /// <summary>True when only a higher fee rules out the other payment options.</summary>
    public bool FeeIsHigher { get; init; }
}
