using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Reads orders from the database, past every cache, and calculates their amounts.
/// </summary>
public class OrderReader(IRepository<Order> orders, AttemptStore attempts, DisplayedPrices prices)
{
    /// <summary>The order as the database has it now: the platform's own service answers from the request's cache.</summary>
    public async Task<Order?> FindAsync(int id) => await orders.GetByIdAsync(id);

    /// <summary>Several orders at once; deleted rows are left out.</summary>
    public Task<IList<Order>> FindManyAsync(int[] ids) => orders.GetAllAsync(query => query.Where(order => ids.Contains(order.Id)));

    /// <summary>
    /// The order's amount: its total as the platform displays it, in the primary store currency. It is what the shopper is shown, what
    /// gateways request, authorize and capture, and what a full refund returns.
    /// </summary>
    public Task<Money> AmountAsync(Order order) => prices.ShownAsync(order.OrderTotal);

    /// <inheritdoc cref="DisplayedPrices.ShownAsync"/>
    public Task<Money> ShownAsync(decimal amount) => prices.ShownAsync(amount);

    /// <summary>The outstanding balance: the order's amount less the partial payments of its attempts.</summary>
    public async Task<Money> BalanceAsync(Order order) => await BalanceAsync(order, await attempts.OfOrderAsync(order.Id));

    /// <summary>The outstanding balance after the partial payments of some attempts.</summary>
    /// <param name="order">The order.</param>
    /// <param name="some">The attempts whose partial payments count.</param>
    public async Task<Money> BalanceAsync(Order order, IEnumerable<CryptoPayment> some)
    {
        var amount = await AmountAsync(order);
        return OutstandingBalance.TotalValueOf(some, amount.Currency) is > 0 and var received ? await prices.ShownAsync(amount.Amount - received) : amount;
    }

    /// <summary>The outstanding balance, never below zero.</summary>
    /// <param name="order">The order.</param>
    /// <param name="some">The attempts whose partial payments count.</param>
    public async Task<decimal> AmountDueAsync(Order order, IEnumerable<CryptoPayment> some) => Math.Max(0m, (await BalanceAsync(order, some)).Amount);

    /// <summary>What can still be refunded of the order, as the platform displays it.</summary>
    public async Task<Money> RefundableAsync(Order order)
    {
        var amount = await AmountAsync(order);
        return amount with { Amount = amount.Amount - (await prices.ShownAsync(order.RefundedAmount)).Amount };
    }

    /// <summary>
    /// The refund that the platform has to record for an amount that a person entered: the displayed remainder stands for the whole
    /// remainder, with its hidden decimals. Null when the amount is more than the remainder.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="entered">In the primary store currency.</param>
    public async Task<decimal?> RefundOfAsync(Order order, decimal entered)
    {
        var remainder = order.OrderTotal - order.RefundedAmount;
        return entered == (await RefundableAsync(order)).Amount ? remainder : entered <= remainder ? entered : null;
    }
}

/// <summary>
/// An order's attempts and their events, read once under the order's lease. Only the holder of the lease changes them, apart from
/// webhooks that arrive meanwhile and the platform's announcement of an operation.
/// </summary>
/// <param name="attempts">All attempts of the order.</param>
/// <param name="events">All events of these attempts, oldest first, see <see cref="PaymentEventService.OfPaymentsAsync"/>.</param>
public sealed class OrderSnapshot(IEnumerable<CryptoPayment> attempts, IEnumerable<PaymentEvent> events)
{
    private readonly List<CryptoPayment> _attempts = [.. attempts];
    private readonly List<PaymentEvent> _events = [.. events];

    public IReadOnlyList<CryptoPayment> Attempts => _attempts;

    /// <summary>The marker that lets a single attempt mark the order as paid; null while no attempt has claimed the order.</summary>
    public PaymentEvent? PaidMarker => _events.Find(row => row.Kind == PaymentEventKind.PaidMarker);

    /// <summary>The reopening of the cancelled order; processed once its stock was taken. An order has at most one.</summary>
    public PaymentEvent? Reopening => _events.Find(row => row.Kind == PaymentEventKind.Reopening);

    public CryptoPayment? Find(int paymentId) => _attempts.Find(attempt => attempt.Id == paymentId);

    /// <summary>Replaces an attempt by its current row.</summary>
    public void Replace(CryptoPayment attempt) => _attempts[_attempts.FindIndex(other => other.Id == attempt.Id)] = attempt;

    /// <summary>Adds an event that was stored after the snapshot was read.</summary>
    public void Add(PaymentEvent row) => _events.Add(row);

    public bool Has(string eventKey) => _events.Exists(row => row.EventKey == eventKey);

    /// <summary>The verified webhooks about a payment, oldest first; processed ones without their bodies.</summary>
    public IReadOnlyList<PaymentEvent> WebhooksOf(CryptoPayment payment) => Of(payment, PaymentEventKind.Webhook);

    /// <inheritdoc cref="PaymentEventService.HasNewWebhookAsync"/>
    public bool HasNewWebhook(CryptoPayment payment) =>
        WebhooksOf(payment).Any(row => row.ProcessedOnUtc is null && (row.Id > payment.CheckedWebhookId || payment.NextCheckOnUtc is null));

    /// <summary>The open operation; a payment has at most one.</summary>
    public PaymentEvent? OpenOperationOf(CryptoPayment payment) => Of(payment, PaymentEventKind.Operation).LastOrDefault(row => row.ProcessedOnUtc is null);

    /// <summary>The sum of the refunds that the store requested, in the currency of the payment's price.</summary>
    public decimal RefundedOf(CryptoPayment payment) => Of(payment, PaymentEventKind.Operation)
        .Where(row => row is { Name: OperationNames.Refund, Outcome: null }).Sum(row => row.StatedAmount ?? 0m);

    /// <summary>When the last refund began that the provider accepted, or whose outcome is unknown, UTC; null when there is none.</summary>
    public DateTime? AwaitsRefundSince(CryptoPayment payment) => Of(payment, PaymentEventKind.Operation)
        .LastOrDefault(row => row is { Name: OperationNames.Refund, Outcome: not (null or nameof(PaymentEventOutcome.Declined)) })?.CreatedOnUtc;

    /// <summary>The refund of the surplus; processed when it is known that it was sent. A payment has at most one.</summary>
    public PaymentEvent? SurplusRefundOf(CryptoPayment payment) => _events.Find(row => row.EventKey == PaymentEventService.SurplusRefundKey(payment.Id));

    /// <summary>The payment's e-mails that were not queued yet.</summary>
    public IReadOnlyList<PaymentEvent> PendingNotificationsOf(CryptoPayment payment) =>
        [.. Of(payment, PaymentEventKind.Notification).Where(row => row.ProcessedOnUtc is null)];

    private List<PaymentEvent> Of(CryptoPayment payment, PaymentEventKind kind) => _events.FindAll(row => row.PaymentId == payment.Id && row.Kind == kind);
}
