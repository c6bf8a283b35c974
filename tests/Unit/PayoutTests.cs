using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What is sent to a user of the provider instead of a refund, and what a person says about one whose outcome is not known.
/// </summary>
public sealed class PayoutTests
{
    [TestCase("100", "usdt-bep20", PayoutOutcome.Sent)]
    [TestCase("138", "USDT-BEP20", PayoutOutcome.Sent)]
    [TestCase("500", "usdt-bep20", PayoutOutcome.FarFromRefund)]
    [TestCase("79228162514264337593543950335", "usdt-bep20", PayoutOutcome.FarFromRefund)]
    [TestCase("500", "unknown", PayoutOutcome.Sent)]
    public async Task A_payout_that_is_worth_far_more_than_the_refund_is_not_sent(string amount, string currency, PayoutOutcome outcome)
    {
        var gateway = new PayingGateway();
        var shop = new Shop(gateway);

        var result = await shop.Payouts.PayAsync(1, new PayoutOrder("user", decimal.Parse(amount, CultureInfo.InvariantCulture), currency, 92m, "form"));

        Assert.That((result.Outcome, gateway.Sent.Count, shop.Orders.Single.RefundedAmount),
            Is.EqualTo(outcome == PayoutOutcome.Sent ? (outcome, 1, 92m) : (outcome, 0, 0m)));
    }

    [Test]
    public async Task Nothing_is_sent_while_an_earlier_payout_is_open()
    {
        var gateway = new PayingGateway { Fails = true };
        var shop = new Shop(gateway);
        var order = new PayoutOrder("user", 100m, "usdt-bep20", 92m, "form");

        var first = await shop.Payouts.PayAsync(1, order);
        var second = await shop.Payouts.PayAsync(1, order with { FormKey = "other" });

        Assert.That((first.Outcome, second.Outcome, gateway.Sent.Count, shop.Orders.Single.RefundedAmount), Is.EqualTo((PayoutOutcome.Unknown, PayoutOutcome.StillOpen, 1, 0m)));
    }

    [TestCase(true, true, PayoutOutcome.Sent, 92)]
    [TestCase(true, false, PayoutOutcome.SentNotRecorded, 0)]
    [TestCase(false, true, PayoutOutcome.Released, 0)]
    [TestCase(false, false, PayoutOutcome.Released, 0)]
    public async Task It_is_told_whether_the_refund_was_recorded(bool wasSent, bool canBeRefunded, PayoutOutcome outcome, decimal refunded)
    {
        var shop = new Shop { CanBeRefunded = canBeRefunded };
        shop.Events.Insert(new PaymentEvent { EventKey = "payout-1", PaymentId = 1, Kind = PaymentEventKind.Payout, Name = "payout 100 usdt", StatedAmount = 92m });

        var result = await shop.Payouts.ResolveAsync(1, wasSent);

        Assert.That((result.Outcome, shop.Orders.Single.RefundedAmount), Is.EqualTo((outcome, refunded)));
        Assert.That(shop.Events.Single.ProcessedOnUtc, Is.EqualTo(shop.Time.Now));
    }

    private sealed class PayingGateway : TalkativeGateway, IPayoutGateway
    {
        public List<Money> Sent { get; } = [];

        /// <summary>The answer to a payout is lost.</summary>
        public bool Fails { get; init; }

        public string? PayoutCurrencyOf(string coin) => coin == "USDT" ? "usdt-bep20" : null;

        public Task PayOutAsync(string recipient, Money amount, GatewaySettings settings, CancellationToken cancellationToken)
        {
            Sent.Add(amount);
            return Fails ? throw new GatewayException(GatewayFault.Timeout, "no answer in time") : Task.CompletedTask;
        }
    }
}
