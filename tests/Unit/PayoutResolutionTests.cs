using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// What a person says about a payout whose outcome is not known.
/// </summary>
public sealed class PayoutResolutionTests
{
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
}
