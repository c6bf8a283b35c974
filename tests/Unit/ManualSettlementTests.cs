using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;

namespace CryptoGateways.Tests.Unit;

/// <summary>An administrator's word, where the provider's is missing.</summary>
public sealed class ManualSettlementTests
{
    [Test]
    public async Task It_marks_the_order_once_and_tells_who_and_what_for()
    {
        var shop = new Shop();

        Assert.That(await SettleAsync(shop), Is.EqualTo(ManualSettlementResult.Done));
        Assert.That(await SettleAsync(shop), Is.EqualTo(ManualSettlementResult.NotPossible));

        var payment = shop.Payments.Single;
        Assert.That((payment.Status, payment.TransactionIds, payment.NextCheckOnUtc), Is.EqualTo((CryptoPaymentStatus.Paid, "0xabc", (DateTime?)null)));
        Assert.That(shop.Marks, Is.EqualTo(1));
        Assert.That(shop.Events.All.Single(row => row.Kind == PaymentEventKind.ManuallySettled), Has.Property(nameof(PaymentEvent.Name)).EqualTo("customer 7"));
        Assert.That(shop.Notes, Has.Count.EqualTo(1));
        Assert.That(shop.Leases.All, Is.Empty);
    }

    [Test]
    public async Task What_the_provider_says_afterwards_pays_nothing_twice()
    {
        var shop = new Shop();
        await SettleAsync(shop);

        await shop.SynchronizeAsync();

        Assert.That(shop.Marks, Is.EqualTo(1));
        Assert.That(shop.Payments.Single.Status, Is.EqualTo(CryptoPaymentStatus.Paid));
    }

    [TestCase(CryptoPaymentStatus.Authorized)]
    [TestCase(CryptoPaymentStatus.Overpaid)]
    [TestCase(CryptoPaymentStatus.Refunded)]
    public async Task What_is_settled_or_reserved_is_not_settled_by_hand(CryptoPaymentStatus status)
    {
        var shop = new Shop();
        var payment = shop.Payments.Single;
        payment.Status = status;
        await shop.Payments.Repository.UpdateAsync(payment);

        Assert.That(await SettleAsync(shop), Is.EqualTo(ManualSettlementResult.NotPossible));
        Assert.That(shop.Marks, Is.Zero);
    }

    [Test]
    public async Task An_order_that_was_paid_in_another_way_is_left_alone()
    {
        var shop = new Shop();
        var order = shop.Orders.Single;
        order.PaymentStatus = PaymentStatus.Paid;
        await shop.Orders.Repository.UpdateAsync(order);

        Assert.That(await SettleAsync(shop), Is.EqualTo(ManualSettlementResult.NotPossible));
        Assert.That(shop.Payments.Single.Status, Is.EqualTo(CryptoPaymentStatus.AwaitingPayment));
    }

    [Test]
    public async Task A_second_attempt_is_not_settled_after_the_first_has_paid()
    {
        var shop = new Shop();
        await shop.Payments.Repository.InsertAsync(shop.Attempt(2));
        await SettleAsync(shop);

        Assert.That(await SettleAsync(shop, paymentId: 2), Is.EqualTo(ManualSettlementResult.NotPossible));
        Assert.That(shop.Marks, Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_address_of_the_payment_page_revokes_the_old_one()
    {
        var shop = new Shop();
        Assert.That(await shop.Manual.RenewPageAsync(1), Is.EqualTo(ManualSettlementResult.NotPossible), "it has no page of the store's");
        var payment = shop.Payments.Single;
        payment.Address = "bc1q";
        await shop.Payments.Repository.UpdateAsync(payment);

        Assert.That(await shop.Manual.RenewPageAsync(1), Is.EqualTo(ManualSettlementResult.Done));
        Assert.That(shop.Payments.Single.TokenNonce, Has.Length.EqualTo(32).And.Not.EqualTo(payment.TokenNonce));
    }

    private static Task<ManualSettlementResult> SettleAsync(Shop shop, int paymentId = 1) => shop.Manual.SettleAsync(paymentId, "0xabc", 7);
}
