using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Over the whole state table: evaluating unchanged facts a second time changes nothing.
/// </summary>
public sealed class DecisionStabilityTests
{
    private static readonly FundsRecord[] _funds =
    [
        new(), new(Facts.Now), new(Facts.Now, IsLate: true), new(Facts.Now, true, 100m, 92m), new(Facts.Now, true, 100m, 18.40m), new(Facts.Now, true, 100m, null)
    ];

    private static readonly PaymentPolicy[] _policies =
    [
        new(), new() { AcceptLate = false }, new() { ReopenCancelled = true, UnderpaidPercent = 10m }, new() { CancelUnpaidAfter = TimeSpan.FromHours(1) }
    ];

    private static readonly Statement[][] _statements =
    [
        [], [new Statement(null, null, ProviderStatus.Completed)], [new Statement(new Money(99m, "USDT"), "id", ProviderStatus.Completed)], [new Statement(null, null, ProviderStatus.Canceled)]
    ];

    private static IEnumerable<(Lookup Lookup, ProviderPayment? Provider)> Answers()
    {
        foreach (var lookup in new[] { Lookup.Failed, Lookup.NotFound, Lookup.Impossible })
            yield return (lookup, null);
        foreach (var status in Enum.GetValues<ProviderStatus>())
        {
            yield return (Lookup.Found, Facts.Answer(status));
            if (status is ProviderStatus.Refunded or ProviderStatus.PartiallyRefunded)
                yield return (Lookup.Found, Facts.Answer(status) with { Refunded = new Money(40m, "USDT") });
            // Only words about funds depend on how much arrived.
            if (status is not (ProviderStatus.Confirming or ProviderStatus.Completed or ProviderStatus.Underpaid))
                continue;

            yield return (Lookup.Found, Facts.Answer(status, Relation.OtherCurrency));
            foreach (var received in new[] { 0m, 0.00000001m, 90m, 99.99m, 100m, 150m })
                yield return (Lookup.Found, Facts.Answer(status) with { Received = new Money(received, "USDT") });
            yield return (Lookup.Found, Facts.Answer(status) with { Received = new Money(0.0005m, "BTC"), Expected = new Money(0.001m, "BTC") });
            yield return (Lookup.Found, Facts.Answer(status) with { Received = new Money(0.001m, "BTC"), Expected = new Money(0.001m, "BTC") });
        }
    }

    private static IEnumerable<PaymentFacts> Table() =>
        from status in Enum.GetValues<CryptoPaymentStatus>()
        from answer in Answers()
        from statements in _statements
        from order in Enum.GetValues<OrderState>()
        from claim in Enum.GetValues<PaidMarker>()
        from funds in answer.Provider is null ? _funds[..1] : _funds
        from policy in _policies
        from isManual in new[] { false, true }
        select Facts.Waiting with
        {
            Status = status,
            Lookup = answer.Lookup,
            Provider = answer.Provider,
            Statements = statements,
            Order = order,
            PaidMarker = claim,
            Funds = funds,
            Policy = policy,
            IsSettledManually = isManual,
            Age = TimeSpan.FromHours(2),
            // These are functions of the rest, so that the table stays small.
            KnownReceived = status is Paid or Overpaid or PaidLate or Underpaid or Refunded or PartiallyRefunded ? new Money(90m, "USDT") : null,
            OrderTotal = order == OrderState.Open ? 92m : 80m,
            Reopening = policy.ReopenCancelled && order == OrderState.Cancelled ? Reopening.Possible : Reopening.Impossible,
            PaidMarkerAge = claim is PaidMarker.OursOpen or PaidMarker.OursDone ? PaymentDecision.PaidEventGrace * 2 : null
        };

    [Test]
    public void The_same_facts_again_change_no_status_order_or_note()
    {
        var rows = 0;
        var broken = Table().AsParallel().Select(facts =>
        {
            Interlocked.Increment(ref rows);
            var first = PaymentDecision.Decide(facts);
            var second = PaymentDecision.Decide(After(facts, first));
            return first.Wait || second is { MarkPaid: false, MarkAuthorized: false, CancelOrder: false, Reopen: false, Note: OrderNoteKind.None } && second.Status == first.Status
                ? null
                : $"{facts.Status}, {facts.Lookup} {facts.Provider?.Status} {facts.Provider?.Received}, order {facts.Order}, claim {facts.PaidMarker}, {facts.Funds}, {facts.Policy}, manual {facts.IsSettledManually}\n  first  {first}\n  second {second}";
        }).Where(text => text is not null).Take(3).ToList();

        TestContext.Out.WriteLine($"{rows} rows of the table");
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Only_a_person_or_a_refund_moves_a_payment_out_of_paid_late() =>
        Assert.That(Table().Where(facts => facts.Status == PaidLate).AsParallel().Select(facts => PaymentDecision.Decide(facts).Status).Distinct(),
            Is.SubsetOf(new[] { PaidLate, Refunded, PartiallyRefunded }));

    [Test]
    public void A_settled_payment_is_not_disputed_because_its_provider_forgot_it() =>
        Assert.That(Table().Where(facts => facts is { Status: Paid or Overpaid or PaidLate or Underpaid or Refunded, Lookup: Lookup.NotFound or Lookup.Impossible or Lookup.Failed })
            .AsParallel().Where(facts => PaymentDecision.Decide(facts).Status != facts.Status).Take(1), Is.Empty);

    [Test]
    public void A_payment_that_a_person_settled_changes_only_by_a_refund() =>
        Assert.That(Table().Where(facts => facts is { Status: Paid, IsSettledManually: true }).AsParallel().Select(facts => PaymentDecision.Decide(facts).Status).Distinct(),
            Is.SubsetOf(new[] { Paid, Refunded, PartiallyRefunded }));

    [Test]
    public void Nothing_or_next_to_nothing_never_pays([Values("0", "0.00000001", "79.99")] string received, [Values("0", "20", "1000000")] string tolerance, [Values("0", "100")] string percent)
    {
        var facts = Facts.Waiting with
        {
            Provider = Facts.Answer(ProviderStatus.Underpaid) with { Received = new Money(Number(received), "USDT") },
            Policy = new PaymentPolicy { UnderpaidAmount = Number(tolerance), UnderpaidPercent = Number(percent) }
        };
        Assert.That(PaymentDecision.Decide(facts), Is.EqualTo(new PaymentDecision(Underpaid, Note: OrderNoteKind.Underpaid)));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the next check finds after a decision was carried out.</summary>
    private static PaymentFacts After(PaymentFacts facts, PaymentDecision decision) => facts with
    {
        Status = decision.Status,
        Order = decision switch
        {
            { MarkPaid: true } => OrderState.Paid,
            { MarkAuthorized: true } => OrderState.Authorized,
            { CancelOrder: true } => OrderState.Cancelled,
            _ => facts.Order
        },
        WasSettled = facts.WasSettled || StatusTransitions.IsSettled(facts.Status) || StatusTransitions.IsSettled(decision.Status),
        KnownReceived = facts.Provider?.Received ?? facts.KnownReceived,
        KnownRefunded = facts.Provider?.Refunded?.Amount ?? facts.KnownRefunded,
        PaidMarker = decision.MarkPaid ? PaidMarker.OursDone : facts.PaidMarker,
        // A decision to revive is carried out once; the order is not cancelled any more.
        Reopening = decision.Reopen ? Reopening.Impossible : facts.Reopening
    };
}
