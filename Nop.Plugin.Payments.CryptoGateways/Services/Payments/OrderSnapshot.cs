using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

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
