using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// The decision that follows from the facts about a payment. Pure: no clock, no I/O.
/// </summary>
/// <param name="Status">The attempt's new status.</param>
/// <param name="MarkPaid">Mark the order as paid, if this attempt gets the order's unique marker.</param>
/// <param name="Note">The order note; <see cref="OrderNoteKind.None"/> for none.</param>
/// <param name="MarkAuthorized">Mark the order as authorized.</param>
/// <param name="CancelOrder">Cancel the order, because it was not paid within the configured time.</param>
/// <param name="Reopen">Reopen the cancelled order before it is marked.</param>
/// <param name="Wait">Decide later: another worker is still completing the order, so the payment is checked again soon.</param>
public sealed record PaymentDecision(CryptoPaymentStatus Status, bool MarkPaid = false, OrderNoteKind Note = OrderNoteKind.None, bool CancelOrder = false,
    bool MarkAuthorized = false, bool Reopen = false, bool Wait = false)
{
    /// <summary>How long the platform may take to complete a paid order before its event counts as lost.</summary>
    public static readonly TimeSpan PaidEventGrace = TimeSpan.FromMinutes(2);

    /// <summary>How long a payment unknown to the provider may still appear, because its create call may be in progress.</summary>
    public static readonly TimeSpan CreationWatch = TimeSpan.FromHours(1);

    public static PaymentDecision Decide(PaymentFacts facts)
    {
        var decision = facts.Lookup switch
        {
            Lookup.Found when facts.IsIdOfAnotherPayment && !HasFunds(facts.Provider!.Status) => new PaymentDecision(Failed, Note: OrderNoteKind.IdClash),
            Lookup.Found when facts.IsIdOfAnotherPayment || Contradicts(facts) => new PaymentDecision(Disputed, Note: OrderNoteKind.Contradiction),
            Lookup.Found => FromProvider(facts),
            Lookup.NotFound or Lookup.Impossible when IsOpen(facts.Status) && facts.Statements.Any(statement => statement.Status is ProviderStatus.Completed or ProviderStatus.Underpaid) =>
                new PaymentDecision(Disputed, Note: OrderNoteKind.Unverified),
            Lookup.NotFound when facts.Status == Creating && facts.Age > CreationWatch => new PaymentDecision(Failed, Note: OrderNoteKind.NeverCreated),
            Lookup.NotFound or Lookup.Impossible when facts.Age > facts.Watch => new PaymentDecision(Expired, Note: OrderNoteKind.MonitoringEnded),
            _ => new PaymentDecision(facts.Status)
        };

        if (decision.Status != facts.Status && !IsAllowed(facts, decision.Status))
            decision = new PaymentDecision(facts.Status);
        // A note belongs to a status change. Without one, only work that a crash interrupted and amounts that grew cause a note.
        if (decision.Status == facts.Status && !decision.MarkPaid && !decision.MarkAuthorized)
            decision = decision with { Note = NoteWithoutMove(facts, decision.Note) };

        return IsAbandoned(facts, decision.Status) ? decision with { CancelOrder = true, Note = OrderNoteKind.OrderCancelled } : decision;
    }

    private static OrderNoteKind NoteWithoutMove(PaymentFacts facts, OrderNoteKind note) => note switch
    {
        OrderNoteKind.Refunded when facts.HasInterruptedOperation || facts.HasRefundedMore => note,
        _ when !facts.HasReceivedMore || !(StatusTransitions.IsSettled(facts.Status) || facts.Status is Refunded or PartiallyRefunded) => OrderNoteKind.None,
        OrderNoteKind.Overpaid or OrderNoteKind.Underpaid or OrderNoteKind.UnderpaidAfterQuote => note,
        _ => OrderNoteKind.MoreArrived
    };

    /// <summary>After an administrator has settled a payment, only a refund at the provider changes it.</summary>
    private static bool IsAllowed(PaymentFacts facts, CryptoPaymentStatus to) =>
        StatusTransitions.IsAllowed(facts.Status, to) && (!facts.IsSettledManually || to is Refunded or PartiallyRefunded);

    /// <summary>True while the payment is not decided.</summary>
    private static bool IsOpen(CryptoPaymentStatus status) => status is Creating or AwaitingPayment or Confirming or Authorized or Expired or Failed or Canceled;

    private static bool HasFunds(ProviderStatus status) =>
        status is not (ProviderStatus.Unknown or ProviderStatus.Waiting or ProviderStatus.Failed or ProviderStatus.Canceled or ProviderStatus.Expired);

    /// <summary>
    /// The decision when an administrator marks the payment as paid; null when that is impossible: the payment is settled or authorized,
    /// another attempt has paid the order, or the order does not await payment. Work that a crash interrupted is completed.
    /// </summary>
    public static PaymentDecision? DecideManually(PaymentFacts facts) => (facts.Order, facts.PaidMarker) switch
    {
        _ when facts.IsReserved || !StatusTransitions.MaySettleManually(facts.Status) => null,
        (OrderState.Open, PaidMarker.None or PaidMarker.OursOpen) => new PaymentDecision(Paid, MarkPaid: true, Note: OrderNoteKind.ManuallySettled),
        (OrderState.Paid, PaidMarker.OursOpen or PaidMarker.OursDone) => new PaymentDecision(Paid, Note: OrderNoteKind.ManuallySettled),
        _ => null
    };

    private static PaymentDecision FromProvider(PaymentFacts facts) => facts.Provider!.Status switch
    {
        ProviderStatus.Completed or ProviderStatus.Underpaid => Settle(facts),
        ProviderStatus.Confirming => new PaymentDecision(Confirming),
        ProviderStatus.Authorized => Authorize(facts),
        ProviderStatus.Refunded => new PaymentDecision(Refunded, Note: RefundNote(facts)),
        ProviderStatus.PartiallyRefunded when facts is { SurplusReturned: { } surplus, Status: Overpaid } && !(facts.Provider.Refunded?.Amount > surplus) => new PaymentDecision(Overpaid),
        ProviderStatus.PartiallyRefunded => new PaymentDecision(PartiallyRefunded, Note: RefundNote(facts)),
        ProviderStatus.Disputed => new PaymentDecision(Disputed, Note: OrderNoteKind.Appeal),
        ProviderStatus.Failed or ProviderStatus.Canceled or ProviderStatus.Expired when facts.Status is Paid or Overpaid || facts is { Status: Disputed, WasSettled: true } =>
            new PaymentDecision(Disputed, Note: OrderNoteKind.Reversed),
        ProviderStatus.Failed => new PaymentDecision(Failed, Note: NoteOfEnd(facts, OrderNoteKind.Failed)),
        ProviderStatus.Canceled => new PaymentDecision(Canceled, Note: NoteOfEnd(facts, OrderNoteKind.Canceled)),
        ProviderStatus.Expired => new PaymentDecision(Expired, Note: NoteOfEnd(facts, OrderNoteKind.Expired)),
        // The full amount was detected: a status that says otherwise must not ask the shopper to pay again.
        ProviderStatus.Waiting when facts.Provider.Received is { Amount: > 0 } received && received.Amount >= facts.Expected => new PaymentDecision(Confirming),
        ProviderStatus.Waiting when facts.Age > facts.Watch => new PaymentDecision(Expired, Note: OrderNoteKind.MonitoringEnded),
        ProviderStatus.Waiting => new PaymentDecision(AwaitingPayment),
        _ => new PaymentDecision(facts.Status == Creating ? AwaitingPayment : facts.Status)
    };

    /// <summary>A refund that was made on the order's page and stored on the order needs no note.</summary>
    private static OrderNoteKind RefundNote(PaymentFacts facts) =>
        facts is { Order: OrderState.Returned, HasInterruptedOperation: false, IsRefundMissingOnOrder: false } ? OrderNoteKind.None : OrderNoteKind.Refunded;

    /// <summary>An order that relies on a released authorization must not be shipped.</summary>
    private static OrderNoteKind NoteOfEnd(PaymentFacts facts, OrderNoteKind note) =>
        facts is { Order: OrderState.Authorized, Status: Authorized } ? OrderNoteKind.AuthorizationReleased : note;

    /// <summary>The funds are authorized; the owner captures them.</summary>
    private static PaymentDecision Authorize(PaymentFacts facts) => (facts.Order, facts.PaidMarker) switch
    {
        (OrderState.Open, PaidMarker.Others) => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizationNotNeeded),
        (OrderState.Open, _) when facts.OrderTotal > facts.PriceAmount => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizationNotNeeded),
        (OrderState.Open, _) => new PaymentDecision(Authorized, MarkAuthorized: true, Note: OrderNoteKind.Authorized),
        (OrderState.Authorized, _) => new PaymentDecision(Authorized, Note: OrderNoteKind.Authorized),
        (OrderState.Paid or OrderState.Returned, _) => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizationNotNeeded),
        _ => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizationNotNeeded)
    };

    /// <summary>The provider has received the funds. Currency and quote were compared before; here only the amount counts.</summary>
    private static PaymentDecision Settle(PaymentFacts facts) => (facts.Order, facts.PaidMarker) switch
    {
        (_, PaidMarker.Others) when facts.Received > 0 && facts.Status != Underpaid => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidTwice),
        _ when facts.ReceivedValue is null => new PaymentDecision(PaidLate, Note: OrderNoteKind.PriceUnknown),
        _ when !facts.IsEnough => new PaymentDecision(Underpaid, Note: facts.Funds.LateAmount is null ? OrderNoteKind.Underpaid : OrderNoteKind.UnderpaidAfterQuote),
        (_, PaidMarker.Others) => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidTwice),
        (OrderState.Open or OrderState.Authorized, _) when facts.OrderTotal > facts.PriceAmount => new PaymentDecision(Underpaid, Note: OrderNoteKind.OrderTotalIncreased),
        (OrderState.Open or OrderState.Authorized, PaidMarker.OursDone) => new PaymentDecision(Paid, Note: OrderNoteKind.OrderReopened),
        (OrderState.Open or OrderState.Authorized, PaidMarker.None) when IsTooLate(facts) => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidLate),
        (OrderState.Open or OrderState.Authorized, _) => Pay(facts),
        (OrderState.Cancelled, PaidMarker.None) when MayReopen(facts) => Pay(facts) with { Reopen = true },
        (OrderState.Paid, PaidMarker.OursDone) => Pay(facts) with { MarkPaid = false },
        (OrderState.Paid, PaidMarker.OursOpen) when facts.PaidMarkerAge is { } age && age >= TimeSpan.Zero && age < PaidEventGrace => new PaymentDecision(facts.Status, Wait: true),
        (OrderState.Paid, PaidMarker.OursOpen) => new PaymentDecision(Paid, Note: OrderNoteKind.PaidEventMissing),
        (OrderState.Returned, PaidMarker.OursDone or PaidMarker.OursOpen) => new PaymentDecision(Paid),
        (OrderState.Paid or OrderState.Returned, _) => new PaymentDecision(PaidLate, Note: OrderNoteKind.AlreadyPaid),
        _ => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidAfterCancel)
    };

    /// <summary>A paid payment becomes overpaid only by additional funds, because the order's total may have been lowered since.</summary>
    private static PaymentDecision Pay(PaymentFacts facts) => facts.Received > facts.ExpectedForOrder && (facts.Status != Paid || facts.HasReceivedMore && !facts.IsSettledManually)
        ? new PaymentDecision(Overpaid, MarkPaid: true, Note: OrderNoteKind.Overpaid)
        : new PaymentDecision(Paid, MarkPaid: true, Note: facts.Funds.LateAmount is null ? OrderNoteKind.Paid : OrderNoteKind.PaidAfterQuote);

    private static bool IsTooLate(PaymentFacts facts) => facts.Funds is { IsLate: true } or { LateAmount: not null } && !facts.Policy.AcceptLate;

    /// <summary>A reopening that has begun is completed, whatever the stock and the settings are now.</summary>
    private static bool MayReopen(PaymentFacts facts) => facts.Reopening == Reopening.Begun
        || facts is { Reopening: Reopening.Possible, Policy.ReopenCancelled: true } && !IsTooLate(facts) && facts.OrderTotal <= facts.PriceAmount;

    /// <summary>True when nobody paid within the configured time, the provider confirms that, and no other attempt can still pay.</summary>
    private static bool IsAbandoned(PaymentFacts facts, CryptoPaymentStatus status) =>
        facts.Policy.CancelUnpaidAfter is { } limit && facts.Age > limit && facts.Lookup is Lookup.Found or Lookup.NotFound
        && facts.Order == OrderState.Open && facts.PaidMarker == PaidMarker.None && !facts.OtherAttemptsMatter && !StatusTransitions.HoldsFunds(status);

    private static bool Contradicts(PaymentFacts facts)
    {
        var provider = facts.Provider!;
        return (provider.Reference is null ? provider.ExternalId is null || provider.ExternalId != facts.ExternalId : provider.Reference != facts.Reference)
            || provider.Received is { } received && !string.Equals(received.Currency, (provider.Expected ?? facts.Quoted).Currency, StringComparison.OrdinalIgnoreCase)
            || provider.Expected is { } expected && (expected.Amount <= 0 || facts.DueByWallet is { } due && due != expected)
            || ContradictsItself(facts)
            || Contradicts(facts, new Statement(provider.Amount, provider.ExternalId), provider.FeeAllowance)
            || facts.Statements.Any(statement => Contradicts(facts, statement, provider.FeeAllowance));
    }

    /// <summary>True when the provider calls a short payment complete, or a full one short. A settled payment is not compared again.</summary>
    private static bool ContradictsItself(PaymentFacts facts) => !StatusTransitions.IsSettled(facts.Status) && (facts.Provider!.Status switch
    {
        ProviderStatus.Completed => facts.Received < facts.Expected && facts.ReceivedValue is not null && !facts.IsEnough,
        ProviderStatus.Underpaid => facts.Received >= facts.Expected,
        _ => false
    });

    /// <summary>True for another currency, an amount below the quote or above the quote plus fee, and another payment's id.</summary>
    private static bool Contradicts(PaymentFacts facts, Statement statement, decimal feeAllowance)
    {
        if (facts.ExternalId is { } known && statement.ExternalId is { } stated && known != stated)
            return true;

        return statement.Amount is { } amount
            && (!string.Equals(amount.Currency, facts.Quoted.Currency, StringComparison.OrdinalIgnoreCase)
                || amount.Amount < facts.Quoted.Amount
                || amount.Amount > facts.Quoted.Amount + feeAllowance);
    }
}
