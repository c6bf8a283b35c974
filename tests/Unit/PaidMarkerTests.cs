using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

public sealed class PaidMarkerTests
{
    private static readonly CryptoPayment _first = new() { Id = 1, OrderId = 7 };
    private static readonly CryptoPayment _second = new() { Id = 2, OrderId = 7 };
    private static readonly CryptoPayment _ofAnotherOrder = new() { Id = 3, OrderId = 8 };

    [Test]
    public async Task An_order_is_claimed_by_one_attempt_and_by_that_one_again_after_a_crash()
    {
        var events = new PaymentEventService(new Rows<PaymentEvent>(row => row.EventKey).Repository, new ManualTime());

        Assert.That((await ClaimAsync(_first), await ClaimAsync(_second), await ClaimAsync(_first)), Is.EqualTo((true, false, true)));
        Assert.That(await ClaimAsync(_ofAnotherOrder), Is.True);
        Assert.That(await events.ClaimOrderAsync(_second, new OrderSnapshot([_first, _second], []), () => Task.FromResult(true)), Is.False, "the snapshot is older than the claim");

        async Task<bool> ClaimAsync(CryptoPayment payment)
        {
            var attempts = new[] { _first, _second, _ofAnotherOrder }.Where(attempt => attempt.OrderId == payment.OrderId).ToList();
            return await events.ClaimOrderAsync(payment, new OrderSnapshot(attempts, await events.OfPaymentsAsync(attempts)), () => Task.FromResult(true));
        }
    }
}
