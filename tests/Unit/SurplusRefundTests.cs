using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What arrived beyond what an order owed is sent back once, as stored, and the order stays paid.
/// </summary>
public sealed class SurplusRefundTests
{
    private const int Administrator = 7;

    private readonly OperatingGateway _gateway = new();
    private Shop _shop = null!;

    private CryptoPayment Payment => _shop.Payments.Single;

    private PaymentEvent[] Rows => [.. _shop.Events.All.Where(row => row.Kind == PaymentEventKind.SurplusRefund)];

    [SetUp]
    public async Task PayTooMuchAsync()
    {
        (_gateway.Operate, _gateway.Answer) = (() => Task.FromResult(OperationResult.Done), () => Facts.Answer(ProviderStatus.Completed) with { Received = new Money(112.5m, "USDT") });
        _gateway.Calls.Clear();
        _shop = new Shop(_gateway);
        await _shop.SynchronizeAsync();
        Assert.That((Payment.Status, Payment.Surplus, _shop.Alerts.All.Count(alert => alert.ResolvedOnUtc is null)), Is.EqualTo((CryptoPaymentStatus.Overpaid, new Money(12.5m, "USDT"), 1)));
    }

    [Test]
    public async Task The_stored_surplus_is_sent_back_and_the_order_stays_paid()
    {
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.Refunded));

        Assert.That(_gateway.Calls, Is.EqualTo(new[] { "refund 12.5 USDT" }));
        Assert.That((Payment.Status, Payment.SurplusReturnedOnUtc, _shop.Orders.Single.PaymentStatusId, _shop.Orders.Single.RefundedAmount),
            Is.EqualTo((CryptoPaymentStatus.Overpaid, _shop.Time.Now, (int)PaymentStatus.Paid, 0m)));
        Assert.That((Rows.Single().Name, Rows.Single().ProcessedOnUtc), Is.EqualTo(("12.5 USDT, customer 7", _shop.Time.Now)));
        Assert.That(_shop.Notes.Count(note => note.Note.StartsWith("SurplusRefunded", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(_shop.Alerts.All.Count(alert => alert.ResolvedOnUtc is null), Is.Zero, "the owner has dealt with it");
        Assert.That((await SummaryAsync()).StateText, Does.EndWith("State.Overpaid.Returned"));
    }

    [TestCase(null)]
    [TestCase(GatewayFault.Timeout)]
    public async Task It_cannot_run_twice(GatewayFault? fault)
    {
        Answer(fault);
        await RefundAsync();
        await RefundAsync();
        await _shop.Surplus.RecordReturnedAsync(1, "0xabcd", Administrator);

        Assert.That((_gateway.Calls.Count, Rows.Length), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Two_clicks_at_once_send_it_once()
    {
        var answer = new TaskCompletionSource<OperationResult>();
        _gateway.Operate = () => answer.Task;
        var first = RefundAsync();
        _shop.Leases.Change(lease => lease.ExpiresOnUtc = _shop.Time.Now.AddSeconds(-1));
        var second = RefundAsync();
        answer.SetResult(OperationResult.Done);
        await Task.WhenAll(first, second);

        Assert.That((_gateway.Calls.Count, Rows.Length), Is.EqualTo((1, 1)), "the second had taken over the lease");
    }

    [Test]
    public async Task A_refusal_sends_nothing_and_lets_another_try_be_made()
    {
        Answer(GatewayFault.Refused);
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.Declined));
        Assert.That((Payment.SurplusReturnedOnUtc, (await SummaryAsync()).OwesSurplus), Is.EqualTo(((DateTime?)null, true)));

        Answer(null);
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.Refunded));
        Assert.That(Rows.Select(row => (row.Name, row.Outcome)), Is.EqualTo(new (string?, string?)[] { ("12.5 USDT, customer 7", nameof(PaymentEventOutcome.Declined)), ("12.5 USDT, customer 7", null) }));
    }

    [TestCase(true, SurplusOutcome.Refunded)]
    [TestCase(false, SurplusOutcome.Released)]
    public async Task After_no_usable_answer_a_person_says_what_became_of_it(bool wasSent, SurplusOutcome outcome)
    {
        Answer(GatewayFault.Timeout);
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.Unknown));
        Assert.That(await _shop.Surplus.IsOpenAsync(1), Is.True);

        Assert.That((await _shop.Surplus.ResolveAsync(1, wasSent)).Outcome, Is.EqualTo(outcome));
        Assert.That((Payment.SurplusReturnedOnUtc is not null, await _shop.Surplus.IsOpenAsync(1)), Is.EqualTo((wasSent, false)));
        Assert.That((await _shop.Surplus.ResolveAsync(1, true)).Outcome, Is.EqualTo(SurplusOutcome.NotPossible), "said once");
    }

    [TestCase(null, CryptoPaymentStatus.Overpaid, 0)]
    [TestCase("12.5", CryptoPaymentStatus.Overpaid, 0)]
    [TestCase("20", CryptoPaymentStatus.PartiallyRefunded, 1, Description = "more than the surplus")]
    public async Task The_provider_s_word_that_a_part_was_refunded_means_the_surplus_then(string? refunded, CryptoPaymentStatus status, int newNotes)
    {
        await RefundAsync();
        _gateway.Answer = () => Facts.Answer(ProviderStatus.PartiallyRefunded) with
        {
            Received = new Money(112.5m, "USDT"),
            Refunded = refunded is null ? null : new Money(decimal.Parse(refunded, System.Globalization.CultureInfo.InvariantCulture), "USDT")
        };
        var notes = _shop.Notes.Count;
        await _shop.SynchronizeAsync();

        Assert.That((Payment.Status, _shop.Notes.Count - notes), Is.EqualTo((status, newNotes)), "nobody is asked to refund the order offline");
    }

    [Test]
    public async Task A_gateway_that_cannot_refund_sends_nothing_and_a_person_records_what_was_sent_by_hand()
    {
        _shop = new Shop();
        _shop.Gateway.Answer = _gateway.Answer;
        await _shop.SynchronizeAsync();

        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.NotSupported));
        Assert.That((await _shop.Surplus.RecordReturnedAsync(1, "0xabcd", Administrator)).Outcome, Is.EqualTo(SurplusOutcome.Recorded));
        Assert.That((Payment.SurplusReturnedOnUtc, Rows.Single().Body, _shop.Orders.Single.PaymentStatusId), Is.EqualTo((_shop.Time.Now, "0xabcd", (int)PaymentStatus.Paid)));
    }

    /// <summary>An invoice in dollars whose provider counts coins: the gateway refunds dollars, and the surplus is known in coins.</summary>
    [Test]
    public async Task A_surplus_in_another_unit_than_the_gateway_refunds_is_not_converted()
    {
        _shop.Payments.Change(payment => payment.ReceivedCurrency = "BTC");
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.NotSupported));
        Assert.That(_gateway.Calls, Is.Empty);
    }

    [Test]
    public async Task Without_a_surplus_there_is_nothing_to_send([Values(CryptoPaymentStatus.Paid, CryptoPaymentStatus.Refunded, CryptoPaymentStatus.PaidLate)] CryptoPaymentStatus status)
    {
        _shop.Payments.Change(payment => (payment.Status, payment.SurplusAmount) = (status, null));
        Assert.That((await RefundAsync()).Outcome, Is.EqualTo(SurplusOutcome.NotPossible));
    }

    private Task<SurplusResult> RefundAsync() => _shop.Surplus.RefundAsync(1, Administrator);

    private async Task<PaymentSummary> SummaryAsync() => (await _shop.Summaries.OfAsync(Payment)).Summary;

    private void Answer(GatewayFault? fault) =>
        _gateway.Operate = () => fault is { } known ? throw new GatewayException(known, "no") : Task.FromResult(OperationResult.Done);
}
