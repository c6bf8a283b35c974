using System.Text.Json;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What the pay page's script is told, and how often it is to ask.
/// </summary>
public sealed class PayPageStateTests
{
    private static readonly DateTime _now = PaymentSummaryTests.Facts(new CryptoPayment()).Now;

    [TestCase(AwaitingPayment, 0, 3)]
    [TestCase(Confirming, 1, 3)]
    [TestCase(Confirming, 3, 15)]
    [TestCase(Expired, 1, 30)]
    [TestCase(Expired, 25, 0)]
    public void A_page_is_told_to_ask_seldom_where_little_can_happen(CryptoPaymentStatus status, int hours, int seconds) =>
        Assert.That(Of(PaymentSummaryTests.Attempt(status), age: TimeSpan.FromHours(hours)).PollSeconds, Is.EqualTo(seconds));

    [Test]
    public void A_page_whose_payment_is_over_is_told_to_ask_no_more([Values(Paid, Overpaid, Refunded, Canceled)] CryptoPaymentStatus status) =>
        Assert.That(Of(PaymentSummaryTests.Attempt(status), OrderState.Paid).PollSeconds, Is.Zero);

    [Test]
    public void The_JSON_holds_the_state_and_nothing_that_names_anybody()
    {
        using var json = JsonDocument.Parse(Of(PaymentSummaryTests.Attempt(Confirming)).Json());

        Assert.That(json.RootElement.EnumerateObject().Select(property => $"{property.Name}={property.Value}"), Is.EqualTo(new[]
        {
            "state=Confirming", "confirmationsSeen=1", "confirmationsNeeded=3", "expected=0.00150003 BTC", "isSurplusReturned=False", "isQuoteOver=False", "isWatched=False", "provider=Answers", "pollSeconds=3"
        }));
    }

    [Test]
    public void The_JSON_tells_sums_as_text_and_times_as_UTC()
    {
        var waiting = PaymentSummaryTests.Attempt(AwaitingPayment);
        (waiting.ExpiresOnUtc, waiting.QuoteExpiresOnUtc) = (DateTime.SpecifyKind(_now.AddMinutes(2), DateTimeKind.Unspecified), DateTime.SpecifyKind(_now.AddMinutes(1), DateTimeKind.Unspecified));
        Assert.That(Of(waiting).Json(), Does.Contain("\"quoteExpiresOnUtc\":\"2026-02-06T10:31:00Z\",\"acceptsPaymentUntilUtc\":\"2026-02-06T10:32:00Z\""));
        Assert.That(Of(PaymentSummaryTests.Attempt(Underpaid)).Json(), Does.Contain("\"remaining\":\"0.00050003 BTC\"").And.Contain("\"balance\":\"NewPayment\""));
    }

    [Test]
    public void The_version_is_another_when_and_only_when_something_shown_is()
    {
        var first = Of(PaymentSummaryTests.Attempt(Confirming));
        var more = PaymentSummaryTests.Attempt(Confirming);
        more.ConfirmationsSeen = 2;
        var unseen = PaymentSummaryTests.Attempt(Confirming);
        (unseen.Checks, unseen.UpdatedOnUtc) = (7, _now.AddMinutes(1));

        Assert.That(first.Version(), Does.Match("^\"[A-Za-z0-9_-]{16}\"$").And.Not.EqualTo(Of(more).Version()));
        Assert.That(first.Version(), Is.EqualTo(Of(unseen).Version()));
    }

    private static PayPageState Of(CryptoPayment payment, OrderState order = OrderState.Open, TimeSpan age = default) =>
        new(PaymentSummary.Of(PaymentSummaryTests.Facts(payment) with { Order = order }), age);
}
