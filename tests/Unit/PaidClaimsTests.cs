using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

public sealed class PaidClaimsTests
{
    private static readonly CryptoPayment _first = new() { Id = 1, OrderId = 7 };
    private static readonly CryptoPayment _second = new() { Id = 2, OrderId = 7 };
    private static readonly CryptoPayment _ofAnotherOrder = new() { Id = 3, OrderId = 8 };

    [Test]
    public async Task An_order_is_claimed_by_one_attempt_and_by_that_one_again_after_a_crash()
    {
        var claims = new PaymentEventService(new Rows<PaymentEvent>(row => row.EventKey).Repository, new ManualTime());

        Assert.That((await claims.ClaimOrderAsync(_first), await claims.ClaimOrderAsync(_second), await claims.ClaimOrderAsync(_first)), Is.EqualTo((true, false, true)));
        Assert.That(await claims.ClaimOrderAsync(_ofAnotherOrder), Is.True);
    }
}
