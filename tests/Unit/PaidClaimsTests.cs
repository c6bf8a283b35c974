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
        var claims = new PaidMarkers(new Rows<PaymentEvent>(row => row.EventKey).Repository, new ManualTime());

        Assert.That((await claims.TakeAsync(_first), await claims.TakeAsync(_second), await claims.TakeAsync(_first)), Is.EqualTo((true, false, true)));
        Assert.That(await claims.TakeAsync(_ofAnotherOrder), Is.True);
    }
}
