using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Cases that have a name. <see cref="PaymentDecisionTableTests"/> has all of them.
/// </summary>
public sealed class PaymentDecisionTests
{
    [Test]
    public void Reserved_money_is_never_called_arrived([Values] OrderState order, [Values] PaidMarker claim, [Values(91, 92, 93)] int total)
    {
        var facts = Facts.Waiting with { Provider = Facts.Answer(ProviderStatus.Authorized), Order = order, PaidMarker = claim, OrderTotal = total };
        Assert.That(PaymentDecision.Decide(facts).Note, Is.AnyOf(OrderNoteKind.Authorized, OrderNoteKind.AuthorizationNotNeeded));
    }

    [Test]
    public void A_payment_as_quoted_pays_the_open_order() =>
        Expect(Facts.Completed, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void Late_payment_on_a_cancelled_order_alerts_the_admin([Values(OrderState.Cancelled, OrderState.Deleted)] OrderState order) =>
        Expect(Facts.Completed with { Status = Expired, Order = order }, PaidLate, OrderNoteKind.PaidAfterCancel);

    [Test]
    public void Late_payment_opens_no_cancelled_order_again_where_late_money_is_not_taken() =>
        Expect(Facts.Completed with
        {
            Status = Expired,
            Funds = new FundsRecord(Facts.Now, IsLate: true),
            Order = OrderState.Cancelled,
            Reopening = Reopening.Possible,
            Policy = new PaymentPolicy { ReopenCancelled = true, AcceptLate = false }
        }, PaidLate, OrderNoteKind.PaidAfterCancel);

    [Test]
    public void A_short_payment_opens_no_cancelled_order_again() =>
        Expect(Facts.Completed with
        {
            Order = OrderState.Cancelled,
            Reopening = Reopening.Possible,
            Policy = new PaymentPolicy { ReopenCancelled = true },
            Provider = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(99m, "USDT") }
        }, Underpaid, OrderNoteKind.Underpaid);

    [Test]
    public void An_orphan_attempt_that_expires_after_another_attempt_was_paid_leaves_the_order_paid(
        [Values(ProviderStatus.Expired, ProviderStatus.Canceled, ProviderStatus.Failed)] ProviderStatus end)
    {
        var policy = new PaymentPolicy { CancelUnpaidAfter = TimeSpan.FromHours(1) };
        foreach (var order in new[] { OrderState.Paid, OrderState.Returned })
        {
            var decision = PaymentDecision.Decide(Facts.Waiting with
            {
                Provider = Facts.Answer(end),
                Order = order,
                PaidMarker = PaidMarker.Others,
                Age = TimeSpan.FromHours(2),
                Policy = policy,
                OtherAttemptsMatter = true
            });

            Assert.That((decision.MarkPaid, decision.CancelOrder, decision.Reopen, StatusTransitions.HoldsFunds(decision.Status)), Is.EqualTo((false, false, false, false)));
        }
    }

    [Test]
    public void A_payment_that_has_another_ones_id_is_given_up_or_held_when_money_came()
    {
        Expect(Facts.Waiting with { Status = Creating, IsIdOfAnotherPayment = true }, Failed, OrderNoteKind.IdClash);
        Expect(Facts.Completed with { Status = Failed, IsIdOfAnotherPayment = true }, Disputed, OrderNoteKind.Contradiction);
    }

    [Test]
    public void Late_payment_on_an_order_that_still_stands_pays_it([Values(Expired, Failed, Canceled)] CryptoPaymentStatus status) =>
        Expect(Facts.Completed with { Status = status, Age = Facts.Watch * 2 }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void Redelivery_after_a_refund_changes_nothing([Values(Refunded, PartiallyRefunded)] CryptoPaymentStatus status) =>
        Expect(Facts.Completed with { Status = status, Order = OrderState.Returned, PaidMarker = PaidMarker.OursDone }, status);

    [Test]
    public void Redelivery_after_the_payment_changes_nothing() =>
        Expect(Facts.Completed with { Status = Paid, Order = OrderState.Paid, PaidMarker = PaidMarker.OursDone }, Paid);

    [Test]
    public void A_crash_between_claim_and_mark_is_finished_whatever_the_status_says([Values(AwaitingPayment, Paid)] CryptoPaymentStatus status) =>
        Expect(Facts.Completed with { Status = status, PaidMarker = PaidMarker.OursOpen }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void A_crash_between_the_orders_row_and_its_event_is_told_and_not_marked_again() =>
        Expect(Facts.Completed with { Order = OrderState.Paid, PaidMarker = PaidMarker.OursOpen }, Paid, OrderNoteKind.PaidEventMissing);

    [Test]
    public void A_crash_after_the_mark_leaves_only_the_note_to_write() =>
        Expect(Facts.Completed with { Order = OrderState.Paid, PaidMarker = PaidMarker.OursDone }, Paid, OrderNoteKind.Paid);

    [Test]
    public void A_second_payment_of_one_order_is_told_and_marks_nothing([Values] OrderState order) =>
        Expect(Facts.Completed with { Order = order, PaidMarker = PaidMarker.Others }, PaidLate, OrderNoteKind.PaidTwice);

    [Test]
    public void Payment_of_an_order_that_was_paid_by_hand_is_told([Values(OrderState.Paid, OrderState.Returned)] OrderState order) =>
        Expect(Facts.Completed with { Order = order }, PaidLate, OrderNoteKind.AlreadyPaid);

    [Test]
    public void An_order_that_grew_after_the_quote_is_not_paid_by_it() =>
        Expect(Facts.Completed with { OrderTotal = 92.01m }, Underpaid, OrderNoteKind.OrderTotalIncreased);

    [Test]
    public void An_order_that_shrank_after_the_quote_is_overpaid() =>
        Expect(Facts.Completed with { OrderTotal = 91.99m, Provider = Facts.Answer(ProviderStatus.Completed) with { Received = new Money(100m, "USDT") } }, Overpaid, OrderNoteKind.Overpaid, markPaid: true);

    [Test]
    public void An_order_that_shrank_back_is_paid_by_the_money_that_is_there() =>
        Expect(Facts.Completed with { Status = Underpaid }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void A_webhook_that_contradicts_the_provider_holds_the_order(
        [Values(Relation.ShortByACent, Relation.OverByACent, Relation.OtherCurrency, Relation.OtherId)] Relation relation) =>
        Expect(Facts.Completed with { Statements = [Facts.Statement(Relation.Equal), Facts.Statement(relation)] }, Disputed, OrderNoteKind.Contradiction);

    [Test]
    public void A_webhook_that_states_nothing_contradicts_nothing() =>
        Expect(Facts.Completed with { Statements = [new Statement(null, null)] }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void A_webhook_alone_pays_nothing() =>
        Expect(Facts.NoAnswer with { Statements = [Facts.Statement(Relation.Equal)] }, AwaitingPayment);

    [Test]
    public void The_fee_on_top_pays_the_order_and_one_cent_more_does_not()
    {
        Expect(Facts.Completed with { Provider = Facts.Answer(ProviderStatus.Completed, Relation.FeeOnTop) }, Paid, OrderNoteKind.Paid, markPaid: true);
        Expect(Facts.Completed with { Provider = Facts.Answer(ProviderStatus.Completed, Relation.MoreThanTheFeeOnTop) }, Disputed, OrderNoteKind.Contradiction);
    }

    [Test]
    public void Codes_of_a_coin_differ_not_by_case() =>
        Expect(Facts.Completed with { Provider = Facts.Completed.Provider! with { Amount = new Money(100.000m, "usdt") } }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void An_id_that_was_never_received_is_taken_from_the_provider() =>
        Expect(Facts.Completed with { Status = Creating, ExternalId = null, Provider = Facts.Answer(ProviderStatus.Completed, Relation.OtherId) }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void An_answer_without_an_id_is_no_contradiction() =>
        Expect(Facts.Completed with { Provider = Facts.Completed.Provider! with { ExternalId = null } }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void A_paid_payment_that_goes_into_appeal_is_told() =>
        Expect(Facts.Waiting with { Status = Paid, Order = OrderState.Paid, PaidMarker = PaidMarker.OursDone, Provider = Facts.Answer(ProviderStatus.Disputed) }, Disputed, OrderNoteKind.Appeal);

    [Test]
    public void An_appeal_that_was_won_pays_the_order() =>
        Expect(Facts.Completed with { Status = Disputed }, Paid, OrderNoteKind.Paid, markPaid: true);

    [Test]
    public void A_lost_create_call_is_given_up_after_the_creation_watch()
    {
        var lost = Facts.NotFound with { Status = Creating, Age = PaymentDecision.CreationWatch };

        Expect(lost, Creating);
        Expect(lost with { Age = lost.Age + TimeSpan.FromTicks(1) }, Failed, OrderNoteKind.NeverCreated);
    }

    [Test]
    public void A_payment_that_turns_up_after_its_create_answer_was_lost_goes_on() =>
        Expect(Facts.Waiting with { Status = Creating, ExternalId = null }, AwaitingPayment);

    [Test]
    public void An_unpaid_payment_expires_after_the_watch()
    {
        Expect(Facts.Waiting with { Age = Facts.Watch }, AwaitingPayment);
        Expect(Facts.Waiting with { Age = Facts.Watch + TimeSpan.FromTicks(1) }, Expired, OrderNoteKind.MonitoringEnded);
        Expect(Facts.NotFound with { Age = Facts.Watch + TimeSpan.FromTicks(1) }, Expired, OrderNoteKind.MonitoringEnded);
    }

    [Test]
    public void Money_on_its_way_does_not_expire() =>
        Expect(Facts.Waiting with { Status = Confirming, Age = Facts.Watch * 2, Provider = Facts.Answer(ProviderStatus.Confirming) }, Confirming);

    [Test]
    public void A_provider_that_forgot_a_paid_payment_takes_nothing_back([Values(Paid, Overpaid, PaidLate, Underpaid, Disputed, Refunded)] CryptoPaymentStatus status) =>
        Expect(Facts.NotFound with { Status = status, Order = OrderState.Paid, Age = Facts.Watch * 2 }, status);

    private static void Expect(PaymentFacts facts, CryptoPaymentStatus status, OrderNoteKind note = OrderNoteKind.None, bool markPaid = false) =>
        Assert.That(PaymentDecision.Decide(facts), Is.EqualTo(new PaymentDecision(status, markPaid, note)));
}
