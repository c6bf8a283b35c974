using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>Capture, void and refund on the platform's order page, for a provider that offers none of them.</summary>
internal sealed class OrderPageTests : ShopFixture
{
    [Test]
    public async Task A_refund_that_the_provider_does_not_offer_is_told_and_changes_nothing([Values("Refund", "Partial refund")] string button)
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.BecomesAsync(attempt, AttemptStatus.Paid);
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.OpenOrderAsync(attempt.OrderId);

        await owner.OrderButton(button).ClickAsync();

        await Expect(owner.Error).ToHaveTextAsync("This payment provider does not support this action. Use the provider's dashboard instead.");
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.RefundedAmount, order.PaidEvents), Is.EqualTo(("Paid", 0m, 1)));
        Assert.That(order.Notes, Has.Exactly(1).StartsWith("Unable to").And.Contains("does not support this action"));
        Assert.That((await Store.Database.AttemptAsync(attempt.Reference)).Status, Is.EqualTo(AttemptStatus.Paid));
    }
}
