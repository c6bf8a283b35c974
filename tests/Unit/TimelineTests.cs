using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Localization;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The timeline shows stored codes in the administrator's language, also of rows that earlier versions wrote.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TimelineTests
{
    private readonly Rows<PaymentEvent> _events = new(row => row.EventKey);

    [TestCase(PaymentEventKind.Operation, OperationNames.Refund, "Accepted", "[Event.Operation.refund]: [Event.Outcome.Accepted]")]
    [TestCase(PaymentEventKind.Operation, OperationNames.Refund, "not done", "[Event.Operation.refund]: [Event.Outcome.NotDone]")]
    [TestCase(PaymentEventKind.Payout, "5 pi", "Sent", "5 pi: [Event.Outcome.Sent]")]
    [TestCase(PaymentEventKind.Payout, "payout 5 pi", "refused", "payout 5 pi: refused")]
    [TestCase(PaymentEventKind.ManuallySettled, "customer 7", null, "[Event.Customer 7]: 0xabc")]
    [TestCase(PaymentEventKind.SurplusRefund, "12.5 USDT, customer 7", "NotSent", "12.5 USDT, [Event.Customer 7]: [Event.Outcome.NotSent]: 0xabc")]
    [TestCase(PaymentEventKind.Webhook, "payment.completed", null, "payment.completed")]
    [TestCase(PaymentEventKind.Reopening, null, null, null)]
    public async Task Codes_are_translated(PaymentEventKind kind, string? name, string? outcome, string? text)
    {
        _events.Insert(new PaymentEvent { EventKey = "key", PaymentId = 1, Kind = kind, Name = name, Outcome = outcome, Body = "0xabc" });

        Assert.That((await RowsAsync()).Single().Name, Is.EqualTo(text));
    }

    [Test]
    public async Task An_email_is_shown_by_its_status_and_why_it_was_not_sent()
    {
        _events.Insert(new PaymentEvent { EventKey = "mail", PaymentId = 1, Kind = PaymentEventKind.Notification, Name = "Underpaid", Outcome = "switched off" });

        var row = (await RowsAsync()).Single();

        Assert.That((row.Name, row.Statuses.Single()), Is.EqualTo(("[Event.Outcome.SwitchedOff]", "Underpaid")));
    }

    private async Task<IList<Nop.Plugin.Payments.CryptoGateways.Models.Admin.TimelineRowModel>> RowsAsync()
    {
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) =>
            key.EndsWith("Customer", StringComparison.Ordinal) ? "[Event.Customer {0}]" : $"[{key[CryptoGatewaysDefaults.TextPrefix.Length..]}]");
        return await new TimelineModelFactory(new PaymentEventService(_events.Repository, new ManualTime()), Registered.Texts(texts.Object)).PrepareAsync(1, mayReplay: true);
    }
}
