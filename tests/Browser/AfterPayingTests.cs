using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What a shopper sees of a payment after having sent it: on the pay page, in the receipt, in the account and in the mail.</summary>
internal sealed class AfterPayingTests : PayPageFixture
{
    private const string Transaction = "4f7d0a6c1e2b3d4c5f6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f7081920";

    [Test]
    public async Task Amount_transaction_and_usual_time_stay_until_the_receipt()
    {
        await Store.FillPaymentsAsync(60);
        var pay = await OpenAsync();
        await BecomesAsync(AttemptStatus.Confirming, ("Gateway", "cryptofuse"), ("Coin", "USDTTRC20"), ("TransactionIds", Transaction), ("ConfirmationsSeen", 2), ("ConfirmationsNeeded", 19));
        await pay.Page.ReloadAsync();

        var facts = pay.Page.Locator("#pay-facts");
        await Expect(facts).ToContainTextAsync("12.500001 USDT ≈ $12.50");
        await Expect(facts).ToContainTextAsync("Tether, TRON (TRC20)");
        await Expect(facts.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"https://tronscan.org/#/transaction/{Transaction}");
        await Expect(pay.Page.Locator("#pay-usual")).ToHaveCountAsync(0);
        await Screens.AssertLooksAsync(pay.Page, "pay-facts");
        var page = pay.Page.Url;
        using (var early = await Store.VisitAsync($"{page}/receipt"))
            Assert.That(early.Headers.Location?.OriginalString, Does.EndWith(new Uri(page).AbsolutePath), "there is no receipt yet");

        await ChangeAsync(("Gateway", "coinskro"), ("Coin", "USDT"), ("Network", null), ("TransactionIds", null));
        await Store.Database.SeeFundsAsync("USDT", TimeSpan.FromMinutes(4));
        await pay.Page.ReloadAsync();
        await Expect(pay.Page.Locator("#pay-usual")).ToHaveTextAsync("about 4 min");

        await BecomesAsync(AttemptStatus.AwaitingPayment);
        await Provider.ActAsync(Attempt.Reference, "pay");
        await Store.BecomesAsync(Attempt, AttemptStatus.Paid);
        await ChangeAsync(("TransactionIds", Transaction));
        await pay.Page.ReloadAsync();
        await Expect(facts).ToContainTextAsync(Transaction);

        await pay.Page.Locator("#pay-receipt").ClickAsync();
        await Expect(pay.Page.Locator("h1")).ToHaveTextAsync("Payment receipt");
        var receipt = pay.Page.Locator("main");
        foreach (var text in new[] { "Sandbox store", $"{Attempt.OrderId}", "$12.50", "1 USDT = $1.00", "12.5 USDT", Transaction, "UTC", "Coinskro Pay" })
            await Expect(receipt).ToContainTextAsync(text);
        await Screens.AssertLooksAsync(pay.Page, "receipt");
        var pdf = await pay.Page.PdfAsync(new() { Format = "A4" });
        Assert.That(System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b"), Is.EqualTo(1), "it prints on one page");

        // Whoever has the link sees it; a wrong link shows nothing.
        using var stranger = await Store.VisitAsync($"{page}/receipt");
        Assert.That(await stranger.Content.ReadAsStringAsync(), Does.Contain(Transaction));
        using var wrong = await Store.VisitAsync($"{page[..^1]}{(page[^1] == 'A' ? 'B' : 'A')}/receipt");
        Assert.That((int)wrong.StatusCode, Is.EqualTo(404));
        var mail = (await Store.Database.MailsAsync("guest@example.com"))[^1];
        Assert.That(mail.Body, Does.Contain($"{new Uri(page).AbsolutePath}/receipt"));
    }

    [Test]
    public async Task The_order_page_in_the_account_tells_the_state_and_leads_to_the_payment_and_the_receipt()
    {
        var pay = await OpenAsync();
        var page = pay.Page.Url;
        await pay.Page.GotoAsync($"/orderdetails/{Attempt.OrderId}");
        var status = pay.Page.Locator(".crypto-order-status");
        await Expect(status).ToContainTextAsync("Crypto payment: Waiting for your payment");
        await Axe.AssertAccessibleAsync(pay.Page, "order page", ".crypto-order-status");
        await pay.Page.Locator("#crypto-status-page").ClickAsync();
        await Expect(pay.Page).ToHaveURLAsync(page);

        await Provider.ActAsync(Attempt.Reference, "pay");
        await Store.BecomesAsync(Attempt, AttemptStatus.Paid);
        await pay.Page.GotoAsync($"/orderdetails/{Attempt.OrderId}");
        await Expect(status).ToContainTextAsync("Crypto payment: Paid");
        await Screens.AssertFitsAsync(pay.Page, "account-order");
        await pay.Page.Locator("#crypto-status-receipt").ClickAsync();
        await Expect(pay.Page.Locator("h1")).ToHaveTextAsync("Payment receipt");
    }
}
