using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What follows from the facts about a payment. Pure: no clock, no I/O.
/// </summary>
/// <param name="Status">The attempt's status from now on.</param>
/// <param name="MarkPaid">The order is to be marked as paid, under the claim.</param>
/// <param name="Note">Why a person is told, as an order note; <see cref="OrderNoteKind.None"/> when there is nothing to tell.</param>
/// <param name="MarkAuthorized">The order is to be marked as authorized.</param>
/// <param name="CancelOrder">The order is to be cancelled: nobody paid it in the time that the owner gives.</param>
/// <param name="Reopen">The order was cancelled and is to be opened again before it is marked.</param>
/// <param name="Wait">Nothing is decided yet: another worker is finishing what belongs to it, so the payment is checked again soon.</param>
public sealed record PaymentDecision(CryptoPaymentStatus Status, bool MarkPaid = false, OrderNoteKind Note = OrderNoteKind.None, bool CancelOrder = false,
    bool MarkAuthorized = false, bool Reopen = false, bool Wait = false)
{
    /// <summary>How long the platform may take to finish a paid order before its event counts as lost.</summary>
    public static readonly TimeSpan PaidEventGrace = TimeSpan.FromMinutes(2);

    /// <summary>How long a payment that the provider does not know may still turn up: the create call may be under way.</summary>
    public static readonly TimeSpan CreationWatch = TimeSpan.FromHours(1);

    public static PaymentDecision Decide(PaymentFacts facts)
    {
        var decision = facts.Lookup switch
        {
            Lookup.Found when facts.IsIdOfAnotherPayment && !HasMoney(facts.Provider!.Status) => new PaymentDecision(Failed, Note: OrderNoteKind.IdClash),
            Lookup.Found when facts.IsIdOfAnotherPayment || Contradicts(facts) => new PaymentDecision(Disputed, Note: OrderNoteKind.Contradiction),
            Lookup.Found => FromProvider(facts),
            Lookup.NotFound or Lookup.Impossible when IsOpen(facts.Status) && facts.Statements.Any(statement => statement.Status is ProviderStatus.Completed or ProviderStatus.Underpaid) =>
                new PaymentDecision(Disputed, Note: OrderNoteKind.Unverified),
            Lookup.NotFound when facts.Status == Creating && facts.Age > CreationWatch => new PaymentDecision(Failed, Note: OrderNoteKind.NeverCreated),
            Lookup.NotFound or Lookup.Impossible when facts.Age > facts.Watch => new PaymentDecision(Expired, Note: OrderNoteKind.WatchEnded),
            _ => new PaymentDecision(facts.Status)
        };

        if (decision.Status != facts.Status && !IsAllowed(facts, decision.Status))
            decision = new PaymentDecision(facts.Status);
        // A note is told once, at the move; but what a crash left open is finished, and amounts that grew are told, whatever the status says.
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

    /// <summary>After a person has settled a payment, only a refund at the provider changes it.</summary>
    private static bool IsAllowed(PaymentFacts facts, CryptoPaymentStatus to) =>
        StatusTransitions.IsAllowed(facts.Status, to) && (!facts.IsSettledManually || to is Refunded or PartiallyRefunded);

    /// <summary>Nobody has decided about money yet.</summary>
    private static bool IsOpen(CryptoPaymentStatus status) => status is Creating or AwaitingPayment or Confirming or Authorized or Expired or Failed or Canceled;

    private static bool HasMoney(ProviderStatus status) =>
        status is not (ProviderStatus.Unknown or ProviderStatus.Waiting or ProviderStatus.Failed or ProviderStatus.Canceled or ProviderStatus.Expired);

    /// <summary>
    /// What follows when an administrator says that the money is here; null when that cannot be: the payment is settled or reserved,
    /// another attempt has paid the order, or the order does not wait for money. What a crash left half-done is finished.
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
        // All of it was seen: a word that says otherwise must not ask the shopper to pay again.
        ProviderStatus.Waiting when facts.Provider.Received is { Amount: > 0 } received && received.Amount >= facts.Expected => new PaymentDecision(Confirming),
        ProviderStatus.Waiting when facts.Age > facts.Watch => new PaymentDecision(Expired, Note: OrderNoteKind.WatchEnded),
        ProviderStatus.Waiting => new PaymentDecision(AwaitingPayment),
        _ => new PaymentDecision(facts.Status == Creating ? AwaitingPayment : facts.Status)
    };

    /// <summary>A refund that was made on the order's page and written there needs nobody any more.</summary>
    private static OrderNoteKind RefundNote(PaymentFacts facts) =>
        facts is { Order: OrderState.Returned, HasInterruptedOperation: false, IsRefundMissingOnOrder: false } ? OrderNoteKind.None : OrderNoteKind.Refunded;

    /// <summary>An order that still counts on reserved money which is gone must not be shipped.</summary>
    private static OrderNoteKind NoteOfEnd(PaymentFacts facts, OrderNoteKind note) =>
        facts is { Order: OrderState.Authorized, Status: Authorized } ? OrderNoteKind.ReservationGone : note;

    /// <summary>Money is reserved; the owner takes it by capturing.</summary>
    private static PaymentDecision Authorize(PaymentFacts facts) => (facts.Order, facts.PaidMarker) switch
    {
        (OrderState.Open, PaidMarker.Others) => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizedInVain),
        (OrderState.Open, _) when facts.OrderTotal > facts.PriceAmount => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizedInVain),
        (OrderState.Open, _) => new PaymentDecision(Authorized, MarkAuthorized: true, Note: OrderNoteKind.Authorized),
        (OrderState.Authorized, _) => new PaymentDecision(Authorized, Note: OrderNoteKind.Authorized),
        (OrderState.Paid or OrderState.Returned, _) => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizedInVain),
        _ => new PaymentDecision(Authorized, Note: OrderNoteKind.AuthorizedInVain)
    };

    /// <summary>The provider has the money. What it says it is for was compared before; here counts how much of it arrived.</summary>
    private static PaymentDecision Settle(PaymentFacts facts) => (facts.Order, facts.PaidMarker) switch
    {
        (_, PaidMarker.Others) when facts.Received > 0 && facts.Status != Underpaid => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidTwice),
        _ when facts.ReceivedValue is null => new PaymentDecision(PaidLate, Note: OrderNoteKind.PriceUnknown),
        _ when !facts.IsEnough => new PaymentDecision(Underpaid, Note: facts.Funds.LateAmount is null ? OrderNoteKind.Underpaid : OrderNoteKind.UnderpaidAfterQuote),
        (_, PaidMarker.Others) => new PaymentDecision(PaidLate, Note: OrderNoteKind.PaidTwice),
        (OrderState.Open or OrderState.Authorized, _) when facts.OrderTotal > facts.PriceAmount => new PaymentDecision(Underpaid, Note: OrderNoteKind.OrderGrew),
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

    /// <summary>Once paid, a payment is overpaid only by what arrives in addition: the order's total may have been lowered since.</summary>
    private static PaymentDecision Pay(PaymentFacts facts) => facts.Received > facts.Due && (facts.Status != Paid || facts.HasReceivedMore && !facts.IsSettledManually)
        ? new PaymentDecision(Overpaid, MarkPaid: true, Note: OrderNoteKind.Overpaid)
        : new PaymentDecision(Paid, MarkPaid: true, Note: facts.Funds.LateAmount is null ? OrderNoteKind.Paid : OrderNoteKind.PaidAfterQuote);

    private static bool IsTooLate(PaymentFacts facts) => facts.Funds is { IsLate: true } or { LateAmount: not null } && !facts.Policy.AcceptLate;

    /// <summary>What was begun is finished, whatever has become of the stock and of the owner's settings since.</summary>
    private static bool MayReopen(PaymentFacts facts) => facts.Reopening == Reopening.Begun
        || facts is { Reopening: Reopening.Possible, Policy.ReopenCancelled: true } && !IsTooLate(facts) && facts.OrderTotal <= facts.PriceAmount;

    /// <summary>Nobody paid in the time that the owner gives, as the provider confirms, and no other attempt can still pay.</summary>
    private static bool IsAbandoned(PaymentFacts facts, CryptoPaymentStatus status) =>
        facts.Policy.CancelUnpaidAfter is { } limit && facts.Age > limit && facts.Lookup is Lookup.Found or Lookup.NotFound
        && facts.Order == OrderState.Open && facts.PaidMarker == PaidMarker.None && !facts.OtherAttemptsMatter && !StatusTransitions.HoldsMoney(status);

    private static bool Contradicts(PaymentFacts facts)
    {
        var provider = facts.Provider!;
        return (provider.Reference is null ? provider.ExternalId is null || provider.ExternalId != facts.ExternalId : provider.Reference != facts.Reference)
            || provider.Received is { } received && !string.Equals(received.Currency, (provider.Expected ?? facts.Quoted).Currency, StringComparison.OrdinalIgnoreCase)
            || provider.Expected is { } expected && (expected.Amount <= 0 || facts.DueByWallet is { } told && told != expected)
            || ContradictsItself(facts)
            || Contradicts(facts, new Statement(provider.Amount, provider.ExternalId), provider.FeeAllowance)
            || facts.Statements.Any(statement => Contradicts(facts, statement, provider.FeeAllowance));
    }

    /// <summary>Called complete although too little arrived, or short although all of it did. A payment that is settled is not judged again.</summary>
    private static bool ContradictsItself(PaymentFacts facts) => !StatusTransitions.IsSettled(facts.Status) && (facts.Provider!.Status switch
    {
        ProviderStatus.Completed => facts.Received < facts.Expected && facts.ReceivedValue is not null && !facts.IsEnough,
        ProviderStatus.Underpaid => facts.Received >= facts.Expected,
        _ => false
    });

    /// <summary>Another currency, less than quoted, more than quoted and the fee on top, or another payment's id.</summary>
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
