using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What the owner's policy changes. The facts: 100 USDT quoted for an order of 92.
/// </summary>
public sealed class PaymentPolicyTests
{
    [TestCase(0, 0, 99.99, Underpaid, OrderNoteKind.Underpaid)]
    [TestCase(1, 0, 99, Paid, OrderNoteKind.Paid)]
    [TestCase(1, 0, 98.99, Underpaid, OrderNoteKind.Underpaid)]
    [TestCase(0, 0.92, 99, Paid, OrderNoteKind.Paid)]
    [TestCase(0, 0.92, 98.99, Underpaid, OrderNoteKind.Underpaid)]
    [TestCase(1, 1.84, 98, Paid, OrderNoteKind.Paid)]
    [TestCase(0, 0, 100.01, Overpaid, OrderNoteKind.Overpaid)]
    public void What_may_be_missing_is_the_larger_tolerance(decimal percent, decimal amount, decimal received, CryptoPaymentStatus status, OrderNoteKind note)
    {
        var facts = Received(received) with { Policy = new PaymentPolicy { UnderpaidPercent = percent, UnderpaidAmount = amount } };
        Assert.That(PaymentDecision.Decide(facts), Is.EqualTo(new PaymentDecision(status, MarkPaid: status != Underpaid, Note: note)));
    }

    [Test]
    public void Money_in_another_coin_is_a_contradiction_whatever_is_tolerated() =>
        Assert.That(PaymentDecision.Decide(Received(100m, "PI") with { Policy = new PaymentPolicy { UnderpaidPercent = 100m } }).Status, Is.EqualTo(Disputed));

    [Test]
    public void An_underpaid_payment_without_a_number_pays_nothing() =>
        Assert.That(PaymentDecision.Decide(Facts.Waiting with { Provider = Facts.Answer(ProviderStatus.Underpaid) }), Is.EqualTo(new PaymentDecision(Underpaid, Note: OrderNoteKind.Underpaid)));

    [TestCase(true, Paid, OrderNoteKind.Paid)]
    [TestCase(false, PaidLate, OrderNoteKind.PaidLate)]
    public void Late_money_pays_an_open_order_when_the_owner_accepts_it(bool accept, CryptoPaymentStatus status, OrderNoteKind note) =>
        Assert.That(PaymentDecision.Decide(Facts.Completed with { Status = Expired, Funds = new FundsRecord(Facts.Now, IsLate: true), Policy = new PaymentPolicy { AcceptLate = accept } }),
            Is.EqualTo(new PaymentDecision(status, MarkPaid: accept, Note: note)));

    [Test]
    public void A_claim_is_finished_even_if_the_owner_has_stopped_accepting_late_money() =>
        Assert.That(PaymentDecision.Decide(Facts.Completed with { Status = Expired, Funds = new FundsRecord(Facts.Now, IsLate: true), PaidMarker = PaidMarker.OursOpen, Policy = new PaymentPolicy { AcceptLate = false } }).MarkPaid, Is.True);

    private static readonly PaymentFacts _abandoned = Facts.Waiting with { Age = TimeSpan.FromHours(25), Policy = new PaymentPolicy { CancelUnpaidAfter = TimeSpan.FromDays(1) } };

    [Test]
    public void An_order_that_nobody_paid_in_time_is_cancelled() =>
        Assert.That(PaymentDecision.Decide(_abandoned), Is.EqualTo(new PaymentDecision(AwaitingPayment, Note: OrderNoteKind.OrderCancelled, CancelOrder: true)));

    private static IEnumerable<TestCaseData> Kept()
    {
        yield return new TestCaseData(_abandoned with { Policy = new PaymentPolicy() }).SetArgDisplayNames("the owner keeps orders");
        yield return new TestCaseData(_abandoned with { Age = TimeSpan.FromDays(1) }).SetArgDisplayNames("the time is not over");
        yield return new TestCaseData(_abandoned with { Lookup = Lookup.Failed, Provider = null }).SetArgDisplayNames("the provider does not answer");
        yield return new TestCaseData(_abandoned with { Provider = Facts.Answer(ProviderStatus.Confirming) }).SetArgDisplayNames("money is on the way");
        yield return new TestCaseData(_abandoned with { Provider = Facts.Answer(ProviderStatus.Completed) }).SetArgDisplayNames("it is paid");
        yield return new TestCaseData(_abandoned with { Provider = Facts.Answer(ProviderStatus.Disputed) }).SetArgDisplayNames("it is disputed");
        yield return new TestCaseData(_abandoned with { Provider = Facts.Answer(ProviderStatus.Waiting, Relation.OtherCurrency) }).SetArgDisplayNames("it is contradicted");
        yield return new TestCaseData(_abandoned with { OtherAttemptsMatter = true }).SetArgDisplayNames("another attempt can pay");
        yield return new TestCaseData(_abandoned with { Order = OrderState.Paid }).SetArgDisplayNames("the order is paid");
        yield return new TestCaseData(_abandoned with { Order = OrderState.Cancelled }).SetArgDisplayNames("the order is cancelled");
        yield return new TestCaseData(_abandoned with { PaidMarker = PaidMarker.OursOpen }).SetArgDisplayNames("a claim is open");
    }

    [TestCaseSource(nameof(Kept))]
    public void An_order_is_kept_when(PaymentFacts facts) => Assert.That(PaymentDecision.Decide(facts).CancelOrder, Is.False);

    /// <summary>The provider calls it complete or short as it is.</summary>
    private static PaymentFacts Received(decimal amount, string currency = "USDT") =>
        Facts.Completed with { Provider = Facts.Answer(amount < 100m ? ProviderStatus.Underpaid : ProviderStatus.Completed) with { Received = new Money(amount, currency) } };
}
