using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// The store's own pay page. The provider here has a page of its own, so that the tests put the address into the attempt's row.
/// </summary>
internal abstract class PayPageFixture : ShopFixture
{
    protected const string Address = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

    protected Attempt Attempt { get; private set; } = null!;

    /// <summary>Opens the page as a shopper gets there: from the order's payment page.</summary>
    protected async Task<PayPage> OpenAsync(params (string, object?)[] more)
    {
        var shopper = await NewShopperAsync();
        Attempt = await shopper.OrderAsync();
        // Opening the provider's page brings a webhook: the row is at rest once it is answered.
        await Provider.WaitForAsync("for=webhooks&count=1&state=delivered");
        await ChangeAsync([("Address", Address), ("DueAmount", "12.500001"), ("Network", "TRON (TRC20)"), ("ExpiresOnUtc", Store.Now.AddMinutes(20)), .. more]);
        await shopper.OpenOrderPageAsync(Attempt.OrderId);
        await shopper.Page.GetByRole(AriaRole.Link, new() { Name = "Continue your payment" }).ClickAsync();
        var pay = new PayPage(shopper.Page);
        await pay.IsOpenAsync();
        return pay;
    }

    /// <summary>Changes the attempt behind the store's back.</summary>
    protected Task ChangeAsync(params (string Column, object? Value)[] changes) => Store.Database.ChangeAsync(Attempt, changes);

    /// <summary>The same, and nobody asks the provider.</summary>
    protected Task BecomesAsync(AttemptStatus status, params (string Column, object? Value)[] changes) =>
        ChangeAsync([("StatusId", (int)status), ("NextCheckOnUtc", null), .. changes]);
}
