using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What holds for every combination of facts.
/// </summary>
public sealed class PaymentDecisionTableTests
{
    private sealed record Case(PaymentFacts Facts, bool IsContradicted)
    {
        public PaymentDecision Decision { get; } = PaymentDecision.Decide(Facts);

        public bool IsPaid => !IsContradicted && Facts.Provider?.Status == ProviderStatus.Completed;

        public bool HasMoney => !IsContradicted && Facts.Provider?.Status is ProviderStatus.Completed or ProviderStatus.Underpaid;

        /// <summary>The order is cancelled, and is to be opened again for its money.</summary>
        public bool IsRevivable => Facts is { Order: OrderState.Cancelled, PaidMarker: PaidMarker.None }
            && (Facts.Reopening == Reopening.Begun || Facts is { Reopening: Reopening.Possible, Policy.ReopenCancelled: true, OrderTotal: 92m });

        public bool IsMove => Decision.Status != Facts.Status;

        public override string ToString() =>
            $"{Facts.Status}, {Facts.Lookup} {Facts.Provider}, {string.Join(' ', Facts.Statements)}, order {Facts.Order} {Facts.OrderTotal}, claim {Facts.PaidMarker}, age {Facts.Age} -> {Decision}";
    }

    private static readonly TimeSpan[] _ages = [TimeSpan.FromMinutes(5), PaymentDecision.CreationWatch * 2, Facts.Watch * 2];

    private static readonly Case[] _cases =
    [
        .. from status in Enum.GetValues<CryptoPaymentStatus>()
           from answer in Answers()
           from order in Enum.GetValues<OrderState>()
           from claim in Enum.GetValues<PaidMarker>()
           from total in new[] { 92m, 92.01m }
           from age in _ages
           from reopening in order == OrderState.Cancelled ? Enum.GetValues<Reopening>() : [Reopening.Impossible]
           from revive in reopening == Reopening.Impossible ? [false] : new[] { false, true }
           select new Case(answer.Facts with
           {
               Status = status, Order = order, PaidMarker = claim, OrderTotal = total, Age = age, Reopening = reopening, Policy = new PaymentPolicy { ReopenCancelled = revive }
           }, answer.IsContradicted)
    ];

    /// <summary>Everything that a provider may say, by itself and beside a webhook that says something else.</summary>
    private static IEnumerable<(PaymentFacts Facts, bool IsContradicted)> Answers()
    {
        yield return (Facts.NotFound, false);
        yield return (Facts.NoAnswer, false);
        foreach (var relation in Enum.GetValues<Relation>())
        {
            foreach (var status in Enum.GetValues<ProviderStatus>())
            {
                yield return (Facts.Waiting with { Provider = Facts.Answer(status, relation) }, Facts.IsContradiction(relation));
                // Webhooks name a payment by the reference, so that none states another; a fee on top needs a provider that takes one.
                if (relation is not (Relation.OtherReference or Relation.FeeOnTop))
                    yield return (Facts.Waiting with { Provider = Facts.Answer(status), Statements = [Facts.Statement(relation)] }, Facts.IsContradiction(relation));
            }
        }
    }

    [Test]
    public void A_decision_never_makes_a_move_that_is_not_allowed() =>
        Never(each => each.IsMove && !StatusTransitions.IsAllowed(each.Facts.Status, each.Decision.Status));

    [Test]
    public void An_order_is_marked_as_paid_exactly_when_the_money_is_there_and_the_order_open_and_free_to_claim() =>
        Never(each => each.Decision.MarkPaid != (each.IsPaid
            && (each.IsRevivable || each.Facts is { Order: OrderState.Open or OrderState.Authorized, OrderTotal: 92m, PaidMarker: PaidMarker.None or PaidMarker.OursOpen })
            && (each.Facts.Status == Paid || StatusTransitions.IsAllowed(each.Facts.Status, Paid))));

    [Test]
    public void An_order_is_opened_again_exactly_when_it_is_marked_as_paid_though_it_is_cancelled() =>
        Never(each => each.Decision.Reopen != (each.Decision.MarkPaid && each.Facts.Order == OrderState.Cancelled));

    [Test]
    public void A_mark_goes_with_the_status_paid() => Never(each => each.Decision.MarkPaid && each.Decision.Status != Paid);

    [Test]
    public void A_note_is_told_only_at_a_move_or_a_mark() =>
        Never(each => each.Decision.Note != OrderNoteKind.None && !each.IsMove && !each.Decision.MarkPaid && !each.Decision.MarkAuthorized);

    [Test]
    public void An_order_is_marked_as_authorized_exactly_when_money_is_reserved_for_it_and_it_is_open_and_free() =>
        Never(each => each.Decision.MarkAuthorized != (each is { IsContradicted: false, Facts: { Provider.Status: ProviderStatus.Authorized, Order: OrderState.Open, OrderTotal: 92m, PaidMarker: not PaidMarker.Others } }
            && (each.Facts.Status == Authorized || StatusTransitions.IsAllowed(each.Facts.Status, Authorized))));

    [Test]
    public void Every_move_to_where_a_person_looks_is_told() =>
        Never(each => each.IsMove && each.Decision.Note == OrderNoteKind.None
            && each.Decision.Status is not (AwaitingPayment or Confirming or Authorized)
            && each.Facts is not { Order: OrderState.Returned, PaidMarker: PaidMarker.OursDone or PaidMarker.OursOpen }
            && each is not { Facts.Order: OrderState.Returned, Decision.Status: Refunded or PartiallyRefunded });

    [Test]
    public void The_provider_has_the_money_wherever_a_move_says_so() =>
        Never(each => each.IsMove && StatusTransitions.IsSettled(each.Decision.Status) && !each.HasMoney);

    [Test]
    public void A_contradiction_leads_to_a_person_or_nowhere() =>
        Never(each => each.IsContradicted && each.Decision != new PaymentDecision(Disputed, Note: OrderNoteKind.Contradiction) && each.Decision != new PaymentDecision(each.Facts.Status));

    [Test]
    public void A_contradiction_is_told_at_once_whatever_was_before() =>
        Never(each => each.IsContradicted && each.Facts.Status is not (Disputed or PaidLate) && each.Decision.Note != OrderNoteKind.Contradiction);

    [Test]
    public void Without_an_answer_nothing_changes() =>
        Never(each => each.Facts.Lookup == Lookup.Failed && each.Decision != new PaymentDecision(each.Facts.Status));

    [Test]
    public void An_unknown_word_changes_nothing_but_that_the_payment_exists() =>
        Never(each => each is { IsContradicted: false, Facts.Provider.Status: ProviderStatus.Unknown }
            && each.Decision != new PaymentDecision(each.Facts.Status == Creating ? AwaitingPayment : each.Facts.Status));

    [Test]
    public void A_refund_is_left_only_for_a_dispute() =>
        Never(each => each.Facts.Status is Refunded && each.Decision.Status is not (Refunded or Disputed));

    [Test]
    public void Nothing_expires_before_the_watch_is_over_unless_the_provider_says_so() =>
        Never(each => each.IsMove && each.Decision.Status == Expired && each.Facts.Age <= Facts.Watch && each.Facts.Provider?.Status != ProviderStatus.Expired);

    [Test]
    public void The_same_facts_again_change_nothing_more() =>
        Never(each => PaymentDecision.Decide(each.Facts with { Status = each.Decision.Status, WasSettled = StatusTransitions.IsSettled(each.Facts.Status) || StatusTransitions.IsSettled(each.Decision.Status) }) is var again
            && (again.Status != each.Decision.Status || again.MarkPaid != each.Decision.MarkPaid || again is { MarkPaid: false, MarkAuthorized: false, Note: not OrderNoteKind.None }));

    /// <summary>What is decided when the provider has the money, as quoted, of an attempt that was open until now.</summary>
    [TestCase(OrderState.Open, "Paid! Paid", "Paid! Paid", "Paid OrderReopened", "PaidLate PaidTwice")]
    [TestCase(OrderState.Authorized, "Paid! Paid", "Paid! Paid", "Paid OrderReopened", "PaidLate PaidTwice")]
    [TestCase(OrderState.Paid, "PaidLate AlreadyPaid", "Paid PaidEventMissing", "Paid Paid", "PaidLate PaidTwice")]
    [TestCase(OrderState.Returned, "PaidLate AlreadyPaid", "Paid None", "Paid None", "PaidLate PaidTwice")]
    [TestCase(OrderState.Cancelled, "PaidLate PaidAfterCancel", "PaidLate PaidAfterCancel", "PaidLate PaidAfterCancel", "PaidLate PaidTwice")]
    [TestCase(OrderState.Deleted, "PaidLate PaidAfterCancel", "PaidLate PaidAfterCancel", "PaidLate PaidAfterCancel", "PaidLate PaidTwice")]
    public void Money_is_settled_by_the_orders_state_and_the_claim(OrderState order, string none, string oursOpen, string oursDone, string others) =>
        Assert.That(
            from claim in new[] { PaidMarker.None, PaidMarker.OursOpen, PaidMarker.OursDone, PaidMarker.Others }
            let decision = PaymentDecision.Decide(Facts.Completed with { Order = order, PaidMarker = claim })
            select $"{decision.Status}{(decision.MarkPaid ? "!" : "")} {decision.Note}",
            Is.EqualTo(new[] { none, oursOpen, oursDone, others }));

    /// <summary>What is decided when the provider has the money, as quoted, of an order that was cancelled: without and with the owner's consent.</summary>
    [TestCase(Reopening.Impossible, "PaidLate PaidAfterCancel", "PaidLate PaidAfterCancel")]
    [TestCase(Reopening.Possible, "PaidLate PaidAfterCancel", "Paid! Paid")]
    [TestCase(Reopening.Begun, "Paid! Paid", "Paid! Paid")]
    public void A_cancelled_order_is_opened_again_with_the_owners_consent(Reopening reopening, string without, string with) =>
        Assert.That(
            from consent in new[] { false, true }
            from status in new[] { AwaitingPayment, Expired, Canceled }
            let decision = PaymentDecision.Decide(Facts.Completed with { Status = status, Order = OrderState.Cancelled, Reopening = reopening, Policy = new PaymentPolicy { ReopenCancelled = consent } })
            select $"{decision.Status}{(decision is { Reopen: true, MarkPaid: true } ? "!" : "")} {decision.Note}",
            Is.EqualTo(new[] { without, without, without, with, with, with }));

    /// <summary>What follows from a provider's word for an open attempt of an open order.</summary>
    [TestCase(ProviderStatus.Waiting, AwaitingPayment, OrderNoteKind.None)]
    [TestCase(ProviderStatus.Unknown, AwaitingPayment, OrderNoteKind.None)]
    [TestCase(ProviderStatus.Confirming, Confirming, OrderNoteKind.None)]
    [TestCase(ProviderStatus.Failed, Failed, OrderNoteKind.Failed)]
    [TestCase(ProviderStatus.Canceled, Canceled, OrderNoteKind.Canceled)]
    [TestCase(ProviderStatus.Disputed, Disputed, OrderNoteKind.Appeal)]
    public void A_word_of_the_provider_moves_an_open_attempt(ProviderStatus word, CryptoPaymentStatus status, OrderNoteKind note)
    {
        foreach (var open in new[] { Creating, AwaitingPayment })
            Assert.That(PaymentDecision.Decide(Facts.Waiting with { Status = open, Provider = Facts.Answer(word) }), Is.EqualTo(new PaymentDecision(status, Note: note)), $"{open}");
    }

    [Test]
    public void A_signed_word_about_money_calls_a_person_where_the_provider_cannot_be_asked([Values(Lookup.NotFound, Lookup.Impossible)] Lookup lookup, [Values] ProviderStatus word)
    {
        var facts = Facts.NotFound with { Lookup = lookup, Status = AwaitingPayment, Statements = [new Statement(null, null, word)] };

        var expected = word is ProviderStatus.Completed or ProviderStatus.Underpaid ? new PaymentDecision(Disputed, Note: OrderNoteKind.Unverified) : new PaymentDecision(AwaitingPayment);
        Assert.That(PaymentDecision.Decide(facts), Is.EqualTo(expected));
    }

    private static void Never(Func<Case, bool> broken) => Assert.That(_cases.Where(broken).Take(5), Is.Empty);
}
